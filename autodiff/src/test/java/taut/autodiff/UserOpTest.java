package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Ops that users write: mistakes in them are named, and one may pass its input on.
class UserOpTest {
  /// A user's op with mistakes.
  private record Faulty(boolean wrongValue) implements Op {
    @Override
    public String label() {
      return "faulty";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec output, Tensor... inputs) {
      return wrongValue ? inputs[0].sum() : inputs[0];
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return cotangent.sum();
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return tangent.sum();
    }
  }

  @Test
  void opThatBreaksItsWordIsNamed() {
    Tensor x = Tensor.vector(1, 2);
    var value = assertThrows(IllegalStateException.class, () -> new Faulty(true).apply(x));
    assertTrue(value.getMessage().contains("faulty"), value.getMessage());
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = new Faulty(false).apply(x).sum();
      var gradient = assertThrows(IllegalStateException.class, () -> tape.gradient(y, x));
      assertTrue(gradient.getMessage().contains("faulty"), gradient.getMessage());
    }
    try (var forward = new ForwardAccumulator()) {
      forward.watch(x, x);
      var tangent = assertThrows(IllegalStateException.class, () -> new Faulty(false).apply(x));
      assertTrue(tangent.getMessage().contains("faulty"), tangent.getMessage());
    }
  }

  /// Passes its input on and turns the gradient round.
  private record Reversal() implements Op {
    @Override
    public String label() {
      return "reversal";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec output, Tensor... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return cotangent.neg();
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return tangent.neg();
    }
  }

  @Test
  void opThatReturnsItsInputIsToldFromIt() {
    Tensor x = Tensor.scalar(3, DType.FLOAT64);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = new Reversal().apply(x);
      assertEquals(-6, tape.gradient(y.square(), x).item());
    }
  }
}
