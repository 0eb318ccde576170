package taut.training;

import taut.core.Tensor;

/// Grows like the square of small errors and like the size of large ones: ½e² up to δ, then δ·|e| -
/// ½δ² (Huber 1964).
///
/// @param delta where the two meet, above 0
public record Huber(double delta) implements ElementwiseLoss {
  /// The δ unless told otherwise.
  public static final double DEFAULT_DELTA = 1;

  /// Checks δ.
  public Huber {
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("huber: delta must be finite and above 0, got " + delta);
    }
  }

  @Override
  public String label() {
    return "huber";
  }

  /// With s = min(|e|, δ) both branches are s·(|e| - ½s), and the derivative is exact where they
  /// meet.
  @Override
  public Tensor elements(Tensor target, Tensor prediction) {
    Tensor size = prediction.sub(target).abs();
    Tensor small = size.clip(0, delta);
    return small.mul(size.sub(small.mul(0.5)));
  }
}
