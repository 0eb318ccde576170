package taut.core.ops;

import java.util.function.DoubleBinaryOperator;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Broadcast;
import taut.core.kernels.Kernels;

/// The functions of two elements: each entry holds the name, the value, and the derivative with
/// respect to either operand.
///
/// A derivative says what becomes of c, given a, b and y = f(a, b): it is c · ∂f/∂a or c · ∂f/∂b.
/// It serves reverse mode, where the result is then summed over the axes along which the operand
/// was broadcast, and forward mode.
///
/// The constants whose names end in GRADIENT, and TIMES_SIGN, are the derivatives of [Unary]
/// functions that are worth one pass over memory instead of several.
public enum Binary implements Op {
  ADD((a, b) -> a + b, (a, b, y, c) -> c, (a, b, y, c) -> c),
  SUBTRACT((a, b) -> a - b, (a, b, y, c) -> c, (a, b, y, c) -> c.neg()),
  MULTIPLY((a, b) -> a * b, (a, b, y, c) -> c.mul(b), (a, b, y, c) -> c.mul(a)),
  DIVIDE((a, b) -> a / b, (a, b, y, c) -> c.div(b), (a, b, y, c) -> c.mul(y).div(b).neg()),
  POWER(
      Math::pow,
      // b · a^(b-1), with the exponent of a kept away from -1 where a and b are 0, since 0 · 0⁻¹ is
      // NaN.
      (a, b, y, c) -> {
        if (b.size() == 1 && b.item() != 0) {
          // One exponent stays one number.
          return c.mul(b).mul(a.pow(b.sub(1)));
        }
        Tensor undefined = a.equal(0).and(b.equal(0));
        return c.mul(b).mul(a.pow(undefined.where(b.zerosLike(), b.sub(1))));
      },
      (a, b, y, c) -> {
        Tensor positive = a.greater(0);
        Tensor safe = positive.where(a, Tensor.scalar(1, a.dtype()));
        return positive.where(c.mul(y).mul(safe.log()), c.zerosLike());
      }),
  /// a - b · ⌊a / b⌋: what is left of a, with the sign of b. Its steps have no derivative and count
  /// as none.
  REMAINDER(
      Scalars::remainder,
      (a, b, y, c) -> c,
      // -⌊a / b⌋, got from y, whose rounding it must agree with.
      (a, b, y, c) -> c.mul(y.sub(a).div(b).round())),
  MINIMUM(
      Math::min,
      (a, b, y, c) -> c.mul(shareOfSmaller(a, b)),
      (a, b, y, c) -> c.mul(shareOfSmaller(b, a))),
  MAXIMUM(
      Math::max,
      (a, b, y, c) -> c.mul(shareOfSmaller(b, a)),
      (a, b, y, c) -> c.mul(shareOfSmaller(a, b))),
  SQUARED_DIFFERENCE(
      (a, b) -> (a - b) * (a - b),
      (a, b, y, c) -> squareGradient(c, a.sub(b)),
      (a, b, y, c) -> squareGradient(c, b.sub(a))),

  /// a · log b, and 0 where a is 0.
  XLOGY(
      (a, b) -> a == 0 ? 0 : a * Math.log(b),
      (a, b, y, c) -> c.mul(oneWhereZero(a, b).log()),
      (a, b, y, c) -> c.mul(a.div(oneWhereZero(a, b)))),

  /// a where a > 0, b · a elsewhere; b is the slope.
  LEAKY_RELU(
      (a, b) -> a > 0 ? a : a * b,
      (a, b, y, c) -> a.greater(0).where(c, c.mul(b)),
      (a, b, y, c) -> a.greater(0).where(c.zerosLike(), c.mul(a))),
  /// a where a > 0, b · (eᵃ - 1) elsewhere.
  ELU(
      (a, b) -> a > 0 ? a : b * Math.expm1(a),
      (a, b, y, c) -> a.greater(0).where(c, c.mul(b).mul(a.minimum(0).exp())),
      (a, b, y, c) -> c.mul(a.minimum(0).expm1())),

  /// The derivative of |b| times a: a · sign(b).
  TIMES_SIGN(
      (a, b) -> a * Math.signum(b), (a, b, y, c) -> c.mul(b.sign()), (a, b, y, c) -> c.zerosLike()),
  /// The derivative of b² times a: 2ab.
  SQUARE_GRADIENT(
      (a, b) -> 2 * a * b,
      (a, b, y, c) -> squareGradient(c, b),
      (a, b, y, c) -> squareGradient(c, a)),
  /// The derivative of ReLU times a, given its value b: a where b > 0, 0 elsewhere.
  RELU_GRADIENT(
      (a, b) -> b > 0 ? a : 0, (a, b, y, c) -> reluGradient(c, b), (a, b, y, c) -> c.zerosLike()),
  /// The derivative of the sigmoid times a, given its value b: a · b · (1 - b).
  SIGMOID_GRADIENT(
      (a, b) -> a * b * (1 - b),
      (a, b, y, c) -> sigmoidGradient(c, b),
      (a, b, y, c) -> c.mul(a).mul(b.mul(-2).add(1))),
  /// The derivative of tanh times a, given its value b: a · (1 - b²).
  TANH_GRADIENT(
      (a, b) -> a * (1 - b * b),
      (a, b, y, c) -> tanhGradient(c, b),
      (a, b, y, c) -> c.mul(a).mul(b).mul(-2));

  /// What becomes of c, given a, b and y = f(a, b).
  private interface Derivative {
    Tensor times(Tensor a, Tensor b, Tensor y, Tensor c);
  }

  private final String label = Scalars.camelCase(name());
  private final DoubleBinaryOperator value;
  private final Derivative first;
  private final Derivative second;

  Binary(DoubleBinaryOperator value, Derivative first, Derivative second) {
    this.value = value;
    this.first = first;
    this.second = second;
  }

  /// Returns f(a, b): the specification that every kernel is tested against.
  public double scalar(double a, double b) {
    return value.applyAsDouble(a, b);
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    DType dtype = Elementwise.sameDType(label(), inputs[0], inputs[1]);
    boolean whole = ordinal() <= SQUARED_DIFFERENCE.ordinal();
    if (!dtype.isFloating() && !(whole && dtype == DType.INT32)) {
      throw new IllegalArgumentException(
          label() + ": does not take " + dtype + " elements, got " + inputs[0] + "; cast it first");
    }
    Shape shape = Elementwise.broadcast(label(), inputs[0], inputs[1]);
    return shape == inputs[0].shape() ? inputs[0] : new TensorSpec(shape, dtype);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    if (inputs[0].storage() instanceof FloatStorage a
        && inputs[1].storage() instanceof FloatStorage b
        && a.isUniform()
        && b.isUniform()
        && spec.shape().size() > 1) {
      // One number for all elements: the gradient of a sum, times a factor.
      return Tensor.full(spec.shape(), scalar(a.uniformValue(), b.uniformValue()), spec.dtype());
    }
    FloatStorage.Pending waits = ElasticTerms.of(this, inputs[0], inputs[1]);
    if (waits != null) {
      return Tensor.pending(spec.shape(), waits);
    }
    Tensor output = Tensor.allocate(spec);
    into(output, inputs[0], inputs[1]);
    return output;
  }

  /// Computes f(a, b) into a tensor that is the caller's own.
  void into(Tensor output, Tensor a, Tensor b) {
    Broadcast plan = Broadcast.of(a.shape(), b.shape(), output.shape());
    Kernels.active().binary(this, a.storage(), b.storage(), output.storage(), plan);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Derivative derivative = input == 0 ? first : second;
    Tensor full = derivative.times(inputs[0], inputs[1], output, cotangent);
    return Elementwise.sumTo(full, inputs[input].shape());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Derivative derivative = input == 0 ? first : second;
    return derivative.times(inputs[0], inputs[1], output, tangent).broadcastTo(output.shape());
  }

  @Override
  public String label() {
    return label;
  }

  private static Tensor shareOfSmaller(Tensor a, Tensor b) {
    Tensor smaller = a.less(b).cast(a.dtype());
    return smaller.add(a.equal(b).cast(a.dtype()).mul(0.5));
  }

  /// Returns b, but 1 where a is 0, so that a · log b has finite derivatives of all orders there.
  private static Tensor oneWhereZero(Tensor a, Tensor b) {
    return a.equal(0).where(Tensor.scalar(1, b.dtype()), b);
  }

  // A constant cannot name itself or a later one in its own initializer; these methods do it.

  private static Tensor squareGradient(Tensor a, Tensor b) {
    return SQUARE_GRADIENT.apply(a, b);
  }

  private static Tensor reluGradient(Tensor a, Tensor b) {
    return RELU_GRADIENT.apply(a, b);
  }

  private static Tensor sigmoidGradient(Tensor a, Tensor b) {
    return SIGMOID_GRADIENT.apply(a, b);
  }

  private static Tensor tanhGradient(Tensor a, Tensor b) {
    return TANH_GRADIENT.apply(a, b);
  }
}
