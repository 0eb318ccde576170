package taut.optim;

import java.util.ArrayList;
import java.util.List;
import taut.core.Storage;
import taut.core.kernels.UpdateKernels;

/// Steps against the gradient, `w = w - rate·g`, with momentum if asked for.
///
/// With momentum μ a velocity follows the gradients, `v = μ·v - rate·g`, and `w = w + v` (Polyak
/// 1964); with Nesterov's look-ahead (1983) `w = w + μ·v - rate·g`. As in Keras, the rate is part
/// of the velocity.
public final class Sgd extends Optimizer {
  /// The learning rate unless told otherwise.
  public static final double DEFAULT_RATE = 0.01;

  private double momentum;
  private boolean nesterov;

  /// Makes an optimizer with rate 0.01 and no momentum.
  public Sgd() {
    this(DEFAULT_RATE);
  }

  /// Makes an optimizer with a constant rate and no momentum.
  public Sgd(double rate) {
    this(Schedule.constant(rate));
  }

  /// Makes an optimizer with a rate for each step and no momentum.
  public Sgd(Schedule rate) {
    super(rate);
  }

  /// Sets the share of the velocity that stays from step to step, 0 or more and below 1.
  ///
  /// @throws IllegalStateException after the first step, or if Nesterov's look-ahead is set and
  ///   would be without momentum
  public Sgd momentum(double momentum) {
    checkNotStarted("momentum");
    if (nesterov && momentum == 0) {
      throw new IllegalStateException("Sgd: nesterov is set and needs momentum, got 0");
    }
    this.momentum = Settings.requireShare(momentum, "momentum");
    return this;
  }

  /// Looks ahead along the velocity; this needs momentum.
  ///
  /// @throws IllegalStateException after the first step, or if there is no momentum
  public Sgd nesterov() {
    checkNotStarted("nesterov");
    if (momentum == 0) {
      throw new IllegalStateException(
          "Sgd: nesterov needs momentum; set momentum(0.9), say, first");
    }
    this.nesterov = true;
    return this;
  }

  @Override
  boolean clipsItself() {
    return true;
  }

  @Override
  protected List<String> slotNames() {
    return momentum == 0 ? List.of() : List.of("momentum");
  }

  @Override
  protected void update(Storage weights, Storage gradient, List<Storage> slots, Step step) {
    UpdateKernels kernels = UpdateKernels.active();
    if (momentum == 0) {
      kernels.descend(weights, gradient, step.rate(), step.terms());
    } else {
      kernels.momentum(
          weights, gradient, slots.getFirst(), step.rate(), momentum, nesterov, step.terms());
    }
  }

  @Override
  protected List<String> settings() {
    List<String> settings = new ArrayList<>();
    if (momentum > 0) {
      settings.add((nesterov ? "nesterov=" : "momentum=") + momentum);
    }
    return settings;
  }
}
