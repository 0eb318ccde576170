package taut.layers;

import java.util.List;
import taut.core.Tensor;

/// Scales weights down whose norm is above a maximum: w · min(‖w‖, maximum) / (‖w‖ + 1e-7).
///
/// @param maximum the largest norm, 0 or more
/// @param axes the axes over which a norm is taken: axis 0 for a dense kernel, so that it is that
///   of the weights into one unit; axes 0, 1, 2 for the kernel of a convolution over images
public record MaxNorm(double maximum, List<Integer> axes) implements Constraint {
  /// Checks the maximum.
  ///
  /// @throws IllegalArgumentException if it is negative or NaN
  public MaxNorm {
    if (!(maximum >= 0)) {
      throw new IllegalArgumentException("MaxNorm: maximum must be 0 or more, got " + maximum);
    }
    axes = List.copyOf(axes);
  }

  /// Makes the constraint.
  ///
  /// @param axes the axes over which a norm is taken; axis 0 when none is named
  public MaxNorm(double maximum, int... axes) {
    this(maximum, WeightNorm.axes(axes));
  }

  @Override
  public Tensor apply(Tensor w) {
    Tensor norm = WeightNorm.of(w, axes);
    return WeightNorm.scale(w, norm, norm.minimum(maximum));
  }
}
