package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static taut.core.Expected.fails;
import static taut.core.Expected.values;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import taut.core.ops.Padding;
import taut.core.ops.Window;

/// Windows over one, two and three spatial axes, against sums that NumPy makes (`np.correlate`,
/// `np.convolve`, `@`).
class ConvolutionsTest {
  private static final Tensor LINE = line(1, 2, 3, 4, 5);
  private static final Tensor KERNEL = Tensor.of(Shape.of(3, 1, 1), 1.0, 2, 4);
  private static final Window THREE = Window.of(3);

  private static Tensor line(double... elements) {
    return Tensor.of(Shape.of(1, elements.length, 1), elements);
  }

  private static Tensor convolve(Window window) {
    return LINE.convolve(KERNEL, window, 1);
  }

  private static Tensor count(int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.range(shape.size()).reshape(shape).cast(DType.FLOAT64);
  }

  @Test
  void convolveALine() {
    values(convolve(THREE), Shape.of(1, 3, 1), 17, 24, 31);
    values(convolve(THREE.padding(Padding.SAME)), Shape.of(1, 5, 1), 10, 17, 24, 31, 14);
    values(convolve(THREE.padding(Padding.CAUSAL)), Shape.of(1, 5, 1), 4, 10, 17, 24, 31);
    values(convolve(THREE.strides(2)), Shape.of(1, 2, 1), 17, 31);
    values(convolve(THREE.strides(2).padding(Padding.SAME)), Shape.of(1, 3, 1), 10, 24, 14);
    values(convolve(THREE.dilations(2)), Shape.of(1, 1, 1), 27);
    values(
        convolve(THREE.dilations(2).padding(Padding.SAME)), Shape.of(1, 5, 1), 14, 20, 27, 10, 13);
    // One element of padding goes after, none before.
    values(
        line(1, 2, 3, 4).convolve(KERNEL, THREE.strides(2).padding(Padding.SAME), 1),
        Shape.of(1, 2, 1),
        17,
        11);
  }

  @Test
  void windowKeepsItsNumbersWhateverBecomesOfTheLists() {
    List<Integer> numbers = new ArrayList<>(List.of(3));
    Window window = new Window(numbers, numbers, numbers, Padding.VALID);
    numbers.set(0, -1);
    assertEquals(Window.of(3).strides(3).dilations(3), window);
    assertThrows(UnsupportedOperationException.class, () -> window.size().set(0, 1));
  }

  @Test
  void convolveChannels() {
    Tensor x = Tensor.of(Shape.of(1, 2, 2), 1.0, 2, 3, 4);
    Tensor mix = Tensor.of(Shape.of(1, 2, 3), 1.0, 2, 3, 4, 5, 6);
    values(x.convolve(mix, Window.of(1), 1), Shape.of(1, 2, 3), 9, 12, 15, 19, 26, 33);
    Tensor each = Tensor.of(Shape.of(1, 1, 2), 10.0, 100);
    values(x.convolve(each, Window.of(1), 2), Shape.of(1, 2, 2), 10, 200, 30, 400);
  }

  @Test
  void convolvePlanesAndVolumes() {
    Tensor square = Tensor.of(Shape.of(2, 2, 1, 1), 1.0, 2, 3, 4);
    values(
        count(1, 3, 3, 1).convolve(square, Window.of(2, 2), 1),
        Shape.of(1, 2, 2, 1),
        27,
        37,
        57,
        67);
    values(
        count(1, 3, 3, 1).convolve(square, Window.of(2, 2).strides(2, 1), 1),
        Shape.of(1, 1, 2, 1),
        27,
        37);
    Tensor cube = count(2, 2, 2, 1, 1);
    values(
        count(1, 2, 2, 2, 1).convolve(cube, Window.of(2, 2, 2), 1), Shape.of(1, 1, 1, 1, 1), 140);
  }

  @Test
  void convolveTransposed() {
    Tensor cotangent = line(1, 2, 3);
    values(
        cotangent.convolveTransposed(KERNEL, THREE, 1, Shape.of(1, 5, 1)),
        Shape.of(1, 5, 1),
        1,
        4,
        11,
        14,
        12);
    Tensor mix = Tensor.of(Shape.of(1, 2, 3), 1.0, 2, 3, 4, 5, 6);
    values(
        Tensor.of(Shape.of(1, 2, 3), 1.0, 0, 0, 0, 1, 1)
            .convolveTransposed(mix, Window.of(1), 1, Shape.of(1, 2, 2)),
        Shape.of(1, 2, 2),
        1,
        4,
        5,
        11);
    values(
        line(1, 2).convolveTransposed(KERNEL, THREE.strides(2), 1, Shape.of(1, 5, 1)),
        Shape.of(1, 5, 1),
        1,
        2,
        6,
        4,
        8);
    fails(
        () -> cotangent.convolveTransposed(KERNEL, THREE, 1, Shape.of(1, 6, 1)),
        "convolveTransposed",
        "[1, 6, 1]",
        "[1, 4, 1]",
        "[1, 3, 1]");
  }

  /// The sizes that Keras's Conv1DTranspose gives.
  @Test
  void convolveTransposedToTheUsualShape() {
    values(line(1, 2, 3).convolveTransposed(KERNEL, THREE, 1), Shape.of(1, 5, 1), 1, 4, 11, 14, 12);
    values(
        line(1, 2).convolveTransposed(KERNEL, THREE.strides(2), 1),
        Shape.of(1, 5, 1),
        1,
        2,
        6,
        4,
        8);
    Tensor one = Tensor.of(Shape.of(1, 1, 1), 5.0);
    values(
        line(1, 2).convolveTransposed(one, Window.of(1).strides(3), 1),
        Shape.of(1, 6, 1),
        5,
        0,
        0,
        10,
        0,
        0);
    Window same = THREE.padding(Padding.SAME);
    values(line(1, 2, 3).convolveTransposed(KERNEL, same, 1), Shape.of(1, 3, 1), 4, 11, 14);
    values(
        line(1, 2).convolveTransposed(KERNEL, same.strides(2), 1), Shape.of(1, 4, 1), 1, 2, 6, 4);
    values(
        line(1, 2).convolveTransposed(KERNEL, THREE.dilations(2), 1),
        Shape.of(1, 6, 1),
        1,
        2,
        2,
        4,
        4,
        8);
    Shape plane =
        count(2, 3, 4, 6)
            .convolveTransposed(count(2, 3, 5, 6), Window.of(2, 3).strides(2, 1), 2)
            .shape();
    assertEquals(Shape.of(2, 6, 6, 10), plane);
    assertEquals(Shape.of(0, 5, 1), count(0, 3, 1).convolveTransposed(KERNEL, THREE, 1).shape());
  }

  @Test
  void transposedRefused() {
    String op = "convolveTransposed";
    fails(() -> LINE.convolveTransposed(KERNEL, Window.of(2), 1), op, "[2]", "[3, 1, 1]");
    fails(() -> LINE.convolveTransposed(count(3, 1), THREE, 1), op, "rank 3", "[3, 1]");
    fails(() -> LINE.convolveTransposed(count(3, 1, 2), THREE, 1), op, "2 filters", "[1, 5, 1]");
    fails(() -> count(5, 1).convolveTransposed(KERNEL, THREE, 1), op, "rank 3", "[5, 1]");
    fails(() -> LINE.convolveTransposed(KERNEL, THREE, 2), op, "groups 2");
    fails(
        () -> LINE.convolveTransposed(KERNEL, THREE, 1, Shape.of(1, 7, 2)),
        op,
        "channels",
        "result [1, 7, 2] has 2");
    fails(() -> LINE.convolveTransposed(KERNEL, THREE, 1, Shape.of(7, 1)), op, "rank 3", "[7, 1]");
    fails(() -> LINE.cast(DType.FLOAT32).convolveTransposed(KERNEL, THREE, 1), op, "FLOAT32");
  }

  @Test
  void maxPool() {
    Tensor x = line(1, 5, 2, 4);
    values(x.maxPool(Window.of(2)), Shape.of(1, 3, 1), 5, 5, 4);
    values(x.maxPool(Window.of(2).strides(2)), Shape.of(1, 2, 1), 5, 4);
    values(x.maxPool(THREE.padding(Padding.SAME)), Shape.of(1, 4, 1), 5, 5, 5, 4);
    // Padding is never the largest.
    values(line(-3, -1, -2).maxPool(THREE.padding(Padding.SAME)), Shape.of(1, 3, 1), -1, -1, -1);
    values(count(1, 2, 2, 2).maxPool(Window.of(2, 2)), Shape.of(1, 1, 1, 2), 6, 7);
    values(count(1, 2, 2, 2, 1).maxPool(Window.of(1, 2, 2)), Shape.of(1, 2, 1, 1, 1), 3, 7);
  }

  @Test
  void averagePool() {
    Tensor x = line(1, 5, 2, 4);
    values(x.averagePool(Window.of(2)), Shape.of(1, 3, 1), 3, 3.5, 3);
    values(x.averagePool(Window.of(2).strides(2)), Shape.of(1, 2, 1), 3, 3);
    // At the borders two elements are averaged, not three.
    values(
        x.averagePool(THREE.padding(Padding.SAME)),
        Shape.of(1, 4, 1),
        3,
        2.6666666666666665,
        3.6666666666666665,
        3);
    values(count(1, 2, 2, 2).averagePool(Window.of(2, 2)), Shape.of(1, 1, 1, 2), 3, 4);
    values(count(1, 2, 2, 2, 1).averagePool(Window.of(1, 2, 2)), Shape.of(1, 2, 1, 1, 1), 1.5, 5.5);
  }

  @Test
  void emptyInputsAndWindowsThatDoNotFit() {
    values(count(0, 5, 1).convolve(KERNEL, THREE, 1), Shape.of(0, 3, 1));
    fails(() -> count(1, 2, 1).convolve(KERNEL, THREE, 1), "spans 3", "does not fit", "[1, 2, 1]");
    values(count(0, 5, 2).maxPool(THREE), Shape.of(0, 3, 2));
    fails(() -> count(1, 2, 1).averagePool(THREE), "averagePool", "spans 3");
  }

  @Test
  void refused() {
    fails(() -> LINE.convolve(KERNEL, Window.of(2), 1), "convolution", "[2]", "[3, 1, 1]");
    fails(() -> LINE.convolve(count(3, 1), THREE, 1), "convolution", "rank 3", "[3, 1]");
    fails(() -> LINE.convolve(count(3, 2, 1), THREE, 1), "channels", "[1, 5, 1]", "[3, 2, 1]");
    fails(() -> LINE.convolve(KERNEL, THREE, 2), "convolution", "groups 2");
    fails(() -> LINE.convolve(KERNEL, THREE, 0), "convolution", "groups 0");
    fails(() -> LINE.convolve(count(3, 2, 2), THREE, 2), "input", "has 1", "works on 4");
    fails(() -> count(5, 1).convolve(KERNEL, THREE, 1), "rank 3", "[5, 1]");
    fails(() -> LINE.maxPool(Window.of(2, 2)), "maxPool", "rank 4", "[1, 5, 1]");
    fails(() -> LINE.averagePool(Window.of(2, 2)), "averagePool", "rank 4", "[1, 5, 1]");
    fails(() -> LINE.cast(DType.INT32).maxPool(THREE), "maxPool", "floating-point", "INT32");
    fails(() -> Window.of(), "window", "1 to 3");
    fails(() -> THREE.strides(0), "window", "positive", "[0]");
    fails(() -> THREE.dilations(1, 1), "window", "[1, 1]");
  }
}
