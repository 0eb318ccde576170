package taut.bench.matmul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page about these kernels shows code that exists.
class PageTest {
  private static final Path PAGE = Path.of("../docs/a-fast-matmul-in-java.md");
  private static final Path SOURCES = Path.of("src/main/java/taut/bench/matmul");
  private static final Pattern EXCERPT = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int STEPS = 7;

  @Test
  void everyExcerptStandsInASource() throws IOException {
    List<String> excerpts =
        EXCERPT
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> withoutIndents(match.group(1)))
            .toList();
    assertEquals(STEPS, excerpts.size(), "one excerpt for each step");
    List<String> sources = sources();
    for (String excerpt : excerpts) {
      assertTrue(
          sources.stream().anyMatch(source -> source.contains(excerpt)),
          "no source contains:\n" + excerpt);
    }
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      List<String> sources = files.map(PageTest::read).map(PageTest::withoutIndents).toList();
      assertTrue(sources.size() > STEPS, "sources: " + sources.size());
      return sources;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withoutIndents(String code) {
    return code.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
