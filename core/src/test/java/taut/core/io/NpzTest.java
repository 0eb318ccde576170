package taut.core.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// Archives go both ways, and nothing that a damaged or hostile one claims is believed.
class NpzTest {
  /// Where a central directory record has the checksum and the unpacked size (PKWARE's APPNOTE,
  /// 4.3.12).
  private static final int CHECKSUM = 16;

  private static final int UNPACKED_SIZE = 24;

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.npz"), bytes);
  }

  private void refuses(byte[] bytes, String... words) throws IOException {
    Path file = file(bytes);
    String message = assertThrows(IOException.class, () -> Npz.read(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
    }
  }

  private static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  /// Changes a field of the first record of an archive's central directory.
  private static byte[] patched(byte[] archive, int field, int value) {
    ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (buffer.getInt(at) != 0x02014b50) {
      at++;
    }
    buffer.putInt(at + field, value);
    return archive;
  }

  @Test
  void readsWhatNumpyWrote() throws IOException {
    for (String base64 : new String[] {NumpyFiles.ARCHIVE, NumpyFiles.COMPRESSED}) {
      Map<String, Tensor> arrays = Npz.read(file(NumpyFiles.bytes(base64)));
      assertEquals(List.of("weight", "step"), List.copyOf(arrays.keySet()));
      assertEquals(Shape.of(1, 2), arrays.get("weight").shape());
      assertArrayEquals(new double[] {1, 2}, arrays.get("weight").toDoubles());
      assertEquals(DType.INT32, arrays.get("step").dtype());
      assertEquals(7, arrays.get("step").item());
    }
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put("layer/weight", Tensor.range(20_000));
    arrays.put("größe", Tensor.scalar(0.1, DType.FLOAT64));
    arrays.put("empty", Tensor.zeros(0, 2));
    Path file = folder.resolve("back.npz");
    Npz.write(file, arrays);
    Map<String, Tensor> back = Npz.read(file);
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(back.keySet()));
    for (Map.Entry<String, Tensor> array : back.entrySet()) {
      Tensor written = arrays.get(array.getKey());
      assertEquals(written.spec(), array.getValue().spec());
      assertArrayEquals(written.toDoubles(), array.getValue().toDoubles());
    }
    Npz.write(file, Map.of());
    assertTrue(Npz.read(file).isEmpty());
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    refuses(new byte[0]);
    refuses("no archive at all".getBytes(StandardCharsets.US_ASCII));
    byte[] whole = NumpyFiles.bytes(NumpyFiles.COMPRESSED);
    for (int length = 1; length < whole.length; length += 7) {
      refuses(Arrays.copyOf(whole, length));
    }
    assertThrows(IOException.class, () -> Npz.read(folder.resolve("missing.npz")));
  }

  @Test
  void refusesEntriesThatAreNoArrays() throws IOException {
    refuses(zip("readme.txt", new byte[3]), "'readme.txt'", ".npy");
    refuses(zip("a.npy", new byte[3]), "a.npy", "does not begin with");
  }

  @Test
  void refusesArraysThatLie() throws IOException {
    byte[] array = NumpyFiles.bytes(NumpyFiles.FLOAT32);
    refuses(zip("a.npy", Arrays.copyOf(array, array.length + 8)), "a.npy", "the file has 32");
    byte[] huge = array.clone();
    int shape = new String(huge, StandardCharsets.ISO_8859_1).indexOf("(2, 3), }");
    byte[] claim = "(20000, 30000), }".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(claim, 0, huge, shape, claim.length);
    refuses(zip("a.npy", huge), "a.npy", "takes 2400000000 bytes, the file has 24");
  }

  @Test
  void refusesDirectoriesThatLie() throws IOException {
    byte[] array = NumpyFiles.bytes(NumpyFiles.FLOAT32);
    refuses(patched(zip("a.npy", array), UNPACKED_SIZE, 1 << 30), "a.npy", "claims 1073741824");
    refuses(patched(zip("a.npy", array), UNPACKED_SIZE, 160), "a.npy", "takes 24 bytes");
    refuses(patched(zip("a.npy", array), CHECKSUM, 1), "a.npy", "damaged");
    // Directory and header agree on more than there is.
    byte[] cut = Arrays.copyOf(array, array.length - 4);
    refuses(patched(zip("a.npy", cut), UNPACKED_SIZE, array.length), "a.npy");
  }

  @Test
  void refusesDamagedData() throws IOException {
    byte[] archive = zip("a.npy", NumpyFiles.bytes(NumpyFiles.INT32));
    int data = 30 + "a.npy".length();
    for (int i = data; i < data + 40; i++) {
      byte[] damaged = archive.clone();
      damaged[i] ^= 0x10;
      refuses(damaged);
    }
  }

  @Test
  void namesTheFileWhicheverByteIsWrong() throws IOException {
    byte[] archive = NumpyFiles.bytes(NumpyFiles.COMPRESSED);
    int refused = 0;
    for (int i = 0; i < archive.length; i++) {
      byte[] damaged = archive.clone();
      damaged[i] ^= (byte) 0xFF;
      Path file = file(damaged);
      try {
        Npz.read(file);
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e::toString);
        refused++;
      }
    }
    assertTrue(refused > archive.length / 2, refused + " of " + archive.length);
  }
}
