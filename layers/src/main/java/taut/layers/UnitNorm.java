package taut.layers;

import java.util.List;
import taut.core.Tensor;

/// Gives weights norm 1: w / (‖w‖ + 1e-7). Weights that are all 0 stay so.
///
/// @param axes the axes over which a norm is taken, as in [MaxNorm]
public record UnitNorm(List<Integer> axes) implements Constraint {
  /// Copies the list.
  public UnitNorm {
    axes = List.copyOf(axes);
  }

  /// Makes the constraint.
  ///
  /// @param axes the axes over which a norm is taken; axis 0 when none is named
  public UnitNorm(int... axes) {
    this(WeightNorm.axes(axes));
  }

  @Override
  public Tensor apply(Tensor w) {
    return WeightNorm.scale(w, WeightNorm.of(w, axes), Tensor.scalar(1, w.dtype()));
  }
}
