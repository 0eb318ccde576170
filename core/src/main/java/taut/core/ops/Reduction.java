package taut.core.ops;

/// Names what a reduction makes of the elements along its axes.
public enum Reduction {
  /// Σx; 0 for no elements.
  SUM,
  /// Σx / n; NaN for no elements.
  MEAN,
  /// Πx; 1 for no elements.
  PRODUCT,
  /// The smallest x; NaN if any is NaN; +∞ for no elements.
  MINIMUM,
  /// The largest x; NaN if any is NaN; -∞ for no elements.
  MAXIMUM,
  /// Σx²; 0 for no elements.
  SUM_OF_SQUARES,
  /// Σ|x|; 0 for no elements.
  SUM_OF_ABSOLUTES;

  private final String label = Scalars.camelCase(name());

  /// Returns the name of the operation, such as `sumOfSquares`.
  String label() {
    return label;
  }

  /// Returns what combines partial results of this reduction over equally many elements each.
  Reduction combiner() {
    return switch (this) {
      case SUM_OF_SQUARES, SUM_OF_ABSOLUTES -> SUM;
      case SUM, MEAN, PRODUCT, MINIMUM, MAXIMUM -> this;
    };
  }
}
