package taut.examples;

import java.util.ArrayList;
import java.util.List;

/// Text in columns: the first one begins at the left, the others end at the right.
final class Table {
  private static final String GAP = "   ";

  private final List<List<String>> rows = new ArrayList<>();

  /// Begins a table.
  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if it has more or fewer cells than there are headings
  void add(Object... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          "table: wants " + rows.getFirst().size() + " cells in a row, got " + cells.length);
    }
    rows.add(List.of(cells).stream().map(Object::toString).toList());
  }

  /// Prints the headings, a line and the rows.
  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int j = 0; j < columns; j++) {
        widths[j] = Math.max(widths[j], row.get(j).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns; j++) {
        String cell = rows.get(i).get(j);
        String space = " ".repeat(widths[j] - cell.length());
        text.append(j == 0 ? cell + space : GAP + space + cell);
      }
      text.append(System.lineSeparator());
      if (i == 0) {
        for (int j = 0; j < columns; j++) {
          text.append(j == 0 ? "" : GAP).append("─".repeat(widths[j]));
        }
        text.append(System.lineSeparator());
      }
    }
    return text.toString();
  }
}
