package taut.training.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdxTest {
  private static final byte[] SIX = {1, 2, 3, 4, 5, (byte) 200};

  @TempDir private Path folder;

  @Test
  void readsPlainAndPackedFiles() throws IOException {
    byte[] plain = IdxFiles.idx(0x802, new int[] {2, 3}, SIX);
    for (byte[] contents : new byte[][] {plain, IdxFiles.packed(plain)}) {
      Idx idx = Idx.read(Files.write(folder.resolve("file"), contents), 2);
      assertArrayEquals(new int[] {2, 3}, idx.dims());
      assertArrayEquals(SIX, idx.bytes());
    }
  }

  static Stream<Arguments> faults() {
    byte[] right = IdxFiles.idx(0x802, new int[] {2, 3}, SIX);
    return Stream.of(
        Arguments.of("magic number", IdxFiles.idx(0x803, new int[] {2, 3}, SIX)),
        Arguments.of("magic number", "no idx".getBytes(StandardCharsets.UTF_8)),
        Arguments.of("cannot hold", IdxFiles.idx(0x802, new int[] {2, 4}, SIX)),
        Arguments.of("more", IdxFiles.idx(0x802, new int[] {2, 2}, SIX)),
        Arguments.of("cannot hold", IdxFiles.idx(0x802, new int[] {-2, 3}, SIX)),
        Arguments.of(
            "cannot hold",
            IdxFiles.idx(0x802, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE}, SIX)),
        Arguments.of("ends within the header", new byte[] {0, 0, 8}),
        Arguments.of("ends within the header", new byte[0]),
        Arguments.of("ends within the header", Arrays.copyOf(right, 10)),
        Arguments.of("only 6", IdxFiles.packed(IdxFiles.idx(0x802, new int[] {2, 4}, SIX))),
        Arguments.of("more", IdxFiles.packed(IdxFiles.idx(0x802, new int[] {2, 2}, SIX))),
        Arguments.of(
            "cannot hold", IdxFiles.packed(IdxFiles.idx(0x802, new int[] {50_000, 40_000}, SIX))),
        Arguments.of(
            "ends within the header or a packed block", Arrays.copyOf(IdxFiles.packed(right), 20)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void wrongFilesAreNamed(String wanted, byte[] contents) throws IOException {
    Path file = Files.write(folder.resolve("wrong"), contents);
    IOException e = assertThrows(IOException.class, () -> Idx.read(file, 2));
    assertTrue(e.getMessage().contains(wanted), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
  }
}
