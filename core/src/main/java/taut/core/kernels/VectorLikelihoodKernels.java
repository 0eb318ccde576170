package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;

import java.util.Arrays;
import taut.core.FloatStorage;
import taut.core.IntStorage;
import taut.core.Storage;
import taut.core.ops.Reduction;

/// What runs of the losses of probabilities: SIMD loops for FLOAT32, the reference for FLOAT64.
enum VectorLikelihoodKernels implements LikelihoodKernels {
  INSTANCE;

  // One logarithm is worth about this many additions.
  private static final int WORK = 4;

  /// So many elements at a time stay in the first cache between two loops.
  private static final int CHUNK = 1024;

  private static final ThreadBuffer LAST = new ThreadBuffer();

  private static final LikelihoodLoops.Loop[] SIGMOID = {
    LikelihoodLoops::exponential, LikelihoodLoops::sigmoid
  };
  private static final LikelihoodLoops.Loop[] SIGMOID_GRADIENT = {LikelihoodLoops::sigmoidGradient};
  private static final LikelihoodLoops.Loop[] BERNOULLI = {
    LikelihoodLoops::hit, LikelihoodLoops::miss
  };
  private static final LikelihoodLoops.Loop[] BERNOULLI_GRADIENT = {
    LikelihoodLoops::bernoulliGradient
  };

  private final LikelihoodKernels reference = ReferenceLikelihoodKernels.INSTANCE;

  @Override
  public void sigmoid(Storage x, Storage t, Storage out) {
    if (!apply(x, t, x, out, SIGMOID)) {
      reference.sigmoid(x, t, out);
    }
  }

  @Override
  public void sigmoidGradient(Storage x, Storage t, Storage c, Storage out) {
    if (!apply(x, t, c, out, SIGMOID_GRADIENT)) {
      reference.sigmoidGradient(x, t, c, out);
    }
  }

  @Override
  public void bernoulli(Storage p, Storage t, Storage out) {
    if (!apply(p, t, p, out, BERNOULLI)) {
      reference.bernoulli(p, t, out);
    }
  }

  @Override
  public void bernoulliGradient(Storage p, Storage t, Storage c, Storage out) {
    if (!apply(p, t, c, out, BERNOULLI_GRADIENT)) {
      reference.bernoulliGradient(p, t, c, out);
    }
  }

  /// Runs loops one after the other over all elements if they are floats, and tells whether they
  /// are.
  private static boolean apply(
      Storage x, Storage t, Storage c, Storage out, LikelihoodLoops.Loop[] loops) {
    if (!(x instanceof FloatStorage xs
        && t instanceof FloatStorage ts
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os)) {
      return false;
    }
    float[] xa = xs.array();
    float[] ta = ts.array();
    float[] ca = cs.array();
    float[] oa = os.array();
    Blocks.forEachRow(
        out.length(),
        WORK,
        (start, size) -> {
          for (int at = start; at < start + size; at += CHUNK) {
            int length = Math.min(CHUNK, start + size - at);
            int i = xs.offset() + at;
            int j = ts.offset() + at;
            int k = cs.offset() + at;
            int o = os.offset() + at;
            int whole = Lanes.SPECIES.loopBound(length);
            for (LikelihoodLoops.Loop loop : loops) {
              loop.run(xa, i, ta, j, ca, k, oa, o, whole);
            }
            if (whole < length) {
              int rest = length - whole;
              last(loops, xa, i + whole, ta, j + whole, ca, k + whole, oa, o + whole, rest);
            }
          }
        });
    return true;
  }

  /// Runs loops over the last elements, fewer than a vector has, in vectors of their own.
  private static void last(
      LikelihoodLoops.Loop[] loops,
      float[] x,
      int i,
      float[] t,
      int j,
      float[] c,
      int k,
      float[] out,
      int o,
      int count) {
    float[] spare = LAST.atLeast(4 * COUNT);
    System.arraycopy(x, i, spare, 0, count);
    System.arraycopy(t, j, spare, COUNT, count);
    System.arraycopy(c, k, spare, 2 * COUNT, count);
    for (LikelihoodLoops.Loop loop : loops) {
      loop.run(spare, 0, spare, COUNT, spare, 2 * COUNT, spare, 3 * COUNT, COUNT);
    }
    System.arraycopy(spare, 3 * COUNT, out, o, count);
  }

  @Override
  public void normalized(Storage p, Storage t, Storage out) {
    if (!(p instanceof FloatStorage ps
        && t instanceof FloatStorage ts
        && out instanceof FloatStorage os)) {
      reference.normalized(p, t, out);
      return;
    }
    int rows = out.length();
    int classes = p.length() / Math.max(1, rows);
    float[] pa = ps.array();
    float[] ta = ts.array();
    float[] oa = os.array();
    FewClasses.forEachRow(
        rows,
        WORK * classes,
        classes,
        (_, row, count) ->
            FewProbabilities.current()
                .loss(
                    pa,
                    ps.offset() + row * classes,
                    ta,
                    ts.offset() + row * classes,
                    oa,
                    os.offset() + row,
                    count,
                    classes),
        row -> {
          int i = ps.offset() + row * classes;
          float sum = sum(pa, i, classes);
          oa[os.offset() + row] = loss(pa, i, ta, ts.offset() + row * classes, sum, classes);
        });
  }

  private static float loss(float[] p, int i, float[] t, int j, float sum, int classes) {
    int whole = Lanes.SPECIES.loopBound(classes);
    float likelihood = LikelihoodLoops.logLikelihood(p, i, t, j, sum, whole);
    if (whole < classes) {
      float[] spare = LAST.atLeast(4 * COUNT);
      Arrays.fill(spare, 0, 2 * COUNT, 0f);
      System.arraycopy(p, i + whole, spare, 0, classes - whole);
      System.arraycopy(t, j + whole, spare, COUNT, classes - whole);
      likelihood += LikelihoodLoops.logLikelihood(spare, 0, spare, COUNT, sum, COUNT);
    }
    return 0f - likelihood; // not -0 where nothing counts
  }

  @Override
  public void normalizedGradient(Storage p, Storage t, Storage c, Storage out) {
    if (!(p instanceof FloatStorage ps
        && t instanceof FloatStorage ts
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os)) {
      reference.normalizedGradient(p, t, c, out);
      return;
    }
    int rows = c.length();
    int classes = p.length() / Math.max(1, rows);
    float[] pa = ps.array();
    float[] ta = ts.array();
    float[] ca = cs.array();
    float[] oa = os.array();
    FewClasses.forEachRow(
        rows,
        classes,
        classes,
        (_, row, count) ->
            FewProbabilities.current()
                .gradient(
                    pa,
                    ps.offset() + row * classes,
                    ta,
                    ts.offset() + row * classes,
                    ca,
                    cs.offset() + row,
                    oa,
                    os.offset() + row * classes,
                    count,
                    classes),
        row -> {
          int i = ps.offset() + row * classes;
          int j = ts.offset() + row * classes;
          int o = os.offset() + row * classes;
          float sum = sum(pa, i, classes);
          float common = LikelihoodLoops.countedTargets(pa, i, ta, j, sum, classes) / sum;
          float cotangent = ca[cs.offset() + row];
          LikelihoodLoops.normalizedGradient(pa, i, ta, j, sum, common, cotangent, oa, o, classes);
        });
  }

  @Override
  public void sparse(Storage p, Storage labels, Storage out) {
    if (!(p instanceof FloatStorage ps
        && labels instanceof IntStorage ls
        && out instanceof FloatStorage os)) {
      reference.sparse(p, labels, out);
      return;
    }
    int rows = out.length();
    int classes = p.length() / Math.max(1, rows);
    float[] pa = ps.array();
    int[] la = ls.array();
    float[] oa = os.array();
    FewClasses.forEachRow(
        rows,
        classes,
        classes,
        (_, row, count) ->
            FewProbabilities.current()
                .sparseLoss(
                    pa,
                    ps.offset() + row * classes,
                    la,
                    row,
                    oa,
                    os.offset() + row,
                    count,
                    classes),
        row -> {
          int i = ps.offset() + row * classes;
          float q = LikelihoodLoops.clip(pa[i + la[row]] / sum(pa, i, classes));
          oa[os.offset() + row] = (float) -Math.log(q);
        });
  }

  @Override
  public void sparseGradient(Storage p, Storage labels, Storage c, Storage out) {
    if (!(p instanceof FloatStorage ps
        && labels instanceof IntStorage ls
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os)) {
      reference.sparseGradient(p, labels, c, out);
      return;
    }
    int rows = c.length();
    int classes = p.length() / Math.max(1, rows);
    float[] pa = ps.array();
    int[] la = ls.array();
    float[] ca = cs.array();
    float[] oa = os.array();
    Blocks.forEachRow(
        rows,
        classes,
        (start, size) -> {
          for (int row = start; row < start + size; row++) {
            int i = ps.offset() + row * classes;
            int o = os.offset() + row * classes;
            float sum = sum(pa, i, classes);
            float own = pa[i + la[row]];
            boolean passes = LikelihoodLoops.passes(own / sum);
            float cotangent = ca[cs.offset() + row];
            float common = passes ? cotangent / sum : 0;
            Arrays.fill(oa, o, o + classes, common);
            if (passes) {
              oa[o + la[row]] = common - cotangent / own;
            }
          }
        });
  }

  private static float sum(float[] x, int offset, int count) {
    return (float) RowReduce.reduce(Reduction.SUM, x, offset, count);
  }
}
