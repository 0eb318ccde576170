package taut.core.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import taut.core.Shape;
import taut.core.Tensor;

/// Reads and writes NumPy's `.npy` files, one array each.
///
/// A file is a magic string, a version, a header in Python's notation and the elements. Reading
/// accepts versions 1 to 3, either byte order, either axis order, and the types of [ElementType];
/// objects, which NumPy would unpickle, are refused. Sizes are checked against the file before
/// memory is taken.
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])(\\w+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([\\d,\\sL]*)\\)");

  private Npy() {}

  /// Reads a file.
  ///
  /// @throws IOException if it is no such file, is damaged, or holds what a tensor cannot
  public static Tensor read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(in, Files.size(file), file.toString());
    }
  }

  /// Writes a file, little-endian and row-major.
  public static void write(Path file, Tensor tensor) throws IOException {
    AtomicFile.write(file, out -> write(out, tensor));
  }

  /// Reads an array from a stream of the given length.
  static Tensor read(InputStream in, long length, String name) throws IOException {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw new IOException(name + ": no .npy file: it does not begin with \\x93NUMPY");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw new IOException(name + ": .npy version " + version + " is not known, wants 1 to 3");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] size = Arrays.copyOf(in.readNBytes(lengthBytes), 4);
    int headerLength = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt();
    long dataLength = length - 8 - lengthBytes - headerLength;
    if (headerLength < 0 || headerLength > LONGEST_HEADER || dataLength < 0) {
      throw new IOException(
          name
              + ": the header claims "
              + Integer.toUnsignedString(headerLength)
              + " bytes, wants at most "
              + LONGEST_HEADER
              + " and no more than the file has");
    }
    String header = new String(in.readNBytes(headerLength), StandardCharsets.UTF_8);
    return readData(in, header, dataLength, name);
  }

  private static Tensor readData(InputStream in, String header, long available, String name)
      throws IOException {
    Matcher type = find(TYPE, header, name);
    ElementType element =
        ElementType.find(type.group(2))
            .orElseThrow(() ->
                new IOException(
                    name
                        + ": elements of type '"
                        + type.group(2)
                        + "' are not supported; convert them to float32, float64, int32 or"
                        + " bool"));
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    boolean columnMajor = find(ORDER, header, name).group(1).equals("True");
    int[] dims = dims(find(SHAPE, header, name).group(1), name);
    try {
      long bytes = (long) Shape.of(dims).size() * element.bytes();
      if (bytes != available) {
        throw new IOException(
            name
                + ": shape "
                + Arrays.toString(dims)
                + " of "
                + element
                + " takes "
                + bytes
                + " bytes, the file has "
                + available);
      }
      if (!columnMajor) {
        return TensorBytes.read(in, Shape.of(dims), element, order);
      }
      int[] reversed =
          IntStream.range(0, dims.length).map(i -> dims[dims.length - 1 - i]).toArray();
      return TensorBytes.read(in, Shape.of(reversed), element, order).transpose();
    } catch (IllegalArgumentException e) {
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  private static Matcher find(Pattern pattern, String header, String name) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException(name + ": the header has no " + pattern + ": " + header.strip());
    }
    return matcher;
  }

  private static int[] dims(String text, String name) throws IOException {
    try {
      return Pattern.compile(",")
          .splitAsStream(text.replace("L", ""))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .mapToInt(Integer::parseInt)
          .toArray();
    } catch (NumberFormatException e) {
      throw new IOException(name + ": a size in the shape (" + text + ") is too large", e);
    }
  }

  /// Writes an array to a stream.
  static void write(OutputStream out, Tensor tensor) throws IOException {
    ElementType type = ElementType.of(tensor.dtype());
    String shape =
        Arrays.stream(tensor.shape().toArray())
            .mapToObj(dim -> dim + ",")
            .collect(Collectors.joining(" ", "(", ")"));
    String header =
        "{'descr': '%s%s', 'fortran_order': False, 'shape': %s, }"
            .formatted(type.bytes() == 1 ? "|" : "<", type.code(), shape);
    // The data begin at a multiple of 64 bytes; the header is filled with blanks and ends in a line
    // feed.
    int length = Math.ceilDiv(10 + header.length() + 1, ALIGNMENT) * ALIGNMENT - 10;
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) length, (byte) (length >>> 8)});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(" ".repeat(length - header.length() - 1).getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
    TensorBytes.write(out, tensor);
  }
}
