package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import taut.core.DType;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.BroadcastTo;
import taut.core.ops.Concat;
import taut.core.ops.Dropout;
import taut.core.ops.Gather;
import taut.core.ops.MatMul;
import taut.core.ops.OneHot;
import taut.core.ops.Reshape;
import taut.core.ops.Slice;
import taut.core.ops.TakeAlongAxis;
import taut.core.ops.Transpose;

/// The cases of matrix products and of ops that move elements.
final class StructureCases {
  private final Draw draw = new Draw(3);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    StructureCases made = new StructureCases();
    made.matmul();
    made.rearrange();
    made.slice();
    made.index();
    made.dropout();
    return made.cases;
  }

  private void add(String name, Op op, Tensor... inputs) {
    cases.add(OpCase.of(name, op, inputs));
  }

  private void dropout() {
    for (long threshold : new long[] {0, 1L << 30, 1L << 32}) {
      for (Tensor x : List.of(draw.any(3, 7), draw.any(), draw.any(0, 2))) {
        add("threshold " + threshold, new Dropout(5, 7, threshold, 1.5), x);
      }
    }
  }

  private void matmul() {
    int[][][] batches = {
      {{}, {}}, {{2}, {2}}, {{2, 1}, {3}}, {{3}, {}}, {{}, {2}}, {{1}, {4}}, {{0}, {1}}
    };
    int[][] sizes = {{3, 4, 5}, {1, 37, 1}, {17, 2, 3}, {2, 0, 3}, {0, 2, 3}, {2, 3, 0}};
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        for (int[][] batch : batches) {
          for (int[] size : sizes) {
            Tensor a = matrices(batch[0], size[0], size[1], transposeA);
            Tensor b = matrices(batch[1], size[1], size[2], transposeB);
            String name =
                a.shape() + (transposeA ? "ᵀ" : "") + " × " + b.shape() + (transposeB ? "ᵀ" : "");
            add(name, new MatMul(transposeA, transposeB), a, b);
          }
        }
      }
    }
  }

  private Tensor matrices(int[] batch, int rows, int columns, boolean transposed) {
    int[] dims = Arrays.copyOf(batch, batch.length + 2);
    dims[batch.length] = transposed ? columns : rows;
    dims[batch.length + 1] = transposed ? rows : columns;
    return draw.any(dims);
  }

  private void rearrange() {
    add("[2, 3, 4] to [4, 6]", new Reshape(Shape.of(4, 6)), draw.any(2, 3, 4));
    add("[0, 3] to [2, 0]", new Reshape(Shape.of(2, 0)), draw.any(0, 3));
    add("scalar to [1, 1]", new Reshape(Shape.of(1, 1)), draw.any());
    for (int[] order :
        new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {-1, 0, 1}}) {
      for (Tensor x : List.of(draw.any(2, 3, 4), draw.any(2, 0, 4))) {
        add(Arrays.toString(order) + " of " + x.shape(), Transpose.of(x.shape(), order), x);
      }
    }
    add("scalar", Transpose.of(Shape.SCALAR), draw.any());
    int[][][] broadcasts = {
      {{3, 1}, {2, 3, 4}}, {{}, {2, 3}}, {{1}, {0}}, {{4}, {4}}, {{1, 3}, {5, 3}}, {{1, 1}, {0, 2}}
    };
    for (int[][] pair : broadcasts) {
      Tensor x = draw.any(pair[0]);
      add(x.shape() + " to " + Arrays.toString(pair[1]), new BroadcastTo(Shape.of(pair[1])), x);
    }
    add("axis 0", new Concat(0), draw.any(2, 3), draw.any(4, 3));
    add("axis 1", new Concat(1), draw.any(2, 3), draw.any(2, 0), draw.any(2, 2));
    add("axis 1 of 3", new Concat(1), draw.any(2, 3, 4), draw.any(2, 1, 4));
    add("one part", new Concat(0), draw.any(2));
    add("empty", new Concat(1), draw.any(0, 2), draw.any(0, 1));
    Tensor twice = draw.any(2, 2);
    add("the same twice", new Concat(1), twice, twice);
  }

  private void slice() {
    slice("all", List.of(0, 0), List.of(1, 1), 4, 6);
    slice("part", List.of(1, 2), List.of(1, 1), 2, 3);
    slice("steps", List.of(0, 1), List.of(3, 2), 2, 3);
    slice("backwards", List.of(3, 5), List.of(-1, -2), 4, 3);
    slice("nothing", List.of(2, 0), List.of(1, 1), 0, 6);
    slice("one", List.of(3, 0), List.of(7, -7), 1, 1);
    add("scalar", new Slice(List.of(), List.of(), Shape.SCALAR), draw.any());
  }

  private void slice(String name, List<Integer> begin, List<Integer> step, int... dims) {
    Slice slice = new Slice(begin, step, Shape.of(dims));
    add(name, slice, draw.any(4, 6));
    add(name, new Slice.Scatter(slice, Shape.of(4, 6)), draw.any(dims));
  }

  private void index() {
    for (int[] shape : new int[][] {{5, 3}, {5}, {5, 0}, {5, 2, 2}}) {
      for (int[] which : new int[][] {{7}, {2, 3}, {}, {0}}) {
        Tensor x = draw.any(shape);
        Tensor indices = draw.indices(5, which);
        Tensor rows = draw.like(x.gather(indices));
        String name = indices.shape() + " of " + x.shape();
        add(name, Gather.INSTANCE, x, indices);
        add(name, new Gather.ScatterAdd(x.shape()), rows, indices);
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      int[] dims = {2, 4, 3};
      int[] picked = dims.clone();
      picked[axis] = 5;
      TakeAlongAxis take = new TakeAlongAxis(axis);
      Tensor indices = draw.indices(dims[axis], picked);
      add("axis " + axis, take, draw.any(dims), indices);
      add(
          "axis " + axis,
          new TakeAlongAxis.Scatter(take, Shape.of(dims)),
          draw.any(picked),
          indices);
    }
    for (DType dtype : DType.values()) {
      add("to " + dtype, new OneHot(4, dtype), draw.indices(4, 2, 3));
    }
    add("scalar", new OneHot(4, DType.FLOAT64), draw.indices(4));
    add("empty", new OneHot(4, DType.FLOAT64), draw.indices(4, 0));
  }
}
