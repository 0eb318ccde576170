package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// Chooses, element by element: inputs are condition (BOOL), the value if true, and the value if
/// false; shapes broadcast.
public enum Where implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "where";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (inputs[0].dtype() != DType.BOOL) {
      throw new IllegalArgumentException("where: the condition must be BOOL, got " + inputs[0]);
    }
    DType dtype = Elementwise.sameDType("where", inputs[1], inputs[2]);
    Shape values = Elementwise.broadcast("where", inputs[1], inputs[2]);
    Shape shape = Elementwise.broadcast("where", inputs[0], new TensorSpec(values, dtype));
    return new TensorSpec(shape, dtype);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Shape shape = spec.shape();
    Kernels.active()
        .where(
            inputs[0].broadcastTo(shape).storage(),
            inputs[1].broadcastTo(shape).storage(),
            inputs[2].broadcastTo(shape).storage(),
            output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return Elementwise.sumTo(pass(input, inputs[0], cotangent), inputs[input].shape());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return pass(input, inputs[0], tangent).broadcastTo(output.shape());
  }

  private Tensor pass(int input, Tensor condition, Tensor c) {
    Tensor zero = Tensor.scalar(0, c.dtype());
    return switch (input) {
      case 1 -> condition.where(c, zero);
      case 2 -> condition.where(zero, c);
      default -> throw new NoDerivativeException(this, "the condition is piecewise constant");
    };
  }
}
