package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;

/// A study that has been run, and what it printed.
///
/// @param code the exit code
/// @param output what it wrote to standard output
/// @param errors what it wrote to standard error by the command line's writer
record Study(int code, String output, String errors) {
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

  /// Returns the cells of the first line that begins with this text.
  List<String> row(String start) {
    return output
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .map(line -> Arrays.asList(line.trim().split(" {3,}")))
        .orElseThrow(() -> new AssertionError("no row '" + start + "' in:\n" + output));
  }

  /// Returns the mean in a cell of the first line that begins with this text.
  double number(String start, int cell) {
    return Double.parseDouble(row(start).get(cell).split(" ")[0]);
  }

  /// Fails unless the picture was announced and shows something.
  void checkPicture(Path file) throws IOException {
    assertTrue(output.contains("saved " + file), output);
    BufferedImage image = ImageIO.read(file.toFile());
    assertTrue(image.getWidth() > 500 && image.getHeight() > 300, file + " is too small");
    Set<Integer> colors = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 3) {
      for (int x = 0; x < image.getWidth(); x += 3) {
        colors.add(image.getRGB(x, y));
      }
    }
    assertTrue(colors.size() > 20, file + " has only " + colors.size() + " colours");
  }
}
