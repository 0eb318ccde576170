package taut.autodiff;

import java.util.List;
import java.util.function.Function;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Gives a function of one tensor a gradient of one's own, for a numerically better form, a
/// straight-through estimate, a gradient reversal.
///
/// The function's own operations are not recorded, so a tensor or variable that it uses besides its
/// argument gets no gradient from it.
///
/// An operation with several inputs, or with a forward-mode derivative, implements [Op] instead.
public final class CustomGradient {
  private CustomGradient() {}

  /// What becomes of the cotangent of the output.
  @FunctionalInterface
  public interface Rule {
    /// Returns the cotangent of x, in its shape, given x, y = f(x) and the cotangent of y.
    Tensor pullBack(Tensor x, Tensor y, Tensor cotangent);
  }

  /// Applies a function whose gradient is the given rule, whatever the function computes.
  public static Tensor apply(String label, Function<Tensor, Tensor> f, Rule rule, Tensor x) {
    // Only running the function tells the shape of its result.
    Tensor value = Recorder.unheard(() -> f.apply(x));
    return new WithRule(label, value, rule).apply(x);
  }

  private record WithRule(String label, Tensor value, Rule rule) implements Op {
    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return value.spec();
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      // The recording needs a tensor of its own, even where the function returns its argument.
      return Tensor.sharing(value, value.shape());
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      Tensor result = rule.pullBack(inputs[0], output, cotangent);
      if (!result.spec().equals(inputs[0].spec())) {
        throw new IllegalArgumentException(
            label
                + ": the gradient rule must return "
                + inputs[0].spec()
                + " like the input, got "
                + result.spec());
      }
      return result;
    }

    /// Returns the label: the value is no attribute that a listing should print.
    @Override
    public String toString() {
      return label;
    }

    /// The rule says what Jᵀ·c is. It is linear in c, so J·t is the derivative of it with respect
    /// to c, applied to t.
    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      Tensor zero = output.zerosLike();
      try (GradientTape outer = new GradientTape(GradientTape.Option.WATCH_NOTHING)) {
        outer.watch(zero);
        Tensor pulled = rule.pullBack(inputs[0], output, zero);
        return outer.gradients(pulled, tangent, List.of(zero), Unconnected.ZERO).getFirst();
      }
    }
  }
}
