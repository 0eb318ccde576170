package taut.core.ops;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Computes f(x + bias), with a bias for each index of the last axis: what a dense layer does to
/// its product, in one pass over it.
///
/// Inputs: x `[..., n]` and bias `[n]`. Output: like x. The derivative comes from the value alone,
/// so x + bias is never written, and both gradients take one pass.
///
/// @param function the activation, one with a [Unary#slopeOfValue()]
public record BiasActivation(Unary function) implements Op {
  private static final Map<Unary, String> LABELS = new EnumMap<>(Unary.class);

  static {
    for (Unary function : Unary.values()) {
      LABELS.put(function, Scalars.camelCase("BIAS_" + function.name()));
    }
  }

  /// Checks the function.
  ///
  /// @throws IllegalArgumentException if its derivative does not follow from its value
  public BiasActivation {
    if (function.slopeOfValue().isEmpty()) {
      throw new IllegalArgumentException(
          "biasActivation: wants one of "
              + Arrays.stream(Unary.values())
                  .filter(f -> f.slopeOfValue().isPresent())
                  .map(Unary::label)
                  .collect(Collectors.joining(", "))
              + ", whose derivatives follow from their values, got "
              + function.label()
              + "; use x.add(bias) and the function");
    }
  }

  @Override
  public String label() {
    return Objects.requireNonNull(LABELS.get(function));
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Elementwise.sameDType(label(), inputs[0], inputs[1]);
    function.check(inputs[0]);
    Shape x = inputs[0].shape();
    Shape bias = inputs[1].shape();
    if (bias.rank() != 1 || x.rank() == 0 || x.dim(-1) != bias.dim(0)) {
      throw new IllegalArgumentException(
          label() + ": wants one bias for each index of the last axis of " + x + ", got " + bias);
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Kernels.active()
        .biasActivation(function, inputs[0].storage(), inputs[1].storage(), output.storage());
    return output;
  }

  /// A sum and the function, for each element.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 2L * output.shape().size();
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return Elementwise.sumTo(slope().apply(cotangent, output), inputs[input].shape());
  }

  @Override
  public boolean derivesAtOnce() {
    return true;
  }

  @Override
  public void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    Kernels.active()
        .biasActivationGradients(
            slope(),
            cotangent.storage(),
            output.storage(),
            gradients[0].storage(),
            gradients[1].storage());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return slope().apply(tangent, output);
  }

  private Binary slope() {
    return function.slopeOfValue().orElseThrow();
  }
}
