package taut.core.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Writes down the operations of the current thread, one line each, and draws them as a graph.
///
/// ```
/// %0                      FLOAT32[3]
/// %1 = square(%0)         FLOAT32[3]   Demo.java:12
/// %2 = sum(%1)            FLOAT32[]    Demo.java:12
/// ```
///
/// Values are numbered as they appear; one that no listed operation made is an input. Tensors are
/// kept alive until the listing goes.
public final class Listing implements Recorder, AutoCloseable {
  /// One line.
  ///
  /// @param number the number of the value
  /// @param op what made it, with its attributes; empty for an input
  /// @param inputs the numbers of the values it was made from
  /// @param spec its shape and type
  /// @param caller the line of code that asked for it; empty for an input
  public record Line(int number, String op, List<Integer> inputs, TensorSpec spec, String caller) {
    /// Returns the left part of the line: the number and what made the value.
    String definition() {
      return op.isEmpty()
          ? "%" + number
          : "%"
              + number
              + " = "
              + op
              + inputs.stream().map(i -> "%" + i).collect(Collectors.joining(", ", "(", ")"));
    }
  }

  private final List<Line> lines = new ArrayList<>();
  private final Map<Tensor, Integer> numbers = new HashMap<>();

  private Listing() {}

  /// Begins a listing, which goes on until it is closed.
  public static Listing start() {
    Listing listing = new Listing();
    Recorder.start(listing);
    return listing;
  }

  /// Gives a value that exists already a place in the listing, and returns its number.
  public int number(Tensor tensor) {
    Integer known = numbers.get(tensor);
    return known != null ? known : add("", List.of(), tensor, "");
  }

  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    List<Integer> from = Arrays.stream(inputs).map(this::number).toList();
    add(describe(op), from, output, Caller.line());
  }

  private int add(String op, List<Integer> inputs, Tensor output, String caller) {
    int number = lines.size();
    lines.add(new Line(number, op, inputs, output.spec(), caller));
    numbers.put(output, number);
    return number;
  }

  /// Returns the op's name and, for a record, the attributes that its string form shows.
  private static String describe(Op op) {
    String text = op instanceof Record ? op.toString() : "";
    if (!text.contains("[") || !text.endsWith("]")) {
      return op.label();
    }
    String attributes = text.substring(text.indexOf('[') + 1, text.length() - 1);
    return attributes.isEmpty() ? op.label() : op.label() + "[" + attributes + "]";
  }

  /// Returns the lines so far.
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /// Prints the lines in columns.
  @Override
  public String toString() {
    int definition = lines.stream().mapToInt(l -> l.definition().length()).max().orElse(0);
    int spec = lines.stream().mapToInt(l -> l.spec.toString().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      String row =
          ("%-" + definition + "s   %-" + spec + "s   %s")
              .formatted(line.definition(), line.spec, line.caller);
      text.append(row.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /// Returns the graph in the language of Graphviz: `dot -Tsvg` makes a picture of it.
  public String toDot() {
    StringBuilder text = new StringBuilder("digraph recording {\n  rankdir=LR;\n");
    for (Line line : lines) {
      String shape = line.op.isEmpty() ? "box" : "ellipse";
      String name =
          line.op.isEmpty() ? "input" : line.op.replace("\\", "\\\\").replace("\"", "\\\"");
      text.append(
          "  v%d [shape=%s, label=\"%s\\n%s\"];\n".formatted(line.number, shape, name, line.spec));
      for (int input : line.inputs) {
        text.append("  v%d -> v%d;\n".formatted(input, line.number));
      }
    }
    return text.append("}\n").toString();
  }

  /// Ends the listing; what was written stays.
  @Override
  public void close() {
    Recorder.stop(this);
  }
}
