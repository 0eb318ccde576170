package taut.core.kernels;

import taut.core.Storage;

/// The textbook of batch normalization: plain loops in double, one column after the other.
enum ReferenceNormalizationKernels implements NormalizationKernels {
  INSTANCE;

  @Override
  public void normalize(
      double epsilon, Storage x, Storage scale, Storage shift, Storage moments, Storage out) {
    int columns = scale.length();
    for (int column = 0; column < columns; column++) {
      int rows = x.length() / columns;
      double sum = 0;
      for (int i = column; i < x.length(); i += columns) {
        sum += x.get(i);
      }
      double mean = sum / rows;
      double squares = 0;
      for (int i = column; i < x.length(); i += columns) {
        squares += (x.get(i) - mean) * (x.get(i) - mean);
      }
      double variance = squares / rows;
      double factor = scale.get(column) / Math.sqrt(variance + epsilon);
      for (int i = column; i < x.length(); i += columns) {
        out.set(i, (x.get(i) - mean) * factor + shift.get(column));
      }
      moments.set(column, mean);
      moments.set(columns + column, variance);
    }
  }

  @Override
  public void gradients(
      double epsilon,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift) {
    int columns = scale.length();
    for (int column = 0; column < columns; column++) {
      int rows = x.length() / columns;
      double mean = moments.get(column);
      double inverse = 1 / Math.sqrt(moments.get(columns + column) + epsilon);
      double sum = 0;
      double product = 0;
      for (int i = column; i < x.length(); i += columns) {
        sum += c.get(i);
        product += c.get(i) * (x.get(i) - mean);
      }
      double slope = rows == 0 ? 0 : inverse * product;
      for (int i = column; i < x.length(); i += columns) {
        double normal = (x.get(i) - mean) * inverse;
        double rest = c.get(i) - sum / rows - normal * slope / rows;
        dx.set(i, scale.get(column) * inverse * rest);
      }
      dscale.set(column, slope);
      dshift.set(column, sum);
    }
  }
}
