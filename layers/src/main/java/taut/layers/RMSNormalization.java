package taut.layers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.LayerNormalize;
import taut.regularizers.Regularizer;

/// Gives the features of each sample, its last axis, the root mean square γ (Zhang and Sennrich
/// 2019): γ · x / √(mean of x² + ε). The weight γ is called `scale`, as in Keras.
public final class RMSNormalization extends Layer {
  /// What is added to the mean square unless told otherwise.
  public static final double DEFAULT_EPSILON = 1e-6;

  private double epsilon = DEFAULT_EPSILON;
  private @Nullable Variable scale;

  /// Makes the layer.
  public RMSNormalization() {}

  @Override
  protected void build(Shape input) {
    scale = addWeight("scale", Shape.of(input.dim(-1)), Initializers.ONES, Regularizer.none());
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Tensor factor = Objects.requireNonNull(scale).value();
    return new LayerNormalize(epsilon, false).apply(x, factor, factor.zerosLike());
  }

  /// Sets what is added to the mean square; [#DEFAULT_EPSILON] unless told otherwise.
  public RMSNormalization epsilon(double epsilon) {
    checkNotBuilt("epsilon");
    if (!(epsilon >= 0 && Double.isFinite(epsilon))) {
      throw new IllegalArgumentException(
          "RMSNormalization: epsilon must be a finite number that is 0 or more, got " + epsilon);
    }
    this.epsilon = epsilon;
    return this;
  }

  @Override
  public RMSNormalization activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return this;
  }

  @Override
  public RMSNormalization named(String name) {
    super.named(name);
    return this;
  }
}
