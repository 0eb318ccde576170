package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import taut.core.DType;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.ops.AveragePool;
import taut.core.ops.Convolution;
import taut.core.ops.MaxPool;
import taut.core.ops.Padding;
import taut.core.ops.Window;

/// The cases of convolutions and pools: 1 to 3 spatial axes, strides, dilations, paddings, groups.
final class WindowCases {
  private final Draw draw = new Draw(4);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    WindowCases made = new WindowCases();
    for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
      made.convolution(Window.of(3).padding(padding), 1, 5, new int[] {2, 7, 4});
      made.convolution(Window.of(2).strides(2).padding(padding), 2, 6, new int[] {2, 7, 4});
      made.convolution(Window.of(2, 3).padding(padding), 1, 2, new int[] {2, 5, 6, 3});
      made.convolution(
          Window.of(3, 2).strides(2, 1).padding(padding), 3, 6, new int[] {1, 6, 5, 3});
      made.convolution(Window.of(2, 2).dilations(2).padding(padding), 1, 3, new int[] {2, 5, 5, 2});
      made.convolution(Window.of(2, 1, 2).padding(padding), 1, 2, new int[] {1, 3, 2, 3, 2});
      made.convolution(Window.of(2).padding(padding), 1, 3, new int[] {0, 4, 2});
    }
    made.convolution(Window.of(3).dilations(2).padding(Padding.CAUSAL), 1, 3, new int[] {2, 6, 2});
    for (Padding padding : List.of(Padding.VALID, Padding.SAME)) {
      made.pool(Window.of(2).padding(padding), new int[] {2, 7, 3});
      made.pool(Window.of(3, 2).strides(2).padding(padding), new int[] {2, 7, 5, 2});
      made.pool(Window.of(2, 1, 2).strides(1, 2, 2).padding(padding), new int[] {1, 3, 3, 4, 2});
      made.pool(Window.of(2).padding(padding), new int[] {0, 4, 2});
    }
    return made.cases;
  }

  private void add(String name, Op op, Tensor... inputs) {
    cases.add(OpCase.of(name, op, inputs));
  }

  private void convolution(Window window, int groups, int filters, int[] shape) {
    int rank = window.size().size();
    int[] kernel = new int[rank + 2];
    for (int i = 0; i < rank; i++) {
      kernel[i] = window.size().get(i);
    }
    kernel[rank] = shape[rank + 1] / groups;
    kernel[rank + 1] = filters;
    Tensor x = draw.any(shape);
    Tensor k = draw.any(kernel);
    Convolution op = new Convolution(window, groups);
    Tensor c = draw.like(op.apply(x, k));
    String name = x.shape() + ", " + window + ", groups " + groups;
    add(name, op, x, k);
    add(name, new Convolution.InputGradient(op, x.shape()), c, k);
    add(name, new Convolution.KernelGradient(op, k.shape()), x, c);
  }

  private void pool(Window window, int[] dims) {
    Shape shape = Shape.of(dims);
    String name = shape + ", " + window;
    AveragePool average = new AveragePool(window);
    TensorSpec output = average.infer(new TensorSpec(shape, DType.FLOAT64));
    add(name, average, draw.any(dims));
    add(name, new AveragePool.Gradient(average, shape), draw.any(output.shape().toArray()));
    add(name, new MaxPool(window), draw.any(dims));
    add(
        name,
        new MaxPool.Gradient(new MaxPool(window)),
        draw.any(dims),
        draw.any(output.shape().toArray()));
    add(name, new MaxPool.Winners(window), draw.any(dims));
  }
}
