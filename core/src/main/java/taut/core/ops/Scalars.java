package taut.core.ops;

import java.util.Locale;

/// The scalar formulas that are too long for a line of [Unary] or [Binary].
final class Scalars {
  static final double SELU_ALPHA = 1.6732632423543772;
  static final double SELU_SCALE = 1.0507009873554805;
  static final double GELU_SCALE = Math.sqrt(2 / Math.PI);
  static final double GELU_CUBIC = 0.044715;

  private Scalars() {}

  /// Returns 1 / (1 + e⁻ˣ) without overflow.
  static double sigmoid(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /// Returns log(1 + eˣ) without overflow.
  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  /// Returns a - b · ⌊a / b⌋, exactly.
  static double remainder(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0, b);
    }
    return (rest < 0) == (b < 0) ? rest : rest + b;
  }

  static double geluArgument(double x) {
    return GELU_SCALE * x * (1 + GELU_CUBIC * x * x);
  }

  /// Returns the error function by the series erf x = 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!,
  /// whose terms all have one sign, so that nothing cancels (Abramowitz and Stegun 7.1.6). From |x|
  /// = 6 on the result is ±1 to the last bit.
  static double erf(double x) {
    if (Double.isNaN(x)) {
      return x;
    }
    if (Math.abs(x) >= 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /// Returns an enum constant's name as methods are written: `HARD_SIGMOID` becomes `hardSigmoid`.
  static String camelCase(String constant) {
    StringBuilder text = new StringBuilder();
    for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
      text.append(
          text.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return text.toString();
  }
}
