package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Reshape;

/// Derivatives of functions, in the forms of JAX: each takes a function and gives a function or a
/// value.
///
/// ```java
/// Tensor slope = Autodiff.grad(x -> x.square().sum()).apply(point); // 2 · point
/// ```
///
/// A function must be pure: the same input gives the same output, computed with tensor operations.
/// It is differentiated with respect to its arguments alone: a tensor that it uses besides is a
/// constant, even if it is also the point. The forms nest to any order. Those named in the plural,
/// and those that take lists, are for functions of several tensors and say for each.
///
/// Where the function does not depend on an argument there is no derivative, which is an
/// `IllegalArgumentException` unless [Unconnected#ZERO] asks for zeros. Second derivatives are zero
/// where the gradient is there and constant.
public final class Autodiff {
  private Autodiff() {}

  /// A value together with a gradient.
  ///
  /// @param value what the function returned
  /// @param gradient its gradient
  public record ValueAndGradient(Tensor value, Tensor gradient) {}

  /// A value together with the gradients with respect to several arguments.
  ///
  /// @param value what the function returned
  /// @param gradients its gradients, in the order of the arguments
  public record ValueAndGradients(Tensor value, List<Tensor> gradients) {}

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

  /// A value together with the function that takes a cotangent back to all arguments.
  ///
  /// @param value what the function returned
  /// @param pullback maps a cotangent, like the value, to its products with the jacobians, like the
  ///   arguments
  public record ValueAndPullbacks(Tensor value, Function<Tensor, List<Tensor>> pullback) {}

  /// Returns the gradient of a scalar function.
  public static Function<Tensor, Tensor> grad(Function<Tensor, Tensor> f) {
    return grad(f, Unconnected.NONE);
  }

  /// Returns the gradient of a scalar function.
  public static Function<Tensor, Tensor> grad(Function<Tensor, Tensor> f, Unconnected unconnected) {
    return x -> grads(only(f), unconnected).apply(List.of(x)).getFirst();
  }

  /// Returns the gradients of a scalar function of several tensors.
  public static Function<List<Tensor>, List<Tensor>> grads(
      Function<List<Tensor>, Tensor> f, Unconnected unconnected) {
    return xs -> valueAndGrads(f, unconnected).apply(xs).gradients();
  }

  /// Returns value and gradient of a scalar function.
  public static Function<Tensor, ValueAndGradient> valueAndGrad(Function<Tensor, Tensor> f) {
    return valueAndGrad(f, Unconnected.NONE);
  }

  /// Returns value and gradient of a scalar function.
  public static Function<Tensor, ValueAndGradient> valueAndGrad(
      Function<Tensor, Tensor> f, Unconnected unconnected) {
    return x -> {
      ValueAndGradients all = valueAndGrads(only(f), unconnected).apply(List.of(x));
      return new ValueAndGradient(all.value(), all.gradients().getFirst());
    };
  }

  /// Returns value and gradients of a scalar function of several tensors.
  public static Function<List<Tensor>, ValueAndGradients> valueAndGrads(
      Function<List<Tensor>, Tensor> f, Unconnected unconnected) {
    return xs -> {
      List<Tensor> point = arguments(xs);
      try (GradientTape tape = new GradientTape()) {
        point.forEach(tape::watch);
        Tensor value = f.apply(point);
        return new ValueAndGradients(value, tape.gradients(value, point, unconnected));
      }
    };
  }

  /// Computes a value and the change of it in a direction, in forward mode: J · direction.
  public static ValueAndChange jvp(Function<Tensor, Tensor> f, Tensor x, Tensor direction) {
    return jvp(f, x, direction, Unconnected.NONE);
  }

  /// Computes a value and the change of it in a direction, in forward mode: J · direction.
  public static ValueAndChange jvp(
      Function<Tensor, Tensor> f, Tensor x, Tensor direction, Unconnected unconnected) {
    return jvp(only(f), List.of(x), List.of(direction), unconnected);
  }

  /// Computes a value and the change of it when all arguments move together: Σ Jᵢ · directionᵢ.
  ///
  /// @param directions one for each argument, like it
  public static ValueAndChange jvp(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> xs,
      List<Tensor> directions,
      Unconnected unconnected) {
    List<Tensor> point = arguments(xs);
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      watch(forward, point, directions);
      Tensor value = f.apply(point);
      return new ValueAndChange(value, forward.jvp(value, unconnected));
    }
  }

  /// Computes the derivative of a function along a line, at its beginning: d/dt f(x + t ·
  /// direction) at t = 0, in the shape of the value. The direction is taken as it is; for the slope
  /// per unit of length give one of length 1.
  public static Tensor directionalDerivative(
      Function<Tensor, Tensor> f, Tensor x, Tensor direction) {
    return jvp(f, x, direction).change();
  }

  /// Computes a value and the function that pulls cotangents back, in reverse mode. Each pullback
  /// computes the function again.
  public static ValueAndPullback vjp(Function<Tensor, Tensor> f, Tensor x) {
    return vjp(f, x, Unconnected.NONE);
  }

  /// Computes a value and the function that pulls cotangents back, in reverse mode. Each pullback
  /// computes the function again.
  public static ValueAndPullback vjp(
      Function<Tensor, Tensor> f, Tensor x, Unconnected unconnected) {
    ValueAndPullbacks all = vjp(only(f), List.of(x), unconnected);
    return new ValueAndPullback(
        all.value(), cotangent -> all.pullback().apply(cotangent).getFirst());
  }

  /// Computes a value and the function that pulls cotangents back to all arguments. Each pullback
  /// computes the function again.
  public static ValueAndPullbacks vjp(
      Function<List<Tensor>, Tensor> f, List<Tensor> xs, Unconnected unconnected) {
    return new ValueAndPullbacks(
        f.apply(xs),
        cotangent -> {
          List<Tensor> point = arguments(xs);
          try (GradientTape tape = new GradientTape()) {
            point.forEach(tape::watch);
            return tape.gradients(f.apply(point), cotangent, point, unconnected);
          }
        });
  }

  /// Returns the jacobian of a function, with the shape of its value followed by that of the input.
  public static Function<Tensor, Tensor> jacobian(Function<Tensor, Tensor> f) {
    return jacobian(f, Unconnected.NONE);
  }

  /// Returns the jacobian of a function, with the shape of its value followed by that of the input.
  public static Function<Tensor, Tensor> jacobian(
      Function<Tensor, Tensor> f, Unconnected unconnected) {
    return x -> jacobians(only(f), unconnected).apply(List.of(x)).getFirst();
  }

  /// Returns the jacobians of a function with respect to all arguments, each with the shape of the
  /// value followed by that of the argument.
  public static Function<List<Tensor>, List<Tensor>> jacobians(
      Function<List<Tensor>, Tensor> f, Unconnected unconnected) {
    return xs -> {
      List<Tensor> point = arguments(xs);
      try (GradientTape tape = new GradientTape()) {
        point.forEach(tape::watch);
        return tape.jacobians(f.apply(point), point, unconnected);
      }
    };
  }

  /// Computes the product of a scalar function's Hessian with a vector, forward over reverse,
  /// without making the Hessian.
  public static Tensor hessianVectorProduct(Function<Tensor, Tensor> f, Tensor x, Tensor vector) {
    return hessianVectorProduct(only(f), List.of(x), List.of(vector), Unconnected.NONE).getFirst();
  }

  /// Computes the products of a scalar function's Hessian with vectors: for each argument i the sum
  /// over all arguments j of Hᵢⱼ · vectorⱼ.
  ///
  /// @param vectors one for each argument, like it
  public static List<Tensor> hessianVectorProduct(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> xs,
      List<Tensor> vectors,
      Unconnected unconnected) {
    List<Tensor> point = arguments(xs);
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      watch(forward, point, vectors);
      return changes(forward, grads(f, unconnected).apply(point));
    }
  }

  /// Returns the Hessian of a scalar function, with the shape of the input twice.
  public static Function<Tensor, Tensor> hessian(Function<Tensor, Tensor> f) {
    return hessian(f, Unconnected.NONE);
  }

  /// Returns the Hessian of a scalar function, with the shape of the input twice.
  public static Function<Tensor, Tensor> hessian(
      Function<Tensor, Tensor> f, Unconnected unconnected) {
    return x -> hessians(only(f), unconnected).apply(List.of(x)).getFirst().getFirst();
  }

  /// Returns the blocks of a scalar function's Hessian: for arguments i and j the second
  /// derivatives with the shape of i followed by that of j. It takes one run of the gradient for
  /// each element of all arguments.
  public static Function<List<Tensor>, List<List<Tensor>>> hessians(
      Function<List<Tensor>, Tensor> f, Unconnected unconnected) {
    return xs -> {
      List<List<Tensor>> blocks = new ArrayList<>();
      for (int i = 0; i < xs.size(); i++) {
        List<List<Tensor>> rows = new ArrayList<>();
        for (int element = 0; element < xs.get(i).size(); element++) {
          rows.add(hessianRow(f, xs, i, element, unconnected));
        }
        blocks.add(joined(rows, xs.get(i), xs));
      }
      return blocks;
    };
  }

  /// Returns how the gradients change with one element of one argument: a row of each block, since
  /// Hessians are symmetric.
  private static List<Tensor> hessianRow(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> xs,
      int input,
      int element,
      Unconnected unconnected) {
    List<Tensor> point = arguments(xs);
    Tensor x = point.get(input);
    try (ForwardAccumulator forward = new ForwardAccumulator()) {
      forward.watch(x, Jacobian.basis(x.size(), element, x.dtype()).reshape(x.shape()));
      return changes(forward, grads(f, unconnected).apply(point));
    }
  }

  private static List<Tensor> changes(ForwardAccumulator forward, List<Tensor> gradients) {
    return gradients.stream().map(g -> forward.jvp(g, Unconnected.ZERO)).toList();
  }

  /// Puts rows together to one tensor for each argument.
  private static List<Tensor> joined(List<List<Tensor>> rows, Tensor x, List<Tensor> others) {
    List<Tensor> blocks = new ArrayList<>();
    for (int j = 0; j < others.size(); j++) {
      int other = j;
      Shape shape = Jacobian.joined(x.shape(), others.get(j).shape());
      Tensor[] parts =
          rows.stream().map(row -> row.get(other).expandDims(0)).toArray(Tensor[]::new);
      blocks.add(
          parts.length == 0
              ? Tensor.full(shape, 0, x.dtype())
              : Rearrangements.concat(0, parts).reshape(shape));
    }
    return blocks;
  }

  private static Function<List<Tensor>, Tensor> only(Function<Tensor, Tensor> f) {
    return xs -> f.apply(xs.getFirst());
  }

  /// Returns the arguments as tensors that stand for nothing else: the function may use the same
  /// tensors as constants, or get one twice. Outer derivatives pass through.
  private static List<Tensor> arguments(List<Tensor> xs) {
    return xs.stream().map(x -> new Reshape(x.shape()).apply(x)).toList();
  }

  private static void watch(
      ForwardAccumulator forward, List<Tensor> point, List<Tensor> directions) {
    if (point.size() != directions.size()) {
      throw new IllegalArgumentException(
          "autodiff: wants a direction for each of "
              + point.size()
              + " arguments, got "
              + directions.size());
    }
    for (int i = 0; i < point.size(); i++) {
      forward.watch(point.get(i), directions.get(i));
    }
  }
}
