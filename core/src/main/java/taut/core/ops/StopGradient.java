package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Passes values on and lets no gradient through.
///
/// Tapes know it by [#blocksGradients] and do not track its result, so that, as in TensorFlow, what
/// lies behind it counts as unconnected rather than as having a zero gradient.
public enum StopGradient implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public boolean blocksGradients() {
    return true;
  }

  @Override
  public String label() {
    return "stopGradient";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    return Tensor.sharing(inputs[0], inputs[0].shape());
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return cotangent.zerosLike();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return tangent.zerosLike();
  }
}
