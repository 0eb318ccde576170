package taut.layers;

import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

/// Gives what it normalizes a standard deviation γ and a mean β that are learned: γ · (x - mean) /
/// √(variance + ε) + β.
///
/// @param <L> the layer itself, which its settings return
public abstract sealed class Normalizing<L extends Normalizing<L>> extends Layer
    permits BatchNormalization, LayerNormalization {
  /// What is added to the variance unless told otherwise.
  public static final double DEFAULT_EPSILON = 1e-3;

  private double epsilon = DEFAULT_EPSILON;
  private boolean center = true;
  private boolean scale = true;
  private Initializer gammaInitializer = Initializers.ONES;
  private Initializer betaInitializer = Initializers.ZEROS;
  private Regularizer gammaRegularizer = Regularizer.none();
  private Regularizer betaRegularizer = Regularizer.none();
  private Constraint gammaConstraint = Constraint.none();
  private Constraint betaConstraint = Constraint.none();
  private @Nullable Variable gamma;
  private @Nullable Variable beta;

  Normalizing() {}

  /// Returns this layer as what it is.
  abstract L self();

  /// Makes γ and β, as far as they are wanted.
  final void addScaleAndShift(Shape shape) {
    if (scale) {
      gamma = addWeight("gamma", shape, gammaInitializer, gammaRegularizer, gammaConstraint);
    } else {
      checkUnused("gamma", gammaRegularizer, gammaConstraint);
    }
    if (center) {
      beta = addWeight("beta", shape, betaInitializer, betaRegularizer, betaConstraint);
    } else {
      checkUnused("beta", betaRegularizer, betaConstraint);
    }
  }

  final double epsilon() {
    return epsilon;
  }

  /// Returns γ, or null if there is none.
  final @Nullable Variable gamma() {
    return gamma;
  }

  /// Returns β, or null if there is none.
  final @Nullable Variable beta() {
    return beta;
  }

  /// Returns the value of γ, or ones.
  final Tensor scaleOf(Shape shape, DType dtype) {
    return gamma == null ? Tensor.full(shape, 1, dtype) : gamma.value();
  }

  /// Returns the value of β, or zeros.
  final Tensor shiftOf(Shape shape, DType dtype) {
    return beta == null ? Tensor.full(shape, 0, dtype) : beta.value();
  }

  /// Sets what is added to the variance; [#DEFAULT_EPSILON] unless told otherwise.
  public L epsilon(double epsilon) {
    checkNotBuilt("epsilon");
    if (!(epsilon >= 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": epsilon must be a finite number that is 0 or more, got "
              + epsilon);
    }
    this.epsilon = epsilon;
    return self();
  }

  /// Sets whether β is added; it is unless told otherwise.
  public L center(boolean center) {
    checkNotBuilt("the use of beta");
    this.center = center;
    return self();
  }

  /// Sets whether γ is multiplied; it is unless told otherwise.
  public L scale(boolean scale) {
    checkNotBuilt("the use of gamma");
    this.scale = scale;
    return self();
  }

  /// Sets the first value of γ; [Initializers#ONES] unless told otherwise.
  public L gammaInitializer(Initializer initializer) {
    checkNotBuilt("the gamma initializer");
    this.gammaInitializer = initializer;
    return self();
  }

  /// Sets the first value of β; [Initializers#ZEROS] unless told otherwise.
  public L betaInitializer(Initializer initializer) {
    checkNotBuilt("the beta initializer");
    this.betaInitializer = initializer;
    return self();
  }

  /// Sets the penalty of γ; without γ that is an error when the layer is built.
  public L gammaRegularizer(Regularizer regularizer) {
    checkNotBuilt("the gamma regularizer");
    this.gammaRegularizer = regularizer;
    return self();
  }

  /// Sets the penalty of β; without β that is an error when the layer is built.
  public L betaRegularizer(Regularizer regularizer) {
    checkNotBuilt("the beta regularizer");
    this.betaRegularizer = regularizer;
    return self();
  }

  /// Sets the constraint of γ; without γ that is an error when the layer is built.
  public L gammaConstraint(Constraint constraint) {
    checkNotBuilt("the gamma constraint");
    this.gammaConstraint = constraint;
    return self();
  }

  /// Sets the constraint of β; without β that is an error when the layer is built.
  public L betaConstraint(Constraint constraint) {
    checkNotBuilt("the beta constraint");
    this.betaConstraint = constraint;
    return self();
  }

  @Override
  public L activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return self();
  }

  @Override
  public L named(String name) {
    super.named(name);
    return self();
  }
}
