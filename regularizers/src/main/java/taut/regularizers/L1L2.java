package taut.regularizers;

import taut.core.Tensor;

/// Penalizes absolute values and squares together: λ₁ Σ|x| + λ₂ Σx².
///
/// A term of strength 0 is not computed. Its gradient is that of [L1] plus that of [L2]. NaN in x
/// gives NaN.
///
/// @param l1 the strength λ₁, 0 or more
/// @param l2 the strength λ₂, 0 or more
public record L1L2(double l1, double l2) implements Regularizer {
  /// Checks the strengths.
  ///
  /// @throws IllegalArgumentException if one is negative, infinite or NaN
  public L1L2 {
    Strength.check("L1L2", "l1", l1);
    Strength.check("L1L2", "l2", l2);
  }

  @Override
  public Tensor penalty(Tensor x) {
    return isZero() ? Regularizer.none().penalty(x) : x.elasticNet(l1, l2);
  }

  @Override
  public boolean isZero() {
    return l1 == 0 && l2 == 0;
  }
}
