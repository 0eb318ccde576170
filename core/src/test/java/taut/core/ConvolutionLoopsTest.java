package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import taut.core.ops.Padding;
import taut.core.ops.Window;

/// Convolutions and pools against loops over their definition, which pad the input in full and know
/// nothing of the engine's plans and kernels.
class ConvolutionLoopsTest {
  /// A window over an input of some spatial sizes.
  private record Case(int[] sizes, Window window, int channels, int groups, int filters) {
    @Override
    public String toString() {
      return Arrays.toString(sizes)
          + " "
          + window
          + " "
          + channels
          + " channels, "
          + groups
          + " groups, "
          + filters
          + " filters";
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Padding.values())
        .flatMap(padding -> windows().map(c -> with(c, c.window.padding(padding))));
  }

  /// Leaves out windows with gaps that are padded: they may cover nothing but padding, which has no
  /// maximum.
  static Stream<Case> poolCases() {
    return cases()
        .filter(c ->
            c.window.padding() == Padding.VALID
                || c.window.dilations().stream().allMatch(dilation -> dilation == 1));
  }

  private static Case with(Case c, Window window) {
    return new Case(c.sizes, window, c.channels, c.groups, c.filters);
  }

  private static Stream<Case> windows() {
    return Stream.of(
        new Case(new int[] {7}, Window.of(3), 2, 1, 3),
        new Case(new int[] {8}, Window.of(2).strides(3), 4, 2, 6),
        new Case(new int[] {9}, Window.of(3).dilations(3), 3, 3, 3),
        new Case(new int[] {6}, Window.of(1).strides(2), 5, 1, 2),
        new Case(new int[] {5, 6}, Window.of(3, 2), 1, 1, 4),
        new Case(new int[] {7, 5}, Window.of(2, 3).strides(2, 1), 4, 4, 8),
        new Case(new int[] {6, 7}, Window.of(2, 2).dilations(2, 3), 2, 1, 2),
        new Case(new int[] {9, 8}, Window.of(3, 3).strides(2).dilations(2), 6, 3, 3),
        new Case(new int[] {3, 4, 5}, Window.of(2, 1, 3), 2, 2, 4),
        new Case(new int[] {4, 3, 4}, Window.of(2, 2, 2).strides(1, 2, 3), 3, 1, 2));
  }

  private static Tensor draw(long seed, int... dims) {
    return RandomStream.of(seed).normal(Shape.of(dims), 0, 1).cast(DType.FLOAT64);
  }

  private static int[] joined(int before, int[] middle, int... after) {
    int[] dims = new int[middle.length + 1 + after.length];
    dims[0] = before;
    System.arraycopy(middle, 0, dims, 1, middle.length);
    System.arraycopy(after, 0, dims, middle.length + 1, after.length);
    return dims;
  }

  private static int[] numbers(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Tensor kernel(Case c) {
    int[] window = numbers(c.window.size());
    int[] rest = Arrays.copyOfRange(window, 1, window.length);
    return draw(2, joined(window[0], rest, c.channels / c.groups, c.filters));
  }

  /// Takes one product of a convolution: the coordinates of the input, of the window and of the
  /// output.
  private interface Product {
    void visit(int[] in, int[] at, int[] out);
  }

  private static int[] outputSizes(Case c) {
    int[] sizes = c.sizes.clone();
    for (int i = 0; i < sizes.length; i++) {
      int stride = c.window.strides().get(i);
      int span = span(c, i);
      sizes[i] =
          switch (c.window.padding()) {
            case VALID -> (sizes[i] - span) / stride + 1;
            case SAME, CAUSAL -> (sizes[i] + stride - 1) / stride;
          };
    }
    return sizes;
  }

  private static int span(Case c, int i) {
    return (c.window.size().get(i) - 1) * c.window.dilations().get(i) + 1;
  }

  private static void forEachProduct(Case c, Product product) {
    int[] output = outputSizes(c);
    forEachIndex(
        output,
        out ->
            forEachIndex(
                numbers(c.window.size()),
                at -> {
                  int[] in = new int[out.length];
                  boolean inside = true;
                  for (int i = 0; i < in.length; i++) {
                    int stride = c.window.strides().get(i);
                    int missing = Math.max(0, (output[i] - 1) * stride + span(c, i) - c.sizes[i]);
                    int before =
                        switch (c.window.padding()) {
                          case VALID -> 0;
                          case SAME -> missing / 2;
                          case CAUSAL -> span(c, i) - 1;
                        };
                    in[i] = out[i] * stride + at[i] * c.window.dilations().get(i) - before;
                    inside &= in[i] >= 0 && in[i] < c.sizes[i];
                  }
                  if (inside) {
                    product.visit(in, at, out);
                  }
                }));
  }

  private interface Index {
    void visit(int[] index);
  }

  private static void forEachIndex(int[] sizes, Index visitor) {
    int total = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    for (int n = 0; n < total; n++) {
      int[] index = new int[sizes.length];
      int rest = n;
      for (int i = sizes.length - 1; i >= 0; i--) {
        index[i] = rest % sizes[i];
        rest /= sizes[i];
      }
      visitor.visit(index);
    }
  }

  /// Returns the row-major offset of spatial coordinates.
  private static int offset(int[] sizes, int[] index) {
    int offset = 0;
    for (int i = 0; i < sizes.length; i++) {
      offset = offset * sizes[i] + index[i];
    }
    return offset;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void convolution(Case c) {
    Tensor x = draw(1, joined(2, c.sizes, c.channels));
    Tensor kernel = kernel(c);
    double[] in = x.toDoubles();
    double[] weights = kernel.toDoubles();
    int[] output = outputSizes(c);
    Shape shape = Shape.of(joined(2, output, c.filters));
    double[] expected = new double[shape.size()];
    int depth = c.channels / c.groups;
    for (int b = 0; b < 2; b++) {
      int inputStart = b * in.length / 2;
      int outputStart = b * expected.length / 2;
      forEachProduct(
          c,
          (i, at, o) -> {
            for (int f = 0; f < c.filters; f++) {
              int group = f / (c.filters / c.groups);
              for (int d = 0; d < depth; d++) {
                int channel = group * depth + d;
                int place = offset(numbers(c.window.size()), at);
                expected[outputStart + offset(output, o) * c.filters + f] +=
                    in[inputStart + offset(c.sizes, i) * c.channels + channel]
                        * weights[(place * depth + d) * c.filters + f];
              }
            }
          });
    }
    Tensor y = x.convolve(kernel, c.window, c.groups);
    assertEquals(shape, y.shape());
    assertArrayEquals(expected, y.toDoubles(), 1e-12);
    DType single = DType.FLOAT32;
    Tensor fast = x.cast(single).convolve(kernel.cast(single), c.window, c.groups);
    assertArrayEquals(expected, fast.toDoubles(), 1e-4);
  }

  /// ⟨c, conv(x, k)⟩ = ⟨x, transposed(c, k)⟩ is what makes it the transposed one.
  @ParameterizedTest
  @MethodSource("cases")
  void transposedConvolution(Case c) {
    Tensor x = draw(1, joined(2, c.sizes, c.channels));
    Tensor kernel = kernel(c);
    Tensor y = x.convolve(kernel, c.window, c.groups);
    Tensor cotangent = draw(3, y.shape().toArray());
    Tensor back = cotangent.convolveTransposed(kernel, c.window, c.groups, x.shape());
    assertEquals(x.shape(), back.shape());
    assertEquals(cotangent.mul(y).sum().item(), x.mul(back).sum().item(), 1e-10);
  }

  @ParameterizedTest
  @MethodSource("poolCases")
  void pools(Case c) {
    Tensor x = draw(1, joined(1, c.sizes, c.channels));
    double[] in = x.toDoubles();
    int[] output = outputSizes(c);
    Shape shape = Shape.of(joined(1, output, c.channels));
    double[] largest = new double[shape.size()];
    double[] sums = new double[shape.size()];
    int[] counts = new int[shape.size()];
    Arrays.fill(largest, Double.NEGATIVE_INFINITY);
    forEachProduct(
        c,
        (i, at, o) -> {
          for (int channel = 0; channel < c.channels; channel++) {
            int to = offset(output, o) * c.channels + channel;
            double value = in[offset(c.sizes, i) * c.channels + channel];
            largest[to] = Math.max(largest[to], value);
            sums[to] += value;
            counts[to]++;
          }
        });
    Arrays.setAll(sums, i -> sums[i] / counts[i]);
    assertEquals(shape, x.maxPool(c.window).shape());
    assertArrayEquals(largest, x.maxPool(c.window).toDoubles());
    assertArrayEquals(sums, x.averagePool(c.window).toDoubles(), 1e-12);
    Tensor single = x.cast(DType.FLOAT32);
    assertArrayEquals(largest, single.maxPool(c.window).toDoubles(), 1e-6);
    assertArrayEquals(sums, single.averagePool(c.window).toDoubles(), 1e-5);
  }

  @Test
  void windowsWithNothingUnderThem() {
    Tensor x = Tensor.ones(1, 2, 1);
    Window window = Window.of(2).dilations(3).padding(Padding.SAME);
    values(x.averagePool(window), Shape.of(1, 2, 1), 0, 1);
    fails(() -> x.maxPool(window), "maxPool", "output element 0", "FLOAT32[1, 2, 1]");
  }
}
