package taut.core.ops;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;

/// The functions of one element: each line holds the name, the value and the derivative.
///
/// A derivative says what becomes of c, given x and y = f(x): it is c · f'(x). Because the jacobian
/// of an element-wise function is diagonal, this one line serves reverse mode (c is the cotangent)
/// and forward mode (c is the tangent) alike.
public enum Unary implements Op {
  NEGATE(x -> -x, (x, y, c) -> c.neg()),
  ABS(Math::abs, (x, y, c) -> Binary.TIMES_SIGN.apply(c, x)),
  SIGN(Math::signum, (x, y, c) -> c.zerosLike()),
  SQUARE(x -> x * x, (x, y, c) -> Binary.SQUARE_GRADIENT.apply(c, x)),
  SQRT(Math::sqrt, (x, y, c) -> c.mul(0.5).div(y)),
  /// √x with derivative 0 where it is 0.
  SAFE_SQRT(
      Math::sqrt,
      (x, y, c) -> {
        Tensor zero = y.equal(0);
        Tensor safe = zero.where(Tensor.scalar(1, y.dtype()), y);
        return zero.where(c.zerosLike(), c.mul(0.5).div(safe));
      }),
  RSQRT(x -> 1 / Math.sqrt(x), (x, y, c) -> c.mul(y).div(x).mul(-0.5)),
  RECIPROCAL(x -> 1 / x, (x, y, c) -> c.mul(y.square()).neg()),

  EXP(Math::exp, Binary.MULTIPLY),
  EXPM1(Math::expm1, (x, y, c) -> c.mul(x.exp())),
  LOG(Math::log, (x, y, c) -> c.div(x)),
  LOG1P(Math::log1p, (x, y, c) -> c.div(x.add(1))),

  SIN(Math::sin, (x, y, c) -> c.mul(x.cos())),
  COS(Math::cos, (x, y, c) -> c.mul(x.sin()).neg()),
  TAN(Math::tan, (x, y, c) -> c.mul(y.square().add(1))),
  ASIN(Math::asin, (x, y, c) -> c.mul(x.square().subFrom(1).rsqrt())),
  ACOS(Math::acos, (x, y, c) -> c.mul(x.square().subFrom(1).rsqrt()).neg()),
  ATAN(Math::atan, (x, y, c) -> c.div(x.square().add(1))),
  SINH(Math::sinh, (x, y, c) -> c.mul(x.cosh())),
  COSH(Math::cosh, (x, y, c) -> c.mul(x.sinh())),
  TANH(Math::tanh, Binary.TANH_GRADIENT),
  ERF(Scalars::erf, (x, y, c) -> c.mul(x.square().neg().exp()).mul(2 / Math.sqrt(Math.PI))),

  FLOOR(Math::floor, (x, y, c) -> c.zerosLike()),
  CEIL(Math::ceil, (x, y, c) -> c.zerosLike()),
  ROUND(Math::rint, (x, y, c) -> c.zerosLike()),

  SIGMOID(Scalars::sigmoid, Binary.SIGMOID_GRADIENT),
  LOG_SIGMOID(x -> -Scalars.softplus(-x), (x, y, c) -> c.mul(x.neg().sigmoid())),
  SOFTPLUS(Scalars::softplus, (x, y, c) -> c.mul(x.sigmoid())),
  SOFTSIGN(x -> x / (1 + Math.abs(x)), (x, y, c) -> c.div(x.abs().add(1).square())),
  HARD_SIGMOID(
      x -> Math.min(Math.max(x / 6 + 0.5, 0), 1),
      (x, y, c) -> x.abs().less(3).where(c.div(6), c.zerosLike())),

  RELU(x -> Math.max(x, 0), Binary.RELU_GRADIENT),
  RELU6(
      x -> Math.min(Math.max(x, 0), 6),
      (x, y, c) -> x.greater(0).and(x.less(6)).where(c, c.zerosLike())),
  SELU(
      x -> Scalars.SELU_SCALE * (x > 0 ? x : Scalars.SELU_ALPHA * Math.expm1(x)),
      (x, y, c) ->
          c.mul(
              x.greater(0)
                  .where(
                      Tensor.scalar(Scalars.SELU_SCALE, x.dtype()),
                      x.minimum(0).exp().mul(Scalars.SELU_SCALE * Scalars.SELU_ALPHA)))),
  SILU(
      x -> x * Scalars.sigmoid(x),
      (x, y, c) -> c.mul(x.sigmoid().mul(x.neg().sigmoid().mul(x).add(1)))),
  HARD_SILU(
      x -> x * Math.min(Math.max(x / 6 + 0.5, 0), 1),
      (x, y, c) ->
          c.mul(x.hardSigmoid()).add(x.abs().less(3).where(c.mul(x).div(6), c.zerosLike()))),
  MISH(
      x -> x * Math.tanh(Scalars.softplus(x)),
      (x, y, c) -> {
        Tensor t = x.softplus().tanh();
        return c.mul(t.add(x.mul(x.sigmoid()).mul(t.square().subFrom(1))));
      }),
  GELU(
      x -> 0.5 * x * (1 + Scalars.erf(x * Math.sqrt(0.5))),
      (x, y, c) -> {
        Tensor distribution = x.mul(Math.sqrt(0.5)).erf().add(1).mul(0.5);
        Tensor density = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        return c.mul(distribution.add(x.mul(density)));
      }),
  GELU_TANH(
      x -> 0.5 * x * (1 + Math.tanh(Scalars.geluArgument(x))),
      (x, y, c) -> {
        Tensor square = x.square();
        Tensor t = square.mul(Scalars.GELU_CUBIC).add(1).mul(x).mul(Scalars.GELU_SCALE).tanh();
        Tensor slope = square.mul(3 * Scalars.GELU_CUBIC).add(1).mul(Scalars.GELU_SCALE);
        return c.mul(t.add(1).add(x.mul(t.square().subFrom(1)).mul(slope)).mul(0.5));
      });

  /// What becomes of c, given x and y = f(x): c · f'(x).
  private interface Derivative {
    Tensor times(Tensor x, Tensor y, Tensor c);
  }

  private final String label = Scalars.camelCase(name());
  private final DoubleUnaryOperator value;
  private final Derivative derivative;
  private final Optional<Binary> slopeOfValue;

  Unary(DoubleUnaryOperator value, Derivative derivative) {
    this.value = value;
    this.derivative = derivative;
    this.slopeOfValue = Optional.empty();
  }

  Unary(DoubleUnaryOperator value, Binary slopeOfValue) {
    this.value = value;
    this.derivative = (x, y, c) -> slopeOfValue.apply(c, y);
    this.slopeOfValue = Optional.of(slopeOfValue);
  }

  /// Returns the function of c and y = f(x) that is c · f'(x), if x is not needed for it.
  public Optional<Binary> slopeOfValue() {
    return slopeOfValue;
  }

  /// Returns f(x): the specification that every kernel is tested against.
  public double scalar(double x) {
    return value.applyAsDouble(x);
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    check(inputs[0]);
    return inputs[0];
  }

  /// Checks the element type.
  void check(TensorSpec input) {
    DType dtype = input.dtype();
    boolean whole = this == NEGATE || this == ABS || this == SIGN || this == SQUARE;
    if (!dtype.isFloating() && !(whole && dtype == DType.INT32)) {
      throw new IllegalArgumentException(
          label() + ": wants floating-point elements, got " + input + "; cast it first");
    }
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    if ((this == SQUARE || this == ABS) && inputs[0].fuses()) {
      return Tensor.pending(
          spec.shape(),
          this == SQUARE
              ? new FloatStorage.Pending(0, 1, inputs[0])
              : new FloatStorage.Pending(1, 0, inputs[0]));
    }
    Tensor output = Tensor.allocate(spec);
    Kernels.active().unary(this, inputs[0].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return derivative.times(inputs[0], output, cotangent);
  }

  /// The gradients of squares and absolute values, of which most penalties consist, are one kernel.
  @Override
  public boolean accumulates(int input, Tensor[] inputs, boolean add) {
    return this == SQUARE || this == ABS;
  }

  @Override
  public void accumulate(
      int input, Tensor[] inputs, Tensor output, Tensor cotangent, Tensor sum, boolean add) {
    Binary gradient = this == SQUARE ? Binary.SQUARE_GRADIENT : Binary.TIMES_SIGN;
    ElasticNet.accumulate(gradient, cotangent, inputs[0], sum, add);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return derivative.times(inputs[0], output, tangent);
  }

  @Override
  public String label() {
    return label;
  }
}
