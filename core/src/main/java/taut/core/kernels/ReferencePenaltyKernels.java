package taut.core.kernels;

import taut.core.Storage;

/// The textbook of penalties: plain loops in double.
enum ReferencePenaltyKernels implements PenaltyKernels {
  INSTANCE;

  @Override
  public double value(double absolute, double square, Storage x) {
    double sum = 0;
    for (int i = 0; i < x.length(); i++) {
      sum += element(absolute, square, x.get(i));
    }
    return sum;
  }

  @Override
  public void elements(double absolute, double square, Storage x, Storage out) {
    for (int i = 0; i < out.length(); i++) {
      out.set(i, element(absolute, square, x.get(i)));
    }
  }

  private static double element(double absolute, double square, double x) {
    return (absolute == 0 ? 0 : absolute * Math.abs(x)) + (square == 0 ? 0 : square * x * x);
  }

  @Override
  public void gradient(double absolute, double square, Storage x, Storage sum, boolean add) {
    for (int i = 0; i < sum.length(); i++) {
      double sign = absolute == 0 ? 0 : absolute * Math.signum(x.get(i));
      double slope = sign + (square == 0 ? 0 : 2 * square * x.get(i));
      sum.set(i, add ? sum.get(i) + slope : slope);
    }
  }
}
