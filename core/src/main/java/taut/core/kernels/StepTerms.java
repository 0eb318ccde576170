package taut.core.kernels;

/// What all optimizer steps do to gradients and weights, beside the formula of their own.
///
/// A step reads a gradient as `g' = clip(scale·g, -limit, limit)` and changes a weight as `w = w -
/// lost·w + …`; both happen within the one pass over memory that the step takes. The share that is
/// lost is kept, not what is left: 1 - 4e-6 as a float would make the decay wrong by 1 %.
///
/// @param scale what gradients are multiplied by: 1, or less where a norm is limited
/// @param limit the greatest size of an element of a gradient, infinite if that is not limited
/// @param lost the share of itself that a weight loses before the step: `rate·weightDecay`
public record StepTerms(double scale, double limit, double lost) {
  /// Gradients as they are, and no weight decay.
  public static final StepTerms PLAIN = new StepTerms(1, Double.POSITIVE_INFINITY, 0);

  /// Returns an element of a gradient as the step shall see it; NaN stays.
  public double gradient(double g) {
    return Math.max(-limit, Math.min(limit, g * scale));
  }

  /// Returns a weight after decay and a step.
  public double moved(double w, double step) {
    // Without decay an infinite weight stays what it is.
    return lost == 0 ? w + step : w - lost * w + step;
  }
}
