package taut.core.kernels;

import taut.core.Storage;

/// The textbook of row normalization: plain loops in double, one row after the other.
enum ReferenceRowNormalizationKernels implements RowNormalizationKernels {
  INSTANCE;

  @Override
  public void normalize(
      boolean centred,
      double epsilon,
      Storage x,
      Storage scale,
      Storage shift,
      Storage moments,
      Storage out) {
    int columns = scale.length();
    int rows = moments.length() / 2;
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double sum = 0;
      for (int i = 0; i < columns; i++) {
        sum += x.get(start + i);
      }
      double mean = centred ? sum / columns : 0;
      double squares = 0;
      for (int i = 0; i < columns; i++) {
        double distance = x.get(start + i) - mean;
        squares += distance * distance;
      }
      double inverse = 1 / Math.sqrt(squares / columns + epsilon);
      for (int i = 0; i < columns; i++) {
        double normal = (x.get(start + i) - mean) * inverse;
        out.set(start + i, normal * scale.get(i) + shift.get(i));
      }
      moments.set(row, mean);
      moments.set(rows + row, inverse);
    }
  }

  @Override
  public void gradients(
      boolean centred,
      Storage x,
      Storage scale,
      Storage moments,
      Storage c,
      Storage dx,
      Storage dscale,
      Storage dshift) {
    int columns = scale.length();
    int rows = moments.length() / 2;
    double[] slopes = new double[columns];
    double[] sums = new double[columns];
    for (int row = 0; row < rows; row++) {
      int start = row * columns;
      double mean = moments.get(row);
      double inverse = moments.get(rows + row);
      double sum = 0;
      double product = 0;
      for (int i = 0; i < columns; i++) {
        double normal = (x.get(start + i) - mean) * inverse;
        double cotangent = c.get(start + i);
        sum += scale.get(i) * cotangent;
        product += scale.get(i) * cotangent * normal;
        slopes[i] += cotangent * normal;
        sums[i] += cotangent;
      }
      double common = centred ? sum / columns : 0;
      for (int i = 0; i < columns; i++) {
        double normal = (x.get(start + i) - mean) * inverse;
        double rest = scale.get(i) * c.get(start + i) - common - normal * product / columns;
        dx.set(start + i, inverse * rest);
      }
    }
    for (int i = 0; i < columns; i++) {
      dscale.set(i, slopes[i]);
      dshift.set(i, sums[i]);
    }
  }
}
