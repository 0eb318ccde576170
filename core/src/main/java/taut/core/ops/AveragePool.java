package taut.core.ops;

import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.SpatialKernels;

/// Averages under a window, over 1 to 3 spatial axes, each channel by itself; padding is left out
/// of the average, which is 0 where there is nothing else under the window.
///
/// @param window how the window moves
public record AveragePool(Window window) implements Op {
  @Override
  public String label() {
    return "averagePool";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Shape shape = window.outputShape(label(), inputs[0], inputs[0].shape().dim(-1));
    return new TensorSpec(shape, inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Shape shape = inputs[0].shape();
    SpatialKernels.active()
        .averagePool(window.plan(shape, shape.dim(-1), 1), inputs[0].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return new Gradient(this, inputs[0].shape()).apply(cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }

  /// Spreads each output's cotangent evenly over the elements it averages: the adjoint of the
  /// pooling.
  ///
  /// @param forward the pooling
  /// @param shape the shape of its input
  public record Gradient(AveragePool forward, Shape shape) implements Op {
    @Override
    public String label() {
      return "averagePoolGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return new TensorSpec(shape, inputs[0].dtype());
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      SpatialKernels.active()
          .averagePoolGradient(
              forward.window.plan(shape, shape.dim(-1), 1), inputs[0].storage(), output.storage());
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return forward.apply(cotangent);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return apply(tangent);
    }
  }
}
