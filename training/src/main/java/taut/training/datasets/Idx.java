package taut.training.datasets;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// The contents of an IDX file, the format of the MNIST data sets, holding unsigned bytes.
///
/// The file is: two zero bytes, the element type (8, unsigned byte), the number of axes, the size
/// of each axis as a big-endian 32-bit integer, the elements in row-major order. It may be packed
/// with gzip. Nothing the header says is believed before it is compared with the length of the
/// file, so a damaged or hostile header takes no memory.
///
/// @param dims the sizes of the axes
/// @param bytes the elements
record Idx(int[] dims, byte[] bytes) {
  private static final int UNSIGNED_BYTE = 8;

  /// The most that deflate, and so gzip, can unpack one byte to (zlib's technical notes).
  private static final long LARGEST_EXPANSION = 1032;

  /// Reads a file, packed or not.
  ///
  /// @throws IOException if the file is not an IDX file of unsigned bytes with `rank` axes, or is
  ///   shorter or longer than its header says; the message names the file
  static Idx read(Path file, int rank) throws IOException {
    boolean packed = isPacked(file);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        DataInputStream in = new DataInputStream(packed ? new GZIPInputStream(raw) : raw)) {
      int magic = in.readInt();
      int wanted = UNSIGNED_BYTE << 8 | rank;
      if (magic != wanted) {
        throw fault(
            file, String.format("wants the magic number 0x%08x, got 0x%08x", wanted, magic));
      }
      int[] dims = new int[rank];
      for (int i = 0; i < rank; i++) {
        dims[i] = in.readInt();
      }
      byte[] bytes = in.readNBytes(checkedSize(file, packed, dims));
      int size = Math.toIntExact(product(dims));
      if (bytes.length != size || in.read() != -1) {
        throw fault(
            file,
            "the header says "
                + Arrays.toString(dims)
                + ", "
                + size
                + " bytes, and the file has "
                + (bytes.length < size ? "only " + bytes.length : "more"));
      }
      return new Idx(dims, bytes);
    } catch (EOFException e) {
      throw new IOException("idx file " + file + ": ends within the header or a packed block", e);
    }
  }

  private static boolean isPacked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      return start.length == 2 && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B;
    }
  }

  private static int checkedSize(Path file, boolean packed, int[] dims) throws IOException {
    long length = Files.size(file);
    long most = packed ? length * LARGEST_EXPANSION : length - 4 - 4L * dims.length;
    long size = product(dims);
    if (size < 0 || size > most || size > Integer.MAX_VALUE - 64) {
      throw fault(
          file,
          "the header says "
              + Arrays.toString(dims)
              + ", which a file of "
              + length
              + " bytes cannot hold");
    }
    return (int) size;
  }

  /// Returns the number of elements, or -1 where an axis is negative or the number leaves the long
  /// range.
  private static long product(int[] dims) {
    long product = 1;
    for (int dim : dims) {
      if (dim < 0 || Math.multiplyHigh(product, dim) != 0 || product * dim < 0) {
        return -1;
      }
      product *= dim;
    }
    return product;
  }

  private static IOException fault(Path file, String what) {
    return new IOException("idx file " + file + ": " + what);
  }
}
