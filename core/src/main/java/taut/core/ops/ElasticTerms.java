package taut.core.ops;

import org.jspecify.annotations.Nullable;
import taut.core.FloatStorage;
import taut.core.FloatStorage.Pending;
import taut.core.Tensor;
import taut.core.kernels.PenaltyKernels;

/// Puts off what penalties are made of: multiples and sums of |x| and x² of one tensor, see
/// [Tensor#fusing].
final class ElasticTerms {
  private ElasticTerms() {}

  /// Returns the elements of a tensor that have not been computed yet, or null if they have.
  static @Nullable Pending of(Tensor x) {
    return x.storage() instanceof FloatStorage floats ? floats.pending().orElse(null) : null;
  }

  /// Returns f(a, b) as elements that wait as well, or null if they cannot.
  static @Nullable Pending of(Binary f, Tensor a, Tensor b) {
    if ((f != Binary.MULTIPLY && f != Binary.ADD) || !(a.fuses() || b.fuses())) {
      return null;
    }
    Pending first = of(a);
    Pending second = of(b);
    if (f == Binary.ADD) {
      return first != null && second != null && a.shape().equals(b.shape())
          ? plus(first, second)
          : null;
    }
    if (first != null && b.rank() == 0) {
      return times(first, b.item());
    }
    return second != null && a.rank() == 0 ? times(second, a.item()) : null;
  }

  private static @Nullable Pending plus(Pending x, Pending y) {
    return x.source() == y.source()
        ? new Pending(x.absolute() + y.absolute(), x.square() + y.square(), x.source())
        : null;
  }

  /// A factor of 0 would lose the term, and with it NaN and infinity; only multiples that keep
  /// every term wait.
  private static @Nullable Pending times(Pending x, double factor) {
    Pending product = new Pending(x.absolute() * factor, x.square() * factor, x.source());
    boolean whole = Math.abs(factor) > 1e-30 && Math.abs(factor) < 1e30;
    return whole ? product : null;
  }

  /// Returns the sum of all elements in one pass over the source.
  static double sum(Pending x) {
    return PenaltyKernels.active().value(x.absolute(), x.square(), x.source().storage());
  }
}
