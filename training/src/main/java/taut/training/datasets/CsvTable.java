package taut.training.datasets;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import taut.core.Shape;
import taut.core.Tensor;
import taut.training.Dataset;

/// A table of numbers from a CSV file beside this class.
///
/// @param columns the names in the header line
/// @param rows the numbers, as many in each row as there are columns
record CsvTable(List<String> columns, double[][] rows) {
  /// Reads a resource.
  ///
  /// @throws IllegalStateException if a row has more or fewer numbers than the header has names
  static CsvTable read(String resource) {
    try (InputStream in = CsvTable.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("data set: the resource " + resource + " is missing");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<String> lines = reader.lines().toList();
      List<String> columns = List.of(lines.getFirst().split(","));
      double[][] rows =
          lines.stream().skip(1).map(line -> row(resource, columns, line)).toArray(double[][]::new);
      return new CsvTable(columns, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("data set: cannot read " + resource, e);
    }
  }

  private static double[] row(String resource, List<String> columns, String line) {
    double[] row = Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
    if (row.length != columns.size()) {
      throw new IllegalStateException(
          "data set "
              + resource
              + ": wants "
              + columns.size()
              + " numbers in a row, got '"
              + line
              + "'");
    }
    return row;
  }

  /// Returns column j.
  double[] column(int j) {
    return Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
  }

  /// Returns a data set whose target, of shape `[rows, 1]`, is the last column; all others are the
  /// input.
  Dataset lastColumnIsTarget() {
    int inputs = columns.size() - 1;
    float[] x = new float[rows.length * inputs];
    float[] y = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < inputs; j++) {
        x[i * inputs + j] = (float) rows[i][j];
      }
      y[i] = (float) rows[i][inputs];
    }
    return Dataset.of(
        Tensor.of(Shape.of(rows.length, inputs), x), Tensor.of(Shape.of(rows.length, 1), y));
  }
}
