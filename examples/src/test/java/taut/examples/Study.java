package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A study that has been run, and what it printed.
///
/// @param code the exit code
/// @param output what it wrote to standard output
/// @param errors what it wrote to standard error by the command line's writer
record Study(int code, String output, String errors) {
  private static final long PNG_SIGNATURE = 0x89504E470D0A1A0AL;

  static Study run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(arguments);
    return new Study(code, output.toString(), errors.toString());
  }

  Study succeeded() {
    assertEquals(0, code, errors);
    return this;
  }

  /// Returns the row of a table.
  ///
  /// @param first the text of its first cell
  /// @param cells how many cells it has
  List<String> row(String first, int cells) {
    return output
        .lines()
        .map(line -> Arrays.asList(line.split(" {3,}")))
        .filter(row -> row.size() == cells && row.getFirst().equals(first))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no row '" + first + "' of " + cells + " in:\n" + output));
  }

  /// Returns the number in a cell of such a row; of a mean with its spread, the mean.
  double number(String first, int cells, int cell) {
    return Double.parseDouble(row(first, cells).get(cell).split(" ")[0]);
  }

  /// Fails unless the picture was announced, and is a PNG of some size that shows something: an
  /// empty one of these dimensions packs to less than 10 kB.
  void checkPicture(Path file) throws IOException {
    assertTrue(output.contains("saved " + file), output);
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      assertEquals(PNG_SIGNATURE, in.readLong(), file + " is no PNG");
      in.skipNBytes(8);
      int width = in.readInt();
      int height = in.readInt();
      assertTrue(width > 500 && height > 300, file + " is " + width + " × " + height);
    }
    assertTrue(Files.size(file) > 30_000, file + " has " + Files.size(file) + " bytes");
  }
}
