package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Draws elements whose variance falls with the number of connections, so that signals keep their
/// size from layer to layer.
///
/// The variance is scale / max(1, fan). Of a weight of shape [..., inputs, outputs], such as the
/// kernel of a convolution, fan-in is the product of all sizes but the last and fan-out that of all
/// but the last but one; of a vector, both are its size.
///
/// @param scale the scale, positive
/// @param fan which connections count
/// @param distribution what is drawn from
public record VarianceScaling(double scale, Fan fan, Distribution distribution)
    implements Initializer {
  /// Which connections count.
  public enum Fan {
    /// Those into a unit.
    IN,
    /// Those out of a unit.
    OUT,
    /// The mean of both.
    AVERAGE
  }

  /// What is drawn from.
  public enum Distribution {
    /// A uniform distribution around 0.
    UNIFORM,
    /// A normal distribution.
    NORMAL,
    /// A normal distribution cut off at two standard deviations, which is made wider so that the
    /// variance is right after the cut.
    TRUNCATED_NORMAL
  }

  /// Checks the scale.
  ///
  /// @throws IllegalArgumentException if it is not positive and finite
  public VarianceScaling {
    if (!(scale > 0 && Double.isFinite(scale))) {
      throw new IllegalArgumentException(
          "VarianceScaling: scale must be positive and finite, got " + scale);
    }
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return forShape(shape).initialize(shape, random);
  }

  /// Returns the initializer that this one is for weights of the given shape.
  public Initializer forShape(Shape shape) {
    double variance = scale / Math.max(1, connections(shape));
    double limit = Math.sqrt(3 * variance);
    return switch (distribution) {
      case UNIFORM -> new RandomUniform(-limit, limit);
      case NORMAL -> new RandomNormal(0, Math.sqrt(variance));
      case TRUNCATED_NORMAL -> new TruncatedNormal(0, Math.sqrt(variance) / TruncatedNormal.CUT);
    };
  }

  private double connections(Shape shape) {
    int rank = shape.rank();
    double in = 1;
    double out = 1;
    for (int axis = 0; axis < rank; axis++) {
      in *= axis < rank - 1 || rank == 1 ? shape.dim(axis) : 1;
      out *= axis != rank - 2 ? shape.dim(axis) : 1;
    }
    return switch (fan) {
      case IN -> in;
      case OUT -> out;
      case AVERAGE -> (in + out) / 2;
    };
  }
}
