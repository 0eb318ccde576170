package taut.core.inspect;

import java.util.List;
import java.util.Locale;

/// Draws the lines of a listing as a graph, in the language of Graphviz.
final class Graphviz {
  private Graphviz() {}

  static String graph(List<Listing.Line> lines) {
    StringBuilder text = new StringBuilder("digraph recording {\n  rankdir=LR;\n");
    for (Listing.Line line : lines) {
      text.append("  v%d [%s];\n".formatted(line.number(), attributes(line)));
      for (int input : line.inputs()) {
        text.append("  v%d -> v%d;\n".formatted(input, line.number()));
      }
    }
    return text.append("}\n").toString();
  }

  private static String attributes(Listing.Line line) {
    if (line.isInput()) {
      String name = line.name().isEmpty() ? "input" : line.name();
      return "shape=box, label=\"%s\\n%s\"".formatted(quoted(name), line.spec());
    }
    String node =
        String.format(
            Locale.ROOT,
            "shape=ellipse, label=\"%s\\n%s\\n%,d FLOPs, %,d bytes\"",
            quoted(line.op()),
            line.spec(),
            line.flops(),
            line.bytes());
    return line.caller().isEmpty()
        ? node
        : "%s, tooltip=\"%s\"".formatted(node, quoted(line.caller()));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
