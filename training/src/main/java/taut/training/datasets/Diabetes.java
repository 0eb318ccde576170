package taut.training.datasets;

import java.util.Arrays;
import java.util.List;
import taut.training.Dataset;

/// 442 diabetes patients: ten baseline variables, and a measure of how far the disease progressed
/// in the year after.
///
/// From Efron, Hastie, Johnstone and Tibshirani, "Least Angle Regression", Annals of Statistics 32
/// (2004). A sample has shape `[10]`, a target `[1]`; targets go from 25 to 346.
public final class Diabetes {
  private static final String RESOURCE = "diabetes.csv";

  private Diabetes() {}

  /// Returns the names of the ten variables: age, sex, body-mass index, blood pressure and six
  /// blood serum measurements.
  public static List<String> features() {
    List<String> columns = CsvTable.read(RESOURCE).columns();
    return columns.subList(0, columns.size() - 1);
  }

  /// Returns the patients with each variable centred and divided by √442 standard deviations, so
  /// that its sum of squares is 1.
  ///
  /// This is how scikit-learn's `load_diabetes` scales them. The target is as measured.
  public static Dataset load() {
    CsvTable table = CsvTable.read(RESOURCE);
    double[][] scaled = Arrays.stream(table.rows()).map(double[]::clone).toArray(double[][]::new);
    for (int j = 0; j < table.columns().size() - 1; j++) {
      double[] column = table.column(j);
      double mean = Arrays.stream(column).average().orElseThrow();
      double norm =
          Math.sqrt(Arrays.stream(column).map(value -> (value - mean) * (value - mean)).sum());
      for (double[] row : scaled) {
        row[j] = (row[j] - mean) / norm;
      }
    }
    return new CsvTable(table.columns(), scaled).lastColumnIsTarget();
  }

  /// Returns the patients with all values as measured.
  public static Dataset raw() {
    return CsvTable.read(RESOURCE).lastColumnIsTarget();
  }
}
