package taut.core.ops;

import java.util.Arrays;
import java.util.stream.IntStream;
import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.IndexKernels;

/// Picks rows: inputs are a tensor [rows, ...] and INT32 indices of any shape; the result is
/// [indices..., ...].
public enum Gather implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "gather";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (inputs[0].shape().rank() == 0 || inputs[1].dtype() != DType.INT32) {
      throw new IllegalArgumentException(
          "gather: wants rank 1 or more and INT32 indices, got " + inputs[0] + " and " + inputs[1]);
    }
    int[] index = inputs[1].shape().toArray();
    int[] row = inputs[0].shape().toArray();
    int[] dims = IntStream.concat(Arrays.stream(index), Arrays.stream(row).skip(1)).toArray();
    return new TensorSpec(Shape.of(dims), inputs[0].dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Labels.check("gather", inputs[1], inputs[0].dim(0));
    Tensor output = Tensor.allocate(spec);
    int width = inputs[0].dim(0) == 0 ? 0 : inputs[0].size() / inputs[0].dim(0);
    IndexKernels.active().gather(inputs[0].storage(), inputs[1].storage(), output.storage(), width);
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (input == 1) {
      throw new NoDerivativeException(this, "indices are whole numbers");
    }
    return new ScatterAdd(inputs[0].shape()).apply(cotangent, inputs[1]);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    if (input == 1) {
      throw new NoDerivativeException(this, "indices are whole numbers");
    }
    return apply(tangent, inputs[1]);
  }

  /// Adds rows [indices..., ...] into zeros, each at the row its index names: the adjoint of
  /// gather.
  ///
  /// @param shape the shape of the result
  public record ScatterAdd(Shape shape) implements Op {
    @Override
    public String label() {
      return "scatterAdd";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec result = new TensorSpec(shape, inputs[0].dtype());
      boolean fits = shape.rank() > 0 && inputs[1].dtype() == DType.INT32;
      if (!fits || !INSTANCE.infer(result, inputs[1]).equals(inputs[0])) {
        throw new IllegalArgumentException(
            "scatterAdd: wants rows as they are picked from "
                + shape
                + " by indices "
                + inputs[1]
                + ", got "
                + inputs[0]);
      }
      return result;
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Labels.check("scatterAdd", inputs[1], shape.dim(0));
      Tensor output = Tensor.full(shape, 0, spec.dtype());
      int width = shape.dim(0) == 0 ? 0 : shape.size() / shape.dim(0);
      IndexKernels.active()
          .scatterAdd(inputs[0].storage(), inputs[1].storage(), output.storage(), width);
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      if (input == 1) {
        throw new NoDerivativeException(this, "indices are whole numbers");
      }
      return INSTANCE.apply(cotangent, inputs[1]);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      if (input == 1) {
        throw new NoDerivativeException(this, "indices are whole numbers");
      }
      return apply(tangent, inputs[1]);
    }
  }
}
