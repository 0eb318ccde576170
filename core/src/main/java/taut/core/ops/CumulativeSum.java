package taut.core.ops;

import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.CumulativeLoops;

/// Sums along an axis up to each element.
///
/// @param axis the axis, counted from 0
/// @param exclusive whether an element's own value is left out, so that the first sum is 0
/// @param reverse whether the sums run from the last element to the first
public record CumulativeSum(int axis, boolean exclusive, boolean reverse) implements Op {
  @Override
  public String label() {
    return "cumulativeSum";
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
    if (x instanceof FloatStorage xs && output.storage() instanceof FloatStorage os) {
      int count = spec.shape().dim(axis);
      CumulativeLoops.sum(xs, os, count, spec.shape().stride(axis), exclusive, reverse);
      return output;
    }
    Scan.along(
        spec.shape(),
        axis,
        reverse,
        0,
        output.storage(),
        (before, index, previous) ->
            before + (exclusive ? (previous < 0 ? 0 : x.get(previous)) : x.get(index)));
    return output;
  }

  /// Each element is in all sums behind it, so its cotangent is the sum the other way.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return new CumulativeSum(axis, exclusive, !reverse).apply(cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }
}
