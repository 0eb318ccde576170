package taut.optim;

/// [Adam] with decoupled weight decay from the start (Loshchilov and Hutter 2019).
///
/// The decay is 0.004 as in Keras, but biases and normalization parameters do not decay unless
/// [#weightDecay(double, java.util.function.Predicate)] says so.
public final class AdamW extends Adam {
  /// The weight decay unless told otherwise.
  public static final double DEFAULT_WEIGHT_DECAY = 0.004;

  /// Makes an optimizer with Adam's defaults and weight decay 0.004.
  public AdamW() {
    this(DEFAULT_RATE);
  }

  /// Makes an optimizer with a constant rate and weight decay 0.004.
  public AdamW(double rate) {
    this(Schedule.constant(rate));
  }

  /// Makes an optimizer with a rate for each step and weight decay 0.004.
  public AdamW(Schedule rate) {
    super(rate);
    weightDecay(DEFAULT_WEIGHT_DECAY);
  }
}
