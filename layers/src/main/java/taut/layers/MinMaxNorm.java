package taut.layers;

import java.util.List;
import taut.core.Tensor;

/// Moves the norm of weights towards a range: w · (rate · clip(‖w‖, minimum, maximum) + (1 - rate)
/// · ‖w‖) / (‖w‖ + 1e-7).
///
/// @param minimum the smallest norm, 0 or more
/// @param maximum the largest norm
/// @param rate how far the norm is moved in one step, from 0 to 1: 1 enforces the range at once
/// @param axes the axes over which a norm is taken, as in [MaxNorm]
public record MinMaxNorm(double minimum, double maximum, double rate, List<Integer> axes)
    implements Constraint {
  /// Checks range and rate.
  ///
  /// @throws IllegalArgumentException if not 0 ≤ minimum ≤ maximum and 0 ≤ rate ≤ 1
  public MinMaxNorm {
    if (!(0 <= minimum && minimum <= maximum && 0 <= rate && rate <= 1)) {
      throw new IllegalArgumentException(
          "MinMaxNorm: wants 0 ≤ minimum ≤ maximum and 0 ≤ rate ≤ 1, got minimum "
              + minimum
              + ", maximum "
              + maximum
              + ", rate "
              + rate);
    }
    axes = List.copyOf(axes);
  }

  /// Makes the constraint.
  ///
  /// @param axes the axes over which a norm is taken; axis 0 when none is named
  public MinMaxNorm(double minimum, double maximum, double rate, int... axes) {
    this(minimum, maximum, rate, WeightNorm.axes(axes));
  }

  @Override
  public Tensor apply(Tensor w) {
    Tensor norm = WeightNorm.of(w, axes);
    Tensor wanted = norm.clip(minimum, maximum).mul(rate).add(norm.mul(1 - rate));
    return WeightNorm.scale(w, norm, wanted);
  }
}
