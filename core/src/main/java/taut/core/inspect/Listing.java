package taut.core.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Writes down the operations of the current thread, one line each, and draws them as a graph.
///
/// ```
/// value              shape        FLOPs   bytes   caller
/// %0                 FLOAT32[3]
/// %1 = square(%0)    FLOAT32[3]       3      24   Demo.java:12
/// %2 = sum(%1)       FLOAT32[]        3      16   Demo.java:12
/// 2 operations                        6      40
/// ```
///
/// Values are numbered as they appear; one that no listed operation made is an input. FLOPs are
/// what [Op#flops] says; bytes are the sizes of an operation's inputs and of its output. Tensors
/// are kept alive until the listing goes.
public final class Listing implements Recorder, AutoCloseable {
  /// One line.
  ///
  /// @param number the number of the value
  /// @param name what an input is called; empty if it has no name, and for a result
  /// @param op what made it, with its attributes; empty for an input
  /// @param inputs the numbers of the values it was made from
  /// @param spec its shape and type
  /// @param flops the floating-point operations that made it; 0 for an input
  /// @param bytes the sizes of it and of what it was made from; 0 for an input
  /// @param caller the line of code that asked for it; empty for an input, and where nobody noted
  ///   it
  public record Line(
      int number,
      String name,
      String op,
      List<Integer> inputs,
      TensorSpec spec,
      long flops,
      long bytes,
      String caller) {
    /// Tells whether no listed operation made this value.
    public boolean isInput() {
      return op.isEmpty();
    }

    /// Returns the left part of the line: the number and what made the value.
    String definition() {
      String made =
          isInput()
              ? name
              : op + inputs.stream().map(i -> "%" + i).collect(Collectors.joining(", ", "(", ")"));
      return made.isEmpty() ? "%" + number : "%" + number + " = " + made;
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

  /// Makes a listing that hears nothing, for whoever holds a recording to fill with [#name] and
  /// [#add].
  public static Listing blank() {
    return new Listing();
  }

  /// Gives a value that exists already a place in the listing, and returns its number.
  public int number(Tensor tensor) {
    return name(tensor, "");
  }

  /// Gives a value that exists already a place and a name, unless it has a place, and returns its
  /// number.
  public int name(Tensor tensor, String name) {
    Integer known = numbers.get(tensor);
    return known != null ? known : add(name, "", List.of(), tensor, Cost.NONE, "");
  }

  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    add(op, inputs, output, Caller.line());
  }

  /// Adds a line for an operation that has run, after lines for inputs that have none.
  ///
  /// @param caller the line of code that asked for it, or an empty string
  public void add(Op op, Tensor[] inputs, Tensor output, String caller) {
    List<Integer> from = Arrays.stream(inputs).map(this::number).toList();
    add("", describe(op), from, output, Cost.of(op, inputs, output), caller);
  }

  private int add(
      String name, String op, List<Integer> inputs, Tensor output, Cost cost, String caller) {
    int number = lines.size();
    lines.add(
        new Line(number, name, op, inputs, output.spec(), cost.flops(), cost.bytes(), caller));
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

  /// Returns the floating-point operations of all lines.
  public long flops() {
    return lines.stream().mapToLong(Line::flops).sum();
  }

  /// Returns the bytes that all operations read and wrote.
  public long bytes() {
    return lines.stream().mapToLong(Line::bytes).sum();
  }

  /// Prints the lines in columns, and the totals. There is no column of callers where nobody noted
  /// any.
  @Override
  public String toString() {
    long operations = lines.stream().filter(line -> !line.isInput()).count();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"value", "shape", "FLOPs", "bytes", "caller"});
    for (Line line : lines) {
      String flops = line.isInput() ? "" : count(line.flops);
      String bytes = line.isInput() ? "" : count(line.bytes);
      rows.add(new String[] {line.definition(), line.spec.toString(), flops, bytes, line.caller});
    }
    rows.add(
        new String[] {
          operations + (operations == 1 ? " operation" : " operations"),
          "",
          count(flops()),
          count(bytes()),
          ""
        });
    boolean callers = lines.stream().anyMatch(line -> !line.caller.isEmpty());
    int[] widths = new int[4];
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
    String format =
        "%%-%ds   %%-%ds   %%%ds   %%%ds   %%s"
            .formatted(widths[0], widths[1], widths[2], widths[3]);
    Function<String[], String> print =
        row -> format.formatted(row[0], row[1], row[2], row[3], callers ? row[4] : "");
    return rows.stream()
        .map(row -> print.apply(row).stripTrailing() + "\n")
        .collect(Collectors.joining());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// Returns the graph in the language of Graphviz: `dot -Tsvg` makes a picture of it.
  public String toDot() {
    return Graphviz.graph(lines);
  }

  /// Ends the listing; what was written stays.
  @Override
  public void close() {
    Recorder.stop(this);
  }
}
