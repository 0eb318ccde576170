package taut.autodiff;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import taut.core.Op;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// A method of [Tensor] that is made of several ops, so that [OpChecks] can check it like one: its
/// pieces are recorded, its derivatives are what the tape and the accumulator make of them.
///
/// @param label the method
/// @param function what it does, for floating-point inputs
record Composite(String label, Function<Tensor[], Tensor> function) implements Op {
  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    RandomStream random = RandomStream.of(1);
    return function
        .apply(
            Stream.of(inputs)
                .map(spec -> random.normal(spec.shape(), 0, 1).cast(spec.dtype()))
                .toArray(Tensor[]::new))
        .spec();
  }

  @Override
  public Tensor apply(Tensor... inputs) {
    return function.apply(inputs);
  }

  @Override
  public Tensor run(TensorSpec output, Tensor... inputs) {
    return function.apply(inputs);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(inputs[input]);
      Tensor product = function.apply(inputs).mul(cotangent).sum();
      return tape.gradients(product, List.of(inputs[input]), Unconnected.ZERO).getFirst();
    }
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      forward.watch(inputs[input], tangent);
      return forward.jvp(function.apply(inputs));
    }
  }
}
