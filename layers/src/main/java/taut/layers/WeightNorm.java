package taut.layers;

import java.util.List;
import java.util.stream.IntStream;
import taut.core.Tensor;

/// The Euclidean norms of a weight along some axes, and scaling to wanted norms: what the norm
/// constraints share.
final class WeightNorm {
  /// Keeps norms of 0 from being divided by; Keras's number.
  private static final double EPSILON = 1e-7;

  /// Axis 0, along which lie the inputs of one unit of a dense layer.
  private static final List<Integer> INPUTS = List.of(0);

  private WeightNorm() {}

  /// Returns the axes as a list; no axes mean axis 0.
  static List<Integer> axes(int... axes) {
    return axes.length == 0 ? INPUTS : IntStream.of(axes).boxed().toList();
  }

  /// Returns √Σw² over the axes, which stay with size 1.
  static Tensor of(Tensor w, List<Integer> axes) {
    return w.sumOfSquares(true, axes.stream().mapToInt(Integer::intValue).toArray()).sqrt();
  }

  /// Returns w · wanted / (norm + 1e-7).
  static Tensor scale(Tensor w, Tensor norm, Tensor wanted) {
    return w.mul(wanted.div(norm.add(EPSILON)));
  }
}
