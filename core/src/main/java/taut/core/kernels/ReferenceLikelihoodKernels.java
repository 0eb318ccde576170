package taut.core.kernels;

import taut.core.Storage;
import taut.core.ops.Probabilities;

/// The textbook of the losses of probabilities: plain loops in double.
enum ReferenceLikelihoodKernels implements LikelihoodKernels {
  INSTANCE;

  @Override
  public void sigmoid(Storage x, Storage t, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      double logit = x.get(i);
      double rest = Math.log1p(Math.exp(-Math.abs(logit)));
      out.set(i, Math.max(logit, 0) - logit * t.get(i) + rest);
    }
  }

  @Override
  public void sigmoidGradient(Storage x, Storage t, Storage c, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, c.get(i) * (1 / (1 + Math.exp(-x.get(i))) - t.get(i)));
    }
  }

  @Override
  public void bernoulli(Storage p, Storage t, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    for (int i = 0; i < out.length(); i++) {
      double yes = range.clip(p.get(i));
      out.set(i, -t.get(i) * Math.log(yes) - (1 - t.get(i)) * Math.log(1 - yes));
    }
  }

  @Override
  public void bernoulliGradient(Storage p, Storage t, Storage c, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    for (int i = 0; i < out.length(); i++) {
      double yes = p.get(i);
      double slope = (yes - t.get(i)) / (yes * (1 - yes));
      out.set(i, range.passes(yes) ? c.get(i) * slope : 0);
    }
  }

  @Override
  public void normalized(Storage p, Storage t, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    int rows = out.length();
    for (int row = 0; row < rows; row++) {
      int classes = p.length() / rows;
      double sum = sum(p, row * classes, classes);
      double loss = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        loss -= t.get(i) == 0 ? 0 : t.get(i) * Math.log(range.clip(p.get(i) / sum));
      }
      out.set(row, loss);
    }
  }

  @Override
  public void normalizedGradient(Storage p, Storage t, Storage c, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    int rows = c.length();
    for (int row = 0; row < rows; row++) {
      int classes = p.length() / rows;
      double sum = sum(p, row * classes, classes);
      double total = 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        total += range.passes(p.get(i) / sum) ? t.get(i) : 0;
      }
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        double own = range.passes(p.get(i) / sum) && t.get(i) != 0 ? t.get(i) / p.get(i) : 0;
        out.set(i, c.get(row) * (total / sum - own));
      }
    }
  }

  @Override
  public void sparse(Storage p, Storage labels, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    int rows = out.length();
    for (int row = 0; row < rows; row++) {
      int classes = p.length() / rows;
      double own = p.get(row * classes + (int) labels.get(row));
      out.set(row, -Math.log(range.clip(own / sum(p, row * classes, classes))));
    }
  }

  @Override
  public void sparseGradient(Storage p, Storage labels, Storage c, Storage out) {
    Probabilities range = Probabilities.of(p.dtype());
    int rows = c.length();
    for (int row = 0; row < rows; row++) {
      int classes = p.length() / rows;
      int label = row * classes + (int) labels.get(row);
      double sum = sum(p, row * classes, classes);
      boolean passes = range.passes(p.get(label) / sum);
      double common = passes ? c.get(row) / sum : 0;
      for (int i = row * classes; i < (row + 1) * classes; i++) {
        out.set(i, common);
      }
      if (passes) {
        out.set(label, common - c.get(row) / p.get(label));
      }
    }
  }

  private static double sum(Storage x, int offset, int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += x.get(i);
    }
    return sum;
  }
}
