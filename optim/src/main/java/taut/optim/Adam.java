package taut.optim;

import java.util.ArrayList;
import java.util.List;
import taut.core.Storage;
import taut.core.kernels.UpdateKernels;

/// Divides each element's mean gradient by its typical size (Kingma and Ba 2015).
///
/// With `m = β₁·m + (1 - β₁)·g` and `v = β₂·v + (1 - β₂)·g²`, step t is `w = w - rate · √(1 - β₂ᵗ)
/// / (1 - β₁ᵗ) · m / (√v + ε)`. As in Keras, the correction of the first steps is part of the rate
/// and ε is added to the uncorrected √v.
public sealed class Adam extends Optimizer permits AdamW {
  /// The learning rate unless told otherwise.
  public static final double DEFAULT_RATE = 0.001;

  /// The share of the mean gradient that stays from step to step, unless told otherwise.
  public static final double DEFAULT_BETA1 = 0.9;

  /// The share of the mean squared gradient that stays from step to step, unless told otherwise.
  public static final double DEFAULT_BETA2 = 0.999;

  /// What keeps the divisor from 0, unless told otherwise.
  public static final double DEFAULT_EPSILON = 1e-7;

  private double beta1 = DEFAULT_BETA1;
  private double beta2 = DEFAULT_BETA2;
  private double epsilon = DEFAULT_EPSILON;
  private boolean amsgrad;

  /// Makes an optimizer with rate 0.001, β₁ = 0.9, β₂ = 0.999 and ε = 1e-7.
  public Adam() {
    this(DEFAULT_RATE);
  }

  /// Makes an optimizer with a constant rate.
  public Adam(double rate) {
    this(Schedule.constant(rate));
  }

  /// Makes an optimizer with a rate for each step.
  public Adam(Schedule rate) {
    super(rate);
  }

  /// Sets β₁, 0 or more and below 1.
  ///
  /// @throws IllegalStateException after the first step
  public final Adam beta1(double beta1) {
    checkNotStarted("beta1");
    this.beta1 = Settings.requireShare(beta1, "beta1");
    return this;
  }

  /// Sets β₂, 0 or more and below 1.
  ///
  /// @throws IllegalStateException after the first step
  public final Adam beta2(double beta2) {
    checkNotStarted("beta2");
    this.beta2 = Settings.requireShare(beta2, "beta2");
    return this;
  }

  /// Sets ε, above 0.
  ///
  /// @throws IllegalStateException after the first step
  public final Adam epsilon(double epsilon) {
    checkNotStarted("epsilon");
    this.epsilon = Settings.requirePositive(epsilon, "epsilon");
    return this;
  }

  /// Divides by the largest v so far, so that no step grows because v has shrunk (Reddi et al.
  /// 2018).
  ///
  /// @throws IllegalStateException after the first step
  public final Adam amsgrad() {
    checkNotStarted("amsgrad");
    this.amsgrad = true;
    return this;
  }

  @Override
  final boolean clipsItself() {
    return true;
  }

  @Override
  protected final List<String> slotNames() {
    return amsgrad ? List.of("mean", "meanSquare", "largest") : List.of("mean", "meanSquare");
  }

  @Override
  protected final void update(Storage weights, Storage gradient, List<Storage> slots, Step step) {
    UpdateKernels kernels = UpdateKernels.active();
    double t = (double) step.number();
    double correction = Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
    double alpha = step.rate() * correction;
    Storage m = slots.get(0);
    Storage v = slots.get(1);
    if (amsgrad) {
      kernels.amsgrad(
          weights,
          gradient,
          m,
          v,
          slots.get(2),
          alpha,
          1 - beta1,
          1 - beta2,
          epsilon,
          step.terms());
    } else {
      kernels.adam(weights, gradient, m, v, alpha, 1 - beta1, 1 - beta2, epsilon, step.terms());
    }
  }

  @Override
  protected final List<String> settings() {
    List<String> settings =
        new ArrayList<>(List.of("beta1=" + beta1, "beta2=" + beta2, "epsilon=" + epsilon));
    if (amsgrad) {
      settings.add("amsgrad");
    }
    return settings;
  }
}
