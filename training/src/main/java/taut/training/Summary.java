package taut.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.Layer;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.regularizers.Penalty;

/// Prints a network as a table: layers, output shapes, parameters, penalties.
final class Summary {
  private record Row(String layer, String shape, long parameters, String penalties) {}

  private Summary() {}

  static String of(Layer network, Shape input) {
    if (!network.isBuilt()) {
      network.build(input, RandomStream.of(0));
    }
    List<Row> rows = new ArrayList<>();
    Tensor x = Tensor.full(input, 0, dtype(network));
    List<Layer> layers = network instanceof Sequential ? network.sublayers() : List.of(network);
    for (Layer layer : layers) {
      try (Pass pass = Pass.inference()) {
        x = layer.apply(x, pass);
        rows.add(row(layer, x.shape(), pass));
      }
    }
    return print(rows, network.variables());
  }

  /// Returns the element type of the weights, which inputs must have too.
  private static DType dtype(Layer network) {
    return network.variables().stream()
        .map(Variable::dtype)
        .filter(DType::isFloating)
        .findFirst()
        .orElse(DType.FLOAT32);
  }

  private static Row row(Layer layer, Shape output, Pass pass) {
    String shape = output.toString().replaceFirst("^\\[1\\b", "[batch");
    String penalties =
        pass.penalties().list().stream().map(Summary::describe).collect(Collectors.joining(", "));
    String label = layer.name() + " (" + layer.getClass().getSimpleName() + ")";
    return new Row(label, shape, count(layer.variables()), penalties);
  }

  private static String describe(Penalty penalty) {
    String regularizer =
        penalty.regularizer().getClass().isHidden() ? "lambda" : penalty.regularizer().toString();
    return penalty.role() + " " + regularizer;
  }

  private static String print(List<Row> rows, List<Variable> variables) {
    int layer = rows.stream().mapToInt(row -> row.layer.length()).max().orElse(5);
    int shape = Math.max(12, rows.stream().mapToInt(row -> row.shape.length()).max().orElse(5));
    String format = "%-" + layer + "s  %-" + shape + "s  %,12d  %s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-" + layer + "s  %-" + shape + "s  %12s  %s%n",
            "layer",
            "output shape",
            "parameters",
            "penalty"));
    for (Row row : rows) {
      text.append(
          String.format(Locale.ROOT, format, row.layer, row.shape, row.parameters, row.penalties));
    }
    List<Variable> trainable = variables.stream().filter(Variable::isTrainable).toList();
    text.append(
        String.format(
            Locale.ROOT, "parameters: %,d, trainable: %,d%n", count(variables), count(trainable)));
    return text.toString();
  }

  private static long count(List<Variable> variables) {
    return variables.stream().mapToLong(variable -> variable.shape().size()).sum();
  }
}
