package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import taut.core.DType;
import taut.core.Tensor;

/// Compares gradients with central differences in FLOAT64.
///
/// For each element xᵢ of each input, the slope (f(x + h·eᵢ) - f(x - h·eᵢ)) / 2h is compared with
/// the tape's gradient; the step is h = 1e-6 · max(1, |xᵢ|). For people who write layers, losses,
/// ops and regularizers.
public final class GradientCheck {
  private static final double STEP = 1e-6;

  /// The relative error that is allowed unless told otherwise; a central difference of a smooth
  /// function errs by about 1e-9.
  public static final double TOLERANCE = 1e-6;

  private GradientCheck() {}

  /// One element's comparison.
  ///
  /// @param input which input
  /// @param element which element of it, in row-major order
  /// @param gradient what the tape says
  /// @param difference what central differences say
  public record Element(int input, int element, double gradient, double difference) {
    /// Returns |gradient - difference| / max(1, |gradient|, |difference|); NaN counts as infinite.
    public double error() {
      double scale = Math.max(1, Math.max(Math.abs(gradient), Math.abs(difference)));
      double error = Math.abs(gradient - difference) / scale;
      return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
  }

  /// What a check found.
  ///
  /// @param elements every comparison
  /// @param tolerance the error up to which it passes
  public record Report(List<Element> elements, double tolerance) {
    /// Returns the largest error.
    public double worst() {
      return elements.stream().mapToDouble(Element::error).max().orElse(0);
    }

    /// Tells whether every error is within the tolerance, and there was something to compare.
    public boolean passes() {
      return !elements.isEmpty() && worst() <= tolerance;
    }

    /// Fails with the printed report unless the check passes.
    ///
    /// @throws AssertionError if an error is above the tolerance
    public void orThrow() {
      if (!passes()) {
        throw new AssertionError(toString());
      }
    }

    /// Prints the verdict and, where it fails, the worst elements.
    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(
              String.format(
                  Locale.ROOT,
                  "gradient check %s: %d elements, worst error %.3g (allowed %.3g)",
                  passes() ? "passes" : "FAILS",
                  elements.size(),
                  worst(),
                  tolerance));
      Stream<Element> failing = elements.stream().filter(e -> e.error() > tolerance);
      failing
          .sorted((a, b) -> Double.compare(b.error(), a.error()))
          .limit(10)
          .forEach(e ->
              text.append(
                  String.format(
                      Locale.ROOT,
                      "%n  input %d, element %d: gradient %.10g, difference %.10g, error %.3g",
                      e.input,
                      e.element,
                      e.gradient,
                      e.difference,
                      e.error())));
      return text.toString();
    }
  }

  /// Checks the gradient of a scalar function at a point.
  ///
  /// @param function takes the inputs, as FLOAT64, and returns a FLOAT64 scalar
  /// @param inputs the point; converted to FLOAT64
  public static Report check(Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    return check(function, TOLERANCE, inputs);
  }

  /// Checks the gradient of a scalar function at a point, to a tolerance.
  ///
  /// @throws IllegalArgumentException if the function returns anything but a FLOAT64 scalar
  public static Report check(
      Function<List<Tensor>, Tensor> function, double tolerance, Tensor... inputs) {
    // Copies, so that a tensor that is given twice counts as two inputs.
    List<Tensor> point = Stream.of(inputs).map(x -> x.cast(DType.FLOAT64).copy()).toList();
    List<Tensor> gradients;
    try (GradientTape tape = new GradientTape()) {
      point.forEach(tape::watch);
      gradients = tape.gradients(checked(function.apply(point)), point, Unconnected.ZERO);
    }
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < point.size(); i++) {
      double[] gradient = gradients.get(i).toDoubles();
      for (int j = 0; j < gradient.length; j++) {
        elements.add(new Element(i, j, gradient[j], slope(function, point, i, j)));
      }
    }
    return new Report(elements, tolerance);
  }

  private static Tensor checked(Tensor value) {
    if (value.rank() != 0 || value.dtype() != DType.FLOAT64) {
      throw new IllegalArgumentException(
          "gradient check: the function must return a FLOAT64 scalar, got "
              + value.spec()
              + "; cast constants to the type of the inputs, and reduce with sum()");
    }
    return value;
  }

  private static double slope(
      Function<List<Tensor>, Tensor> function, List<Tensor> point, int input, int element) {
    double step = STEP * Math.max(1, Math.abs(point.get(input).toDoubles()[element]));
    double above = function.apply(moved(point, input, element, step)).item();
    double below = function.apply(moved(point, input, element, -step)).item();
    return (above - below) / (2 * step);
  }

  private static List<Tensor> moved(List<Tensor> point, int input, int element, double by) {
    List<Tensor> result = new ArrayList<>(point);
    double[] elements = point.get(input).toDoubles();
    elements[element] += by;
    result.set(input, Tensor.of(point.get(input).shape(), elements));
    return result;
  }
}
