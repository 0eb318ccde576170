package taut.core.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Moves elements between tensors and streams, a block at a time.
public final class TensorBytes {
  private static final int BLOCK = 1 << 16;

  private TensorBytes() {}

  /// Reads a tensor's elements in row-major order.
  ///
  /// @throws EOFException if the stream ends before the last element
  public static Tensor read(InputStream in, Shape shape, ElementType type, ByteOrder order)
      throws IOException {
    Tensor result = Tensor.allocate(new TensorSpec(shape, type.dtype()));
    Storage storage = result.storage();
    byte[] block = new byte[BLOCK];
    int perBlock = BLOCK / type.bytes();
    for (int i = 0; i < storage.length(); ) {
      int count = Math.min(perBlock, storage.length() - i);
      int wanted = count * type.bytes();
      if (in.readNBytes(block, 0, wanted) < wanted) {
        throw new EOFException("the data end before element " + (i + count) + " of " + shape);
      }
      ByteBuffer buffer = ByteBuffer.wrap(block).order(order);
      for (int end = i + count; i < end; i++) {
        storage.set(i, type.read(buffer));
      }
    }
    return result;
  }

  /// Writes a tensor's elements in row-major order, little-endian.
  public static void write(OutputStream out, Tensor tensor) throws IOException {
    ElementType type = ElementType.of(tensor.dtype());
    Storage storage = tensor.storage();
    byte[] block = new byte[BLOCK];
    int perBlock = BLOCK / type.bytes();
    for (int i = 0; i < storage.length(); ) {
      ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
      for (int end = Math.min(storage.length(), i + perBlock); i < end; i++) {
        type.write(buffer, storage.get(i));
      }
      out.write(block, 0, buffer.position());
    }
  }
}
