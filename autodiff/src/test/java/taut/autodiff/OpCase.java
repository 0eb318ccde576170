package taut.autodiff;

import java.util.List;
import java.util.stream.Stream;
import taut.core.DType;
import taut.core.Op;
import taut.core.Tensor;

/// One op with inputs on which it is tested; floating-point inputs are FLOAT64 and away from kinks.
///
/// @param name what is special about it
/// @param op the op
/// @param inputs the inputs
record OpCase(String name, Op op, List<Tensor> inputs) {
  static OpCase of(String name, Op op, Tensor... inputs) {
    return new OpCase(name, op, List.of(inputs));
  }

  /// Returns the inputs with floating-point elements converted.
  Tensor[] inputs(DType dtype) {
    return inputs.stream()
        .map(x -> x.dtype().isFloating() ? x.cast(dtype) : x)
        .toArray(Tensor[]::new);
  }

  /// Returns the inputs rounded to FLOAT32, as FLOAT64.
  Tensor[] roundedInputs() {
    return Stream.of(inputs(DType.FLOAT32))
        .map(x -> x.dtype().isFloating() ? x.cast(DType.FLOAT64) : x)
        .toArray(Tensor[]::new);
  }

  @Override
  public String toString() {
    return op.label() + ": " + name;
  }
}
