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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Reads what NumPy wrote, reads back what it writes itself, and refuses everything else with the
/// file's name.
class NpyTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.npy"), bytes);
  }

  private void reads(String base64, DType dtype, Shape shape, double... values) throws IOException {
    Tensor tensor = Npy.read(file(NumpyFiles.bytes(base64)));
    assertEquals(new TensorSpec(shape, dtype), tensor.spec());
    assertArrayEquals(values, tensor.toDoubles(), tensor::toString);
  }

  private void refuses(byte[] bytes, String... words) throws IOException {
    Path file = file(bytes);
    String message = assertThrows(IOException.class, () -> Npy.read(file)).getMessage();
    assertTrue(message.contains(file.toString()), message);
    for (String word : words) {
      assertTrue(message.contains(word), () -> "'" + word + "' is missing in: " + message);
    }
  }

  /// Returns a file of version 1 with this header and so many zero bytes of data.
  private static byte[] crafted(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(NumpyFiles.bytes(NumpyFiles.FLOAT32), 0, 8)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static String header(String type, String shape) {
    return "{'descr': '%s', 'fortran_order': False, 'shape': %s, }\n".formatted(type, shape);
  }

  @Test
  void readsTheTypesThatTensorsHave() throws IOException {
    double[] floats = {1.5, -2, Double.POSITIVE_INFINITY, Double.NaN, 0.1f, -0.0};
    reads(NumpyFiles.FLOAT32, DType.FLOAT32, Shape.of(2, 3), floats);
    reads(NumpyFiles.FLOAT64, DType.FLOAT64, Shape.of(3), 0.1, -1e300, Double.NaN);
    reads(NumpyFiles.INT32, DType.INT32, Shape.of(3, 1), 1, Integer.MIN_VALUE, Integer.MAX_VALUE);
    reads(NumpyFiles.BOOL, DType.BOOL, Shape.of(3), 1, 0, 1);
  }

  @Test
  void convertsTheTypesThatFit() throws IOException {
    reads(NumpyFiles.INT64, DType.INT32, Shape.of(3), Integer.MIN_VALUE, Integer.MAX_VALUE, 7);
    reads(NumpyFiles.UINT8, DType.INT32, Shape.of(4), 0, 127, 128, 255);
    reads(NumpyFiles.INT8, DType.INT32, Shape.of(3), -128, -1, 127);
    reads(NumpyFiles.INT16, DType.INT32, Shape.of(3), -32768, -2, 32767);
    reads(NumpyFiles.UINT16, DType.INT32, Shape.of(4), 0, 1, 32768, 65535);
    reads(NumpyFiles.BIG_UINT16, DType.INT32, Shape.of(1), 258);
    double[] halves = {1.5, -65504, 0x1p-24, Double.POSITIVE_INFINITY};
    reads(NumpyFiles.FLOAT16, DType.FLOAT32, Shape.of(4), halves);
  }

  @Test
  void readsEveryLayoutAndVersion() throws IOException {
    double[] counted = new double[24];
    Arrays.setAll(counted, i -> i);
    reads(NumpyFiles.COLUMN_MAJOR, DType.FLOAT32, Shape.of(2, 3, 4), counted);
    reads(NumpyFiles.BIG_FLOAT32, DType.FLOAT32, Shape.of(2), 1.5, -2);
    reads(NumpyFiles.BIG_INT64, DType.INT32, Shape.of(2), 1, -3);
    reads(NumpyFiles.SCALAR, DType.FLOAT64, Shape.SCALAR, 2.5);
    reads(NumpyFiles.EMPTY, DType.FLOAT32, Shape.of(2, 0, 3));
    double[] floats = {1.5, -2, Double.POSITIVE_INFINITY, Double.NaN, 0.1f, -0.0};
    reads(NumpyFiles.VERSION_2, DType.FLOAT32, Shape.of(2, 3), floats);
    reads(NumpyFiles.VERSION_3, DType.FLOAT32, Shape.of(2, 3), floats);
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    Tensor[] tensors = {
      Tensor.of(Shape.of(2, 1), Float.NaN, -0f),
      Tensor.of(Shape.of(1, 3), 0.1, -1e300, Double.MIN_VALUE),
      Tensor.of(Shape.of(2), Integer.MIN_VALUE, Integer.MAX_VALUE),
      Tensor.of(Shape.of(3), true, false, true),
      Tensor.scalar(0.1, DType.FLOAT64),
      Tensor.zeros(2, 0, 3),
      Tensor.range(100_000)
    };
    for (Tensor tensor : tensors) {
      Path file = folder.resolve("back.npy");
      Npy.write(file, tensor);
      Tensor back = Npy.read(file);
      assertEquals(tensor.spec(), back.spec());
      assertArrayEquals(tensor.toDoubles(), back.toDoubles());
      byte[] bytes = Files.readAllBytes(file);
      assertEquals(0, (10 + (bytes[8] & 0xFF)) % 64, "the data must begin at a multiple of 64");
    }
  }

  @Test
  void writesAsNumpyDoes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Npy.write(out, Tensor.of(Shape.of(3), 0.1, -1e300, Double.NaN));
    byte[] numpy = NumpyFiles.bytes(NumpyFiles.FLOAT64);
    assertEquals(numpy.length % 64, out.size() % 64);
    assertArrayEquals(
        Arrays.copyOfRange(numpy, numpy.length - 24, numpy.length),
        Arrays.copyOfRange(out.toByteArray(), out.size() - 24, out.size()));
  }

  @Test
  void refusesEveryTruncationAndExtraBytes() throws IOException {
    byte[] whole = NumpyFiles.bytes(NumpyFiles.FLOAT32);
    for (int length = 0; length < whole.length; length++) {
      refuses(Arrays.copyOf(whole, length));
    }
    refuses(Arrays.copyOf(whole, whole.length + 1), "takes 24 bytes, the file has 25");
  }

  @Test
  void refusesWhatIsNoSuchFile() throws IOException {
    byte[] magic = NumpyFiles.bytes(NumpyFiles.FLOAT32);
    magic[0] = 'P';
    refuses(magic, "does not begin with");
    byte[] version = NumpyFiles.bytes(NumpyFiles.FLOAT32);
    version[6] = 4;
    refuses(version, "version 4", "1 to 3");
  }

  @Test
  void refusesHeaderLengthsThatCannotBe() throws IOException {
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 17, 1000}) {
      byte[] bytes = NumpyFiles.bytes(NumpyFiles.VERSION_2);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, length);
      refuses(bytes, "the header claims " + Integer.toUnsignedString(length));
    }
  }

  @Test
  void refusesShapesThatCannotBe() throws IOException {
    refuses(crafted(header("<f4", "(65536, 65536)"), 0), "[65536, 65536]", "at most 2^31");
    refuses(crafted(header("<f4", "(2147483647, 2147483647, 2147483647)"), 0), "at most 2^31");
    refuses(crafted(header("<f8", "(99999999999,)"), 0), "99999999999", "too large");
    refuses(crafted(header("<f8", "(1000000000,)"), 8), "takes 8000000000 bytes, the file has 8");
    refuses(crafted(header("<f4", "(-1,)"), 4), "shape");
    refuses(crafted(header("<f4", "'no'"), 4), "shape");
  }

  @Test
  void refusesTypesThatTensorsLack() throws IOException {
    for (String type : new String[] {"O", "c8", "u4", "U1", "f16", "V4"}) {
      refuses(crafted(header("|" + type, "(1,)"), 4), "'" + type + "'", "convert");
    }
    String fields = header("<f4", "(1,)").replace("'<f4'", "[('a', '<f4')]");
    refuses(crafted(fields, 4), "descr");
    refuses(crafted("{}", 0), "descr");
  }

  @Test
  void refusesIntegersOutOfRange() throws IOException {
    byte[] bytes = NumpyFiles.bytes(NumpyFiles.INT64);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length - 8, 1L << 31);
    refuses(bytes, "2147483648", "INT32");
  }
}
