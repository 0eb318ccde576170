package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Probabilities;

/// The SIMD losses of probabilities against the plain loops in FLOAT64.
class LikelihoodKernelsTest {
  private static final LikelihoodKernels KERNELS = LikelihoodKernels.active();
  private static final LikelihoodKernels REFERENCE = ReferenceLikelihoodKernels.INSTANCE;
  private static final int LANES = Lanes.COUNT;
  private static final int[][] SHAPES = {
    {0, 5},
    {3, 1},
    {5, 10},
    {3 * LANES + 1, 10},
    {40, 48},
    {40, 49},
    {4, LANES - 1},
    {4, LANES},
    {4, LANES + 1},
    {7, 100},
    {2, 1009},
    {3, 5000}
  };

  private interface Call {
    void run(LikelihoodKernels kernels, Tensor x, Tensor t, Tensor c, Tensor out);
  }

  /// Compares results, relative to 1 and to the cotangent's size.
  private static int compare(String what, Call call, Tensor x, Tensor t, Tensor c, Tensor out) {
    call.run(KERNELS, x, t, c, out);
    Tensor exact = out.cast(DType.FLOAT64);
    call.run(REFERENCE, wide(x), wide(t), wide(c), exact);
    float[] got = out.toFloats();
    double[] wanted = exact.toDoubles();
    for (int i = 0; i < got.length; i++) {
      if (Double.isFinite((float) wanted[i])) {
        assertEquals(wanted[i], got[i], 1e-5 * (1 + Math.abs(wanted[i])), what + ", element " + i);
      } else {
        assertEquals((float) wanted[i], got[i], what + ", element " + i);
      }
    }
    return got.length;
  }

  private static Tensor wide(Tensor x) {
    return x.dtype() == DType.FLOAT32 ? x.cast(DType.FLOAT64) : x;
  }

  /// Limits FLOAT64 probabilities as FLOAT32 ones are, which is visible in log(1 - p).
  private static Tensor limited(Tensor p) {
    Probabilities range = Probabilities.of(DType.FLOAT32);
    return p.dtype() == DType.FLOAT32 ? p : p.clip(range.low(), range.high());
  }

  private static Tensor vector(float... elements) {
    return Tensor.vector(elements);
  }

  @Test
  void elementwiseLossesAgreeWithTheReference() {
    assertInstanceOf(VectorLikelihoodKernels.class, KERNELS);
    int checked = 0;
    for (int length : AwkwardFloats.lengths()) {
      Tensor x = vector(AwkwardFloats.finite(length, 1));
      Tensor p = x.sigmoid();
      Tensor c = vector(AwkwardFloats.finite(length, 2));
      Tensor shares = vector(AwkwardFloats.finite(length, 3)).sigmoid();
      for (Tensor t : List.of(shares, shares.greater(0.5).cast(DType.FLOAT32))) {
        checked += elementwise("length " + length, x, p, t, c);
      }
    }
    assertTrue(checked > 2_000_000, "checked only " + checked);
  }

  private static int elementwise(String what, Tensor x, Tensor p, Tensor t, Tensor c) {
    int checked = 0;
    checked +=
        compare(
            "sigmoid, " + what,
            (k, a, b, _, out) -> k.sigmoid(a.storage(), b.storage(), out.storage()),
            x,
            t,
            c,
            x.copy());
    checked +=
        compare(
            "sigmoid gradient, " + what,
            (k, a, b, d, out) ->
                k.sigmoidGradient(a.storage(), b.storage(), d.storage(), out.storage()),
            x,
            t,
            c,
            x.copy());
    checked +=
        compare(
            "bernoulli, " + what,
            (k, a, b, _, out) -> k.bernoulli(limited(a).storage(), b.storage(), out.storage()),
            p,
            t,
            c,
            x.copy());
    checked +=
        compare(
            "bernoulli gradient, " + what,
            (k, a, b, d, out) ->
                k.bernoulliGradient(a.storage(), b.storage(), d.storage(), out.storage()),
            p,
            t,
            c,
            x.copy());
    return checked;
  }

  @Test
  void edgesAreWhatTheFormulasGive() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    List<Float> logits =
        List.of(0f, -0f, 100f, -100f, 1e30f, -1e30f, Float.MIN_VALUE, nan, inf, -inf);
    List<Float> probabilities =
        List.of(0f, 1f, 1e-7f, 1e-8f, 0.9999999f, 0.5f, 1e-30f, nan, 2f, -1f);
    List<float[]> pairs = new ArrayList<>();
    for (int i = 0; i < logits.size(); i++) {
      for (float t : new float[] {0, 1, 0.25f}) {
        pairs.add(new float[] {logits.get(i), probabilities.get(i), t});
      }
    }
    float[][] columns = new float[3][pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      for (int j = 0; j < 3; j++) {
        columns[j][i] = pairs.get(i)[j];
      }
    }
    Tensor c = Tensor.ones(pairs.size());
    elementwise("edges", vector(columns[0]), vector(columns[1]), vector(columns[2]), c);
  }

  @Test
  void lossesOfRowsAgreeWithTheReference() {
    int checked = 0;
    Random random = new Random(5);
    for (int[] dims : SHAPES) {
      int rows = dims[0];
      int classes = dims[1];
      Shape shape = Shape.of(rows, classes);
      Tensor p = Tensor.of(shape, AwkwardFloats.finite(rows * classes, 1)).abs().add(1e-6);
      Tensor shares = Tensor.of(shape, AwkwardFloats.finite(rows * classes, 2)).softmax();
      int[] drawn = random.ints(rows, 0, classes).toArray();
      Tensor labels = Tensor.of(Shape.of(rows), drawn);
      checked += rows("dense " + shape, p, shares, labels);
      checked += rows("one-hot " + shape, p, labels.oneHot(classes, DType.FLOAT32), labels);
    }
    assertTrue(checked > 60_000, "checked only " + checked);
  }

  @Test
  void rowsAtTheEdgeAreWhatTheFormulasGive() {
    float nan = Float.NaN;
    float inf = Float.POSITIVE_INFINITY;
    float[][] edges = {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}, {nan, 1, 1}, {inf, 1, 1}, {1, 1e-9f, 1}};
    // Few rows, which stand alone, and many, which go in groups.
    for (int rows : new int[] {edges.length / 2, 3 * LANES + 1}) {
      for (int classes : new int[] {3, LANES, LANES + 3, 50}) {
        for (int first = 0; first < edges.length; first++) {
          float[] p = new float[rows * classes];
          for (int row = 0; row < rows; row++) {
            System.arraycopy(edges[(first + row) % edges.length], 0, p, row * classes, 3);
          }
          edges(first, Tensor.of(Shape.of(rows, classes), p));
        }
      }
    }
  }

  private static void edges(int first, Tensor p) {
    for (int label = 0; label < 3; label++) {
      int[] drawn = new int[p.dim(0)];
      Arrays.fill(drawn, label);
      Tensor labels = Tensor.of(Shape.of(p.dim(0)), drawn);
      Tensor oneHot = labels.oneHot(p.dim(1), DType.FLOAT32);
      rows("label " + label + " from " + first + " of " + p.shape(), p, oneHot, labels);
    }
  }

  private static int rows(String what, Tensor p, Tensor t, Tensor labels) {
    Tensor c = vector(AwkwardFloats.finite(p.dim(0), 4));
    int checked =
        compare(
            "dense, " + what,
            (k, a, b, _, out) -> k.normalized(a.storage(), b.storage(), out.storage()),
            p,
            t,
            c,
            c.copy());
    checked +=
        compare(
            "dense gradient, " + what,
            (k, a, b, d, out) ->
                k.normalizedGradient(a.storage(), b.storage(), d.storage(), out.storage()),
            p,
            t,
            c,
            p.copy());
    checked +=
        compare(
            "sparse, " + what,
            (k, a, b, _, out) -> k.sparse(a.storage(), b.storage(), out.storage()),
            p,
            labels,
            c,
            c.copy());
    checked +=
        compare(
            "sparse gradient, " + what,
            (k, a, b, d, out) ->
                k.sparseGradient(a.storage(), b.storage(), d.storage(), out.storage()),
            p,
            labels,
            c,
            p.copy());
    return checked;
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    int threads = Parallel.threads();
    Tensor x = Tensor.of(Shape.of(400, 1000), AwkwardFloats.finite(400_000, 1));
    Tensor p = x.softmax();
    Tensor t = x.flip(0).softmax();
    Tensor c = vector(AwkwardFloats.finite(400, 2));
    float[][] results = new float[2][];
    try {
      for (int i = 0; i < 2; i++) {
        Parallel.setThreads(i + 1);
        Tensor sigmoid = x.copy();
        Tensor gradient = x.copy();
        KERNELS.sigmoid(x.storage(), t.storage(), sigmoid.storage());
        KERNELS.normalizedGradient(p.storage(), t.storage(), c.storage(), gradient.storage());
        results[i] = sigmoid.mul(gradient).toFloats();
      }
    } finally {
      Parallel.setThreads(threads);
    }
    assertArrayEquals(results[0], results[1]);
  }
}
