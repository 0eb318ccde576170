package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Computes the logarithms of softmax along the last axis: yᵢ = xᵢ - max x - log Σⱼ exp(xⱼ - max
/// x).
public enum LogSoftmax implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "logSoftmax";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Rows.check(label(), inputs[0]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    int classes = spec.shape().dim(-1);
    Kernels.active().logSoftmax(inputs[0].storage(), output.storage(), Rows.count(spec), classes);
    return output;
  }

  /// The jacobian is I - 1·sᵀ with s = exp(y), so the cotangent c becomes c - s · Σc.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return cotangent.sub(output.exp().mul(cotangent.sum(true, -1)));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return tangent.sub(output.exp().mul(tangent).sum(true, -1));
  }
}
