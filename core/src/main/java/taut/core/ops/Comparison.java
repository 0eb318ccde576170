package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Broadcast;
import taut.core.kernels.Kernels;

/// The yes-or-no questions to two elements. Their answers are BOOL and have no derivative.
public enum Comparison implements Op {
  EQUAL((a, b) -> a == b),
  NOT_EQUAL((a, b) -> a != b),
  LESS((a, b) -> a < b),
  LESS_EQUAL((a, b) -> a <= b),
  GREATER((a, b) -> a > b),
  GREATER_EQUAL((a, b) -> a >= b),
  AND((a, b) -> a != 0 && b != 0),
  OR((a, b) -> a != 0 || b != 0),
  XOR((a, b) -> (a != 0) != (b != 0));

  private interface Question {
    boolean holds(double a, double b);
  }

  private final String label = Scalars.camelCase(name());
  private final Question question;

  Comparison(Question question) {
    this.question = question;
  }

  /// Answers the question for two numbers; truth values are 1 and 0.
  public boolean holds(double a, double b) {
    return question.holds(a, b);
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    DType dtype = Elementwise.sameDType(label(), inputs[0], inputs[1]);
    if (ordinal() >= AND.ordinal() && dtype != DType.BOOL) {
      throw new IllegalArgumentException(
          label() + ": wants BOOL elements, got " + inputs[0] + " and " + inputs[1]);
    }
    Shape shape = Elementwise.broadcast(label(), inputs[0], inputs[1]);
    return new TensorSpec(shape, DType.BOOL);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Broadcast plan = Broadcast.of(inputs[0].shape(), inputs[1].shape(), spec.shape());
    Kernels.active()
        .compare(this, inputs[0].storage(), inputs[1].storage(), output.storage(), plan);
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    throw new NoDerivativeException(this, "truth values are piecewise constant");
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    throw new NoDerivativeException(this, "truth values are piecewise constant");
  }

  @Override
  public String label() {
    return label;
  }
}
