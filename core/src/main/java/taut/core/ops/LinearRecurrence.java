package taut.core.ops;

import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes yᵢ = aᵢ · yᵢ₋₁ + bᵢ along an axis, with y = 0 before the first element; inputs are a
/// and b, of one shape.
///
/// With a = 1 it is a cumulative sum; it is also what the derivative of a cumulative product
/// consists of.
///
/// @param axis the axis, counted from 0
/// @param reverse whether the recurrence runs from the last element to the first
public record LinearRecurrence(int axis, boolean reverse) implements Op {
  @Override
  public String label() {
    return "linearRecurrence";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (!inputs[0].equals(inputs[1]) || !inputs[0].dtype().isFloating()) {
      throw new IllegalArgumentException(
          "linearRecurrence: wants two floating-point tensors alike, got "
              + inputs[0]
              + " and "
              + inputs[1]);
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Storage a = inputs[0].storage();
    Storage b = inputs[1].storage();
    Scan.along(
        spec.shape(),
        axis,
        reverse,
        0,
        output.storage(),
        (before, index, previous) -> (previous < 0 ? 0 : a.get(index) * before) + b.get(index));
    return output;
  }

  /// The cotangent of b runs the other way: gᵢ = cᵢ + aᵢ₊₁ · gᵢ₊₁; that of aᵢ is gᵢ · yᵢ₋₁.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor shiftedA = Scan.previous(inputs[0], axis, !reverse);
    Tensor g = new LinearRecurrence(axis, !reverse).apply(shiftedA, cotangent);
    return input == 1 ? g : g.mul(Scan.previous(output, axis, reverse));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor b = input == 1 ? tangent : tangent.mul(Scan.previous(output, axis, reverse));
    return apply(inputs[0], b);
  }
}
