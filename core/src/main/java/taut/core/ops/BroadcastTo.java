package taut.core.ops;

import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.Walk;

/// Repeats a tensor along axes of size 1 and along new leading axes.
///
/// @param shape the shape of the result
public record BroadcastTo(Shape shape) implements Op {
  @Override
  public String label() {
    return "broadcastTo";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    TensorSpec result = new TensorSpec(shape, inputs[0].dtype());
    if (!Elementwise.broadcast("broadcastTo", inputs[0], result).equals(shape)) {
      throw new IllegalArgumentException(
          "broadcastTo: " + inputs[0].shape() + " does not become " + shape);
    }
    return result;
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    if (inputs[0].size() == 1) {
      return Tensor.full(shape, inputs[0].item(), spec.dtype());
    }
    Tensor output = Tensor.allocate(spec);
    Kernels.active()
        .copy(inputs[0].storage(), Walk.broadcast(inputs[0].shape(), shape), output.storage());
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return Elementwise.sumTo(cotangent, inputs[0].shape());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }
}
