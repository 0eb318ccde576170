package taut.layers;

import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.BatchNormalize;

/// Gives each feature mean β and standard deviation γ over the batch (Ioffe and Szegedy 2015): γ ·
/// (x - mean) / √(variance + ε) + β.
///
/// In training, mean and variance are those of the batch, over all axes but the feature axis, and
/// the moving ones follow them: moving ← momentum · moving + (1 - momentum) · batch. Inference uses
/// the moving ones, and so does a frozen layer in training, which also leaves them as they are. The
/// variance is the biased one (divided by the count) in either place, as in Keras.
public final class BatchNormalization extends Normalizing<BatchNormalization> {
  /// The weight of the old value in a moving statistic, unless told otherwise.
  public static final double DEFAULT_MOMENTUM = 0.99;

  private double momentum = DEFAULT_MOMENTUM;
  private int axis = -1;
  private @Nullable Variable movingMean;
  private @Nullable Variable movingVariance;

  /// Makes the layer.
  public BatchNormalization() {}

  @Override
  BatchNormalization self() {
    return this;
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(
          "batch normalization: wants an input of rank 2 or more, [batch, ..., features], got "
              + input);
    }
    Shape features = Shape.of(input.dim(axis));
    addScaleAndShift(features);
    movingMean = addState("moving_mean", features, Initializers.ZEROS);
    movingVariance = addState("moving_variance", features, Initializers.ONES);
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Variable mean = Objects.requireNonNull(movingMean);
    Variable variance = Objects.requireNonNull(movingVariance);
    int feature = x.shape().axis(axis);
    int[] others = IntStream.range(0, x.rank()).filter(i -> i != feature).toArray();
    Shape aligned = x.shape().reduced(others, true);
    if (!pass.isTraining() || !isTrainable()) {
      // One multiplication and one addition: what is fixed is combined first.
      Tensor factor = factor(variance.value().reshape(aligned), aligned);
      Tensor shift = mean.value().reshape(aligned).mul(factor);
      Variable beta = beta();
      Tensor offset = beta == null ? shift.neg() : beta.value().reshape(aligned).sub(shift);
      return x.mul(factor).add(offset);
    }
    if (feature == x.rank() - 1) {
      return fused(x, mean, variance);
    }
    Tensor batchMean = x.mean(true, others);
    Tensor centred = x.sub(batchMean);
    double count = (double) x.size() / x.dim(axis);
    Tensor batchVariance = centred.sumOfSquares(true, others).div(count);
    follow(mean, batchMean);
    follow(variance, batchVariance);
    Tensor normal = centred.mul(factor(batchVariance, aligned));
    Variable beta = beta();
    return beta == null ? normal : normal.add(beta.value().reshape(aligned));
  }

  /// Normalizes features on the last axis as one operation.
  private Tensor fused(Tensor x, Variable mean, Variable variance) {
    BatchNormalize op = new BatchNormalize(epsilon());
    Shape features = mean.shape();
    Tensor y = op.apply(x, scaleOf(features, x.dtype()), shiftOf(features, x.dtype()));
    follow(mean, op.moments().slice(0, 0, 1));
    follow(variance, op.moments().slice(0, 1, 2));
    return y;
  }

  /// Returns γ / √(variance + ε).
  private Tensor factor(Tensor variance, Shape aligned) {
    Tensor inverse = variance.add(epsilon()).rsqrt();
    Variable gamma = gamma();
    return gamma == null ? inverse : inverse.mul(gamma.value().reshape(aligned));
  }

  private void follow(Variable moving, Tensor batch) {
    Tensor old = moving.value().mul(momentum);
    moving.assign(old.add(batch.stopGradient().reshape(moving.shape()).mul(1 - momentum)));
  }

  /// Sets the weight of the old value in the moving statistics, from 0 to 1; [#DEFAULT_MOMENTUM]
  /// unless told otherwise.
  public BatchNormalization momentum(double momentum) {
    checkNotBuilt("the momentum");
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "BatchNormalization: momentum must be between 0 and 1, got " + momentum);
    }
    this.momentum = momentum;
    return this;
  }

  /// Sets the axis of the features; the last one unless told otherwise.
  public BatchNormalization axis(int axis) {
    checkNotBuilt("the axis");
    this.axis = axis;
    return this;
  }
}
