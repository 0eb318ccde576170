package taut.layers;

import java.util.Arrays;
import java.util.stream.IntStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.LayerNormalize;

/// Gives each sample mean β and standard deviation γ over its features (Ba, Kiros and Hinton 2016):
/// γ · (x - mean) / √(variance + ε) + β.
///
/// Mean and variance are those of one sample over the normalized axes, the last one unless told
/// otherwise, and γ and β have the shape of these axes; so training and inference do the same. The
/// variance is the biased one. All of it is one operation, [LayerNormalize].
public final class LayerNormalization extends Normalizing<LayerNormalization> {
  private int[] axes = {-1};

  /// Makes the layer.
  public LayerNormalization() {}

  @Override
  LayerNormalization self() {
    return this;
  }

  @Override
  protected void build(Shape input) {
    addScaleAndShift(row(input));
  }

  private Shape row(Shape input) {
    return Shape.of(Arrays.stream(axes(input)).map(input::dim).toArray());
  }

  /// Returns the normalized axes, counted from the front and in their order.
  private int[] axes(Shape input) {
    int[] found = Arrays.stream(axes).map(input::axis).sorted().distinct().toArray();
    if (found.length < axes.length) {
      throw new IllegalArgumentException(
          "LayerNormalization: wants different axes, got "
              + Arrays.toString(axes)
              + " for "
              + input);
    }
    return found;
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Shape row = row(x.shape());
    Tensor scale = scaleOf(row, x.dtype());
    Tensor shift = shiftOf(row, x.dtype());
    LayerNormalize op = new LayerNormalize(epsilon(), true);
    int[] order = order(x.shape());
    if (Arrays.equals(order, IntStream.range(0, order.length).toArray())) {
      return op.apply(x, scale, shift);
    }
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return op.apply(x.transpose(order), scale, shift).transpose(back);
  }

  /// Returns the axes with the normalized ones behind the others.
  private int[] order(Shape input) {
    int[] normalized = axes(input);
    IntStream others =
        IntStream.range(0, input.rank()).filter(i -> Arrays.binarySearch(normalized, i) < 0);
    return IntStream.concat(others, Arrays.stream(normalized)).toArray();
  }

  /// Sets the axes that are normalized together; the last one unless told otherwise.
  ///
  /// @throws IllegalArgumentException if there is none
  public LayerNormalization axis(int... axes) {
    checkNotBuilt("the axis");
    if (axes.length == 0) {
      throw new IllegalArgumentException("LayerNormalization: wants one axis or more, got none");
    }
    this.axes = axes.clone();
    return this;
  }
}
