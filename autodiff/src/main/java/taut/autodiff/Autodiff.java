package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// Derivatives of functions, in the forms of JAX: each takes a function and gives a function or a
/// value.
///
/// A function must be pure: the same input gives the same output, computed with tensor operations.
/// They nest to any order.
public final class Autodiff {
  private Autodiff() {}

  /// A value together with a gradient.
  ///
  /// @param value what the function returned
  /// @param gradient its gradient
  public record ValueAndGradient(Tensor value, Tensor gradient) {}

  /// A value together with how it changes in a direction.
  ///
  /// @param value what the function returned
  /// @param change the jacobian times the direction
  public record ValueAndChange(Tensor value, Tensor change) {}

  /// A value together with the function that takes a cotangent back to the input.
  ///
  /// @param value what the function returned
  /// @param pullback maps a cotangent, like the value, to its product with the jacobian, like the
  ///   input
  public record ValueAndPullback(Tensor value, Function<Tensor, Tensor> pullback) {}

  /// Returns the gradient of a scalar function.
  public static Function<Tensor, Tensor> grad(Function<Tensor, Tensor> f) {
    return x -> valueAndGrad(f).apply(x).gradient();
  }

  /// Returns value and gradient of a scalar function.
  public static Function<Tensor, ValueAndGradient> valueAndGrad(Function<Tensor, Tensor> f) {
    return x -> {
      try (GradientTape tape = new GradientTape()) {
        tape.watch(x);
        Tensor value = f.apply(x);
        return new ValueAndGradient(value, tape.gradient(value, x, Unconnected.ZERO));
      }
    };
  }

  /// Computes a value and the change of it in a direction, in forward mode.
  public static ValueAndChange jvp(Function<Tensor, Tensor> f, Tensor x, Tensor direction) {
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      forward.watch(x, direction);
      Tensor value = f.apply(x);
      return new ValueAndChange(value, forward.jvp(value));
    }
  }

  /// Computes a value and the function that pulls cotangents back, in reverse mode. Each pullback
  /// computes the function again.
  public static ValueAndPullback vjp(Function<Tensor, Tensor> f, Tensor x) {
    return new ValueAndPullback(
        f.apply(x),
        cotangent -> {
          try (GradientTape tape = new GradientTape()) {
            tape.watch(x);
            Tensor y = f.apply(x);
            return tape.gradients(y, cotangent, List.of(x), Unconnected.ZERO).getFirst();
          }
        });
  }

  /// Returns the jacobian of a function, with the shape of its value followed by that of the input.
  public static Function<Tensor, Tensor> jacobian(Function<Tensor, Tensor> f) {
    return x -> {
      try (GradientTape tape = new GradientTape()) {
        tape.watch(x);
        return tape.jacobian(f.apply(x), x);
      }
    };
  }

  /// Computes the product of a scalar function's Hessian with a vector, forward over reverse,
  /// without making the Hessian.
  public static Tensor hessianVectorProduct(Function<Tensor, Tensor> f, Tensor x, Tensor vector) {
    return jvp(grad(f), x, vector).change();
  }

  /// Returns the Hessian of a scalar function, with the shape of the input twice.
  public static Function<Tensor, Tensor> hessian(Function<Tensor, Tensor> f) {
    return x -> {
      List<Tensor> rows = new ArrayList<>();
      for (int i = 0; i < x.size(); i++) {
        Tensor basis = Tensor.range(x.size()).equal(i).cast(x.dtype()).reshape(x.shape());
        rows.add(hessianVectorProduct(f, x, basis).reshape(1, x.size()));
      }
      int[] dims = new int[2 * x.rank()];
      System.arraycopy(x.shape().toArray(), 0, dims, 0, x.rank());
      System.arraycopy(x.shape().toArray(), 0, dims, x.rank(), x.rank());
      if (rows.isEmpty()) {
        return Tensor.full(Shape.of(dims), 0, x.dtype());
      }
      return Rearrangements.concat(0, rows.toArray(Tensor[]::new)).reshape(dims);
    };
  }
}
