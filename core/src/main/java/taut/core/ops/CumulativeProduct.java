package taut.core.ops;

import taut.core.DType;
import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Multiplies along an axis up to each element.
///
/// @param axis the axis, counted from 0
/// @param exclusive whether an element's own value is left out, so that the first product is 1
/// @param reverse whether the products run from the last element to the first
public record CumulativeProduct(int axis, boolean exclusive, boolean reverse) implements Op {
  @Override
  public String label() {
    return "cumulativeProduct";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (inputs[0].dtype() == DType.BOOL) {
      throw new IllegalArgumentException(label() + ": does not take BOOL, got " + inputs[0]);
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Storage x = inputs[0].storage();
    Scan.along(
        spec.shape(),
        axis,
        reverse,
        1,
        output.storage(),
        (before, index, previous) ->
            before * (exclusive ? (previous < 0 ? 1 : x.get(previous)) : x.get(index)));
    return output;
  }

  /// Without dividing, so that it is exact at zeros. With p the exclusive products and yⱼ = pⱼ ·
  /// xⱼ, the cotangent of xᵢ is pᵢ · Σⱼ cⱼ · xᵢ₊₁ … xⱼ, and that sum is a recurrence from the far
  /// end: sᵢ = cᵢ + xᵢ₊₁ · sᵢ₊₁.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor x = inputs[0];
    Tensor products = new CumulativeProduct(axis, true, reverse).apply(x);
    // An exclusive product is the inclusive one of the element before.
    Tensor c = exclusive ? Scan.previous(cotangent, axis, !reverse) : cotangent;
    Tensor next = Scan.previous(x, axis, !reverse);
    return products.mul(new LinearRecurrence(axis, !reverse).apply(next, c));
  }

  /// The product rule along the axis: ẏᵢ = xᵢ · ẏᵢ₋₁ + ẋᵢ · pᵢ.
  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor x = inputs[0];
    Tensor products = new CumulativeProduct(axis, true, reverse).apply(x);
    Tensor inclusive = new LinearRecurrence(axis, reverse).apply(x, tangent.mul(products));
    return exclusive ? Scan.previous(inclusive, axis, reverse) : inclusive;
  }
}
