package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.IndexKernels;

/// Picks along an axis by position: y[…, i, …] = x[…, index[…, i, …], …]. Inputs are x and INT32
/// indices whose other sizes are those of x.
///
/// @param axis the axis, counted from 0
public record TakeAlongAxis(int axis) implements Op {
  @Override
  public String label() {
    return "takeAlongAxis";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Shape shape = inputs[1].shape();
    boolean fits =
        inputs[1].dtype() == DType.INT32
            && shape.rank() == inputs[0].shape().rank()
            && shape.with(axis, 0).equals(inputs[0].shape().with(axis, 0));
    if (!fits) {
      throw new IllegalArgumentException(
          "takeAlongAxis: wants INT32 indices that differ from "
              + inputs[0].shape()
              + " along axis "
              + axis
              + " only, got "
              + inputs[1]);
    }
    return new TensorSpec(shape, inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Labels.check("takeAlongAxis", inputs[1], inputs[0].dim(axis));
    Tensor output = Tensor.allocate(spec);
    int inner = spec.shape().stride(axis);
    int count = spec.shape().dim(axis);
    IndexKernels.active()
        .take(
            inputs[0].storage(),
            inputs[1].storage(),
            output.storage(),
            outer(spec.shape()),
            inputs[0].dim(axis),
            count,
            inner);
    return output;
  }

  /// Returns the product of the sizes before the axis, or 0 if there are no elements.
  private int outer(Shape indices) {
    return indices.size() == 0 ? 0 : indices.size() / indices.dim(axis) / indices.stride(axis);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    checkInput(this, input);
    return new Scatter(this, inputs[0].shape()).apply(cotangent, inputs[1]);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    checkInput(this, input);
    return apply(tangent, inputs[1]);
  }

  private static void checkInput(Op op, int input) {
    if (input == 1) {
      throw new NoDerivativeException(op, "indices are whole numbers");
    }
  }

  /// Adds elements into zeros, each where its index says: the adjoint of taking.
  ///
  /// @param take the op whose adjoint it is
  /// @param shape the shape of the result
  public record Scatter(TakeAlongAxis take, Shape shape) implements Op {
    @Override
    public String label() {
      return "scatterAlongAxis";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec result = new TensorSpec(shape, inputs[0].dtype());
      if (!take.infer(result, inputs[1]).equals(inputs[0])) {
        throw new IllegalArgumentException(
            "scatterAlongAxis: wants elements like their indices "
                + inputs[1]
                + ", got "
                + inputs[0]);
      }
      return result;
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Labels.check("scatterAlongAxis", inputs[1], shape.dim(take.axis()));
      Tensor output = Tensor.full(shape, 0, spec.dtype());
      Shape indices = inputs[1].shape();
      int axis = take.axis();
      IndexKernels.active()
          .putAdd(
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage(),
              take.outer(indices),
              shape.dim(axis),
              indices.dim(axis),
              indices.stride(axis));
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      checkInput(this, input);
      return take.apply(cotangent, inputs[1]);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      checkInput(this, input);
      return apply(tangent, inputs[1]);
    }
  }
}
