package taut.training.datasets;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// Makes IDX files, right ones and wrong ones.
final class IdxFiles {
  private IdxFiles() {}

  static byte[] idx(int magic, int[] dims, byte[] elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(magic);
      for (int dim : dims) {
        out.writeInt(dim);
      }
      out.write(elements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] packed(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /// Writes the images and labels of one half of Fashion-MNIST; image i is of the single grey i.
  static void write(Path folder, String half, int images, int side, byte[] labels)
      throws IOException {
    byte[] pixels = new byte[images * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / (side * side));
    }
    Files.write(
        folder.resolve(half + "-images-idx3-ubyte.gz"),
        packed(idx(0x803, new int[] {images, side, side}, pixels)));
    Files.write(
        folder.resolve(half + "-labels-idx1-ubyte"), idx(0x801, new int[] {labels.length}, labels));
  }
}
