package taut.core.kernels;

import taut.core.Storage;

/// The textbook of optimizer steps: one plain loop each, for every floating-point type, computed in
/// double.
enum ReferenceUpdateKernels implements UpdateKernels {
  INSTANCE;

  @Override
  public void descend(Storage w, Storage g, double rate, StepTerms terms) {
    for (int i = 0; i < w.length(); i++) {
      w.set(i, terms.moved(w.get(i), -rate * terms.gradient(g.get(i))));
    }
  }

  @Override
  public void momentum(
      Storage w,
      Storage g,
      Storage v,
      double rate,
      double momentum,
      boolean nesterov,
      StepTerms terms) {
    for (int i = 0; i < w.length(); i++) {
      double descent = -rate * terms.gradient(g.get(i));
      double velocity = momentum * v.get(i) + descent;
      v.set(i, velocity);
      w.set(i, terms.moved(w.get(i), nesterov ? momentum * velocity + descent : velocity));
    }
  }

  @Override
  public void adam(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms) {
    for (int i = 0; i < w.length(); i++) {
      moments(terms.gradient(g.get(i)), m, v, i, take1, take2);
      w.set(i, terms.moved(w.get(i), -alpha * m.get(i) / (Math.sqrt(v.get(i)) + epsilon)));
    }
  }

  @Override
  public void amsgrad(
      Storage w,
      Storage g,
      Storage m,
      Storage v,
      Storage largest,
      double alpha,
      double take1,
      double take2,
      double epsilon,
      StepTerms terms) {
    for (int i = 0; i < w.length(); i++) {
      moments(terms.gradient(g.get(i)), m, v, i, take1, take2);
      largest.set(i, Math.max(largest.get(i), v.get(i)));
      double divisor = Math.sqrt(largest.get(i)) + epsilon;
      w.set(i, terms.moved(w.get(i), -alpha * m.get(i) / divisor));
    }
  }

  private static void moments(
      double gradient, Storage m, Storage v, int i, double take1, double take2) {
    m.set(i, m.get(i) + (gradient - m.get(i)) * take1);
    v.set(i, v.get(i) + (gradient * gradient - v.get(i)) * take2);
  }

  @Override
  public void average(Storage average, Storage w, double take) {
    for (int i = 0; i < w.length(); i++) {
      average.set(i, average.get(i) + (w.get(i) - average.get(i)) * take);
    }
  }
}
