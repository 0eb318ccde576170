package taut.training.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  private static final String PROPERTY = "taut.test-folder";
  private static final byte[] CONTENTS =
      "the same words again ".repeat(100).getBytes(StandardCharsets.UTF_8);

  @TempDir private Path root;

  @Test
  void installedFilesComeBeforeCachedOnes() throws Exception {
    try (OneFileServer server = new OneFileServer(404, new byte[0])) {
      Path cached = put("cache", "words.gz");
      assertEquals(cached, folders(server.address()).find(words()));
      Path installed = put("installed", "words");
      assertEquals(installed, folders(server.address()).find(words()));
    }
  }

  @Test
  void downloadsWhatNoFolderHas() throws Exception {
    try (OneFileServer server = new OneFileServer(200, IdxFiles.packed(CONTENTS))) {
      Path file = folders(server.address()).find(words());
      assertEquals(root.resolve("cache/words.gz"), file);
      assertEquals(file, folders(URI.create("http://127.0.0.1:1/")).find(words()));
    }
    checkNothingElseIn(1);
  }

  @Test
  void anotherFileIsNotKept() throws Exception {
    byte[] other = IdxFiles.packed("something else".getBytes(StandardCharsets.UTF_8));
    checkDownloadFails(200, other, "sent another file: wants 2100 bytes");
    byte[] bomb = IdxFiles.packed(new byte[1_000_000]);
    checkDownloadFails(200, bomb, "got more");
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    checkDownloadFails(200, noise, "sent more than the 2100 bytes");
    checkDownloadFails(200, "no gzip".getBytes(StandardCharsets.UTF_8), "GZIP");
    checkDownloadFails(404, new byte[0], "status 404");
    checkNothingElseIn(0);
  }

  @Test
  void unreachablePlacesAreAllNamed() throws Exception {
    UncheckedIOException e =
        assertThrows(
            UncheckedIOException.class,
            () -> folders(URI.create("http://127.0.0.1:1/")).find(words()));
    for (String wanted :
        new String[] {
          "words.gz",
          PROPERTY,
          root.resolve("installed").toString(),
          root.resolve("cache").toString(),
          "http://127.0.0.1:1/words.gz",
          "do this"
        }) {
      assertTrue(e.getMessage().contains(wanted), e.getMessage());
    }
  }

  private void checkDownloadFails(int status, byte[] answer, String wanted) throws Exception {
    try (OneFileServer server = new OneFileServer(status, answer)) {
      UncheckedIOException e =
          assertThrows(UncheckedIOException.class, () -> folders(server.address()).find(words()));
      assertTrue(e.getMessage().contains(wanted), e.getMessage());
    }
  }

  private void checkNothingElseIn(int files) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve("cache"))) {
      assertEquals(files, all.count());
    }
  }

  private DataFolders folders(URI source) {
    return new DataFolders(
        PROPERTY, root.resolve("installed"), root.resolve("cache"), source, "do this");
  }

  private Path put(String folder, String name) throws IOException {
    Files.createDirectories(root.resolve(folder));
    return Files.write(root.resolve(folder).resolve(name), CONTENTS);
  }

  private static PublishedFile words() throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(CONTENTS);
    return new PublishedFile("words", CONTENTS.length, HexFormat.of().formatHex(digest));
  }
}
