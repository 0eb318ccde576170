package taut.core.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file is replaced as a whole or not at all.
class AtomicFileTest {
  @TempDir Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void contentIsReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "the old content");
    AtomicFile.write(file, out -> out.write('n'));
    assertEquals("n", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void failingWriterLeavesTheOldContentAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "old");
    IOException fault = new IOException("the disk is full");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[100_000]);
                      throw fault;
                    }));
    assertEquals(fault, thrown);
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), files());
  }

  @Test
  void whoMayReadOtherNewFilesMayReadIt() throws IOException {
    Path ordinary = Files.writeString(folder.resolve("ordinary"), "o");
    Path file = folder.resolve("file");
    AtomicFile.write(file, out -> out.write('n'));
    PosixFileAttributeView view =
        Files.getFileAttributeView(ordinary, PosixFileAttributeView.class);
    if (view != null) {
      assertEquals(Files.getPosixFilePermissions(ordinary), Files.getPosixFilePermissions(file));
    }
    assertEquals(Files.isReadable(ordinary), Files.isReadable(file));
  }

  @Test
  void missingFoldersAreMade() throws IOException {
    Path file = folder.resolve("a/b/file");
    AtomicFile.write(file, out -> out.write('n'));
    assertEquals("n", Files.readString(file));
  }
}
