package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.ArgMax;
import taut.core.ops.ArgSort;
import taut.core.ops.BatchNormalize;
import taut.core.ops.BernoulliCrossEntropy;
import taut.core.ops.CumulativeProduct;
import taut.core.ops.CumulativeSum;
import taut.core.ops.ElasticNet;
import taut.core.ops.LayerNormalize;
import taut.core.ops.LinearRecurrence;
import taut.core.ops.LogSoftmax;
import taut.core.ops.NormalizedCrossEntropy;
import taut.core.ops.Reduce;
import taut.core.ops.Reduction;
import taut.core.ops.SigmoidCrossEntropy;
import taut.core.ops.Softmax;
import taut.core.ops.SoftmaxCrossEntropy;
import taut.core.ops.SparseNormalizedCrossEntropy;

/// The cases of ops that combine the elements along axes.
final class ReductionCases {
  private static final int[][] AXES = {{}, {0}, {1}, {-1}, {0, 1}, {0, 2}, {1, 2}, {2, 0, 1}};

  private final Draw draw = new Draw(2);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    ReductionCases made = new ReductionCases();
    made.reduce();
    made.elasticNet();
    made.softmax();
    made.crossEntropy();
    made.likelihoods();
    made.batchNormalize();
    made.layerNormalize();
    made.scans();
    made.positions();
    return made.cases;
  }

  private void add(String name, Op op, Tensor... inputs) {
    cases.add(OpCase.of(name, op, inputs));
  }

  private void elasticNet() {
    for (double[] factors : new double[][] {{0.3, 0.7}, {0, 0.7}, {0.3, 0}, {0, 0}}) {
      for (Tensor x : List.of(draw.any(3, 37), draw.any(), draw.any(0, 2))) {
        add(Arrays.toString(factors), new ElasticNet(factors[0], factors[1]), x);
      }
    }
  }

  private void reduce() {
    for (Reduction kind : Reduction.values()) {
      for (boolean keepDims : new boolean[] {false, true}) {
        for (int[] axes : AXES) {
          String name = "axes " + Arrays.toString(axes) + (keepDims ? " kept" : "");
          for (Tensor x : List.of(draw.any(2, 3, 5), draw.any(0, 3, 2), draw.any(2, 0, 3))) {
            add(name + " of " + x.shape(), Reduce.of(kind, keepDims, x.shape(), axes), x);
          }
        }
        Tensor scalar = draw.any();
        add("scalar", Reduce.of(kind, keepDims, scalar.shape()), scalar);
        Tensor rows = draw.from(0.9, 1.1, 7, 67);
        add("rows", Reduce.of(kind, keepDims, rows.shape(), 1), rows);
        add("columns", Reduce.of(kind, keepDims, rows.shape(), 0), rows);
        Tensor four = draw.any(2, 3, 2, 3);
        add("axes 0 and 2 of 4", Reduce.of(kind, keepDims, four.shape(), 0, 2), four);
        add("axes 1 and 3 of 4", Reduce.of(kind, keepDims, four.shape(), 1, 3), four);
      }
    }
  }

  private void softmax() {
    for (int[] shape : new int[][] {{4, 7}, {37}, {2, 3, 5}, {3, 1}, {0, 4}, {3, 0}}) {
      Tensor x = draw.any(shape);
      add(x.shape().toString(), Softmax.INSTANCE, x);
      add(x.shape().toString(), LogSoftmax.INSTANCE, x);
      add(x.shape().toString(), Softmax.Gradient.INSTANCE, draw.any(shape), x.softmax());
    }
  }

  private void crossEntropy() {
    for (int[] shape : new int[][] {{4, 7}, {37}, {2, 3, 5}, {3, 1}, {0, 4}}) {
      Tensor x = draw.any(shape);
      int[] rows = Arrays.copyOf(shape, shape.length - 1);
      // Targets that do not sum to 1, so that a formula which assumes it is found out.
      Tensor targets = draw.positive(shape);
      Tensor labels = draw.indices(x.dim(-1), rows);
      Tensor c = draw.any(rows);
      String name = x.shape().toString();
      add(name, SoftmaxCrossEntropy.INSTANCE, x, targets);
      add(name, SoftmaxCrossEntropy.Gradient.INSTANCE, x, targets, c);
      add(name, SoftmaxCrossEntropy.Sparse.INSTANCE, x, labels);
      add(name, SoftmaxCrossEntropy.SparseGradient.INSTANCE, x, labels, c);
    }
  }

  private void likelihoods() {
    for (int[] shape : new int[][] {{4, 7}, {37}, {2, 3, 5}, {3, 1}, {0, 4}}) {
      int[] rows = Arrays.copyOf(shape, shape.length - 1);
      // Rows that do not sum to 1, and so are divided.
      Tensor p = draw.positive(shape);
      Tensor targets = draw.positive(shape);
      Tensor labels = draw.indices(p.dim(-1), rows);
      Tensor c = draw.any(rows);
      String name = p.shape().toString();
      if (p.dim(-1) > 1) {
        // The share of a single class is 1, at the edge of what has a derivative.
        add(name, NormalizedCrossEntropy.INSTANCE, p, targets);
        add(name, NormalizedCrossEntropy.Gradient.INSTANCE, p, targets, c);
        add(name, SparseNormalizedCrossEntropy.INSTANCE, p, labels);
        add(name, SparseNormalizedCrossEntropy.Gradient.INSTANCE, p, labels, c);
      }
      Tensor yes = draw.from(0.1, 0.9, shape);
      Tensor each = draw.any(shape);
      add(name, BernoulliCrossEntropy.INSTANCE, yes, targets);
      add(name, BernoulliCrossEntropy.Gradient.INSTANCE, yes, targets, each);
      add(name, SigmoidCrossEntropy.INSTANCE, each, targets);
      add(name, SigmoidCrossEntropy.Gradient.INSTANCE, draw.any(shape), targets, each);
    }
  }

  private void batchNormalize() {
    int[][] shapes = {{1, 1}, {5, 3}, {2, 3, 2}, {7, 17}, {40, 3}, {0, 3}, {3, 0}};
    for (int[] shape : shapes) {
      int features = shape[shape.length - 1];
      Tensor scale = draw.any(features);
      add(Arrays.toString(shape), new BatchNormalize(0.1), draw.any(shape), scale, scale.neg());
    }
  }

  private void layerNormalize() {
    int[][] rows = {{1}, {3}, {3, 2}, {17}, {40}, {0}};
    for (int[] row : rows) {
      for (int[] before : new int[][] {{}, {1}, {5}, {2, 3}, {0}}) {
        int[] shape = Arrays.copyOf(before, before.length + row.length);
        System.arraycopy(row, 0, shape, before.length, row.length);
        Tensor scale = draw.any(row);
        for (boolean centred : new boolean[] {true, false}) {
          String name = Arrays.toString(shape) + (centred ? " centred" : "");
          Op op = new LayerNormalize(0.1, centred);
          add(name, op, draw.any(shape), scale, scale.neg());
        }
      }
    }
  }

  private void scans() {
    for (int[] shape : new int[][] {{2, 5, 3}, {1, 1, 1}, {2, 0, 3}, {0, 2, 2}}) {
      for (int axis = 0; axis < 3; axis++) {
        for (boolean reverse : new boolean[] {false, true}) {
          for (boolean exclusive : new boolean[] {false, true}) {
            String name =
                "axis "
                    + axis
                    + " of "
                    + Arrays.toString(shape)
                    + (reverse ? " reverse" : "")
                    + (exclusive ? " exclusive" : "");
            add(name, new CumulativeSum(axis, exclusive, reverse), draw.any(shape));
            add(name, new CumulativeProduct(axis, exclusive, reverse), draw.any(shape));
          }
          add(
              "axis " + axis + (reverse ? " reverse" : ""),
              new LinearRecurrence(axis, reverse),
              draw.any(shape),
              draw.any(shape));
        }
      }
    }
    Tensor zeros = Tensor.of(Shape.of(5), 2.0, 0, 3, 0, 0.5);
    add("with zeros", new CumulativeProduct(0, false, false), zeros);
    add("with zeros", new CumulativeProduct(0, true, true), zeros);
  }

  private void positions() {
    for (int axis = 0; axis < 3; axis++) {
      add("axis " + axis, new ArgMax(axis), draw.any(2, 5, 3));
      add("axis " + axis + " INT32", new ArgMax(axis), draw.indices(4, 2, 5, 3));
      add("axis " + axis, new ArgSort(axis, false), draw.any(2, 5, 3));
      add("axis " + axis + " descending", new ArgSort(axis, true), draw.any(2, 5, 3));
    }
    add("no rows", new ArgMax(1), draw.any(0, 4));
    add("empty", new ArgSort(1, false), draw.any(2, 0));
  }
}
