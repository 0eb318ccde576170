package taut.training.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import taut.core.Tensor;
import taut.core.io.AtomicFile;
import taut.core.io.TensorBytes;

/// Reads and writes `.safetensors` files: named tensors and a map of strings about them.
///
/// A file is the length of its header (8 bytes, little-endian), the header in JSON, and the
/// elements, little-endian and row-major, without gaps. Written are F32, F64, I32 and BOOL; F16 and
/// BF16 become FLOAT32 when read, and I8, U8, I16, U16 and I64 become INT32, where a value that
/// does not fit is an error. NaN and infinities pass unchanged.
///
/// Nothing that a file says of itself is believed: every size is compared with the length of the
/// file before memory is taken.
///
/// Source: the description of the format in the README of huggingface/safetensors; the order of
/// tensors and the alignment of written files are those of its `serialize`, so the same tensors
/// give the same bytes.
public final class SafeTensors {
  private SafeTensors() {}

  /// Reads all tensors of a file by name, in the order of their elements in the file.
  ///
  /// @throws IOException if it is no such file, is damaged, or holds what a tensor cannot
  public static Map<String, Tensor> read(Path file) throws IOException {
    return reading(
        file,
        channel -> {
          SafeTensorsHeader header = SafeTensorsHeader.read(channel);
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          for (SafeTensorsEntry entry : header.entries()) {
            tensors.put(entry.name(), read(channel, header.dataStart(), entry));
          }
          return tensors;
        });
  }

  /// Reads the strings that a file says about its tensors; there may be none.
  ///
  /// The whole header is checked as [#read] does; the elements are not read.
  ///
  /// @throws IOException if it is no such file or its header is damaged
  public static Map<String, String> metadata(Path file) throws IOException {
    return reading(file, channel -> SafeTensorsHeader.read(channel).metadata());
  }

  /// Writes tensors without metadata, in the order of [#write(Path, Map, Map)].
  ///
  /// @throws IllegalArgumentException if a tensor is named `__metadata__`
  /// @throws IOException if writing fails; a file that was there stays as it was
  public static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    write(file, tensors, Map.of());
  }

  /// Writes tensors, and strings about them: F64 first, then F32, I32 and BOOL, so that all
  /// elements are aligned, and by name among equals.
  ///
  /// @throws IllegalArgumentException if a tensor is named `__metadata__`
  /// @throws IOException if writing fails; a file that was there stays as it was
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Map<String, Tensor> ordered = HeaderEncoder.ordered(tensors);
    byte[] header;
    try {
      header = HeaderEncoder.encode(ordered, metadata);
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length);
    AtomicFile.write(
        file,
        out -> {
          out.write(length.array());
          out.write(header);
          for (Tensor tensor : ordered.values()) {
            TensorBytes.write(out, tensor);
          }
        });
  }

  private static Tensor read(FileChannel channel, long dataStart, SafeTensorsEntry entry)
      throws IOException {
    FileSection section =
        new FileSection(channel, dataStart + entry.begin(), dataStart + entry.end());
    try {
      return TensorBytes.read(section, entry.shape(), entry.type(), ByteOrder.LITTLE_ENDIAN);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("tensor '" + entry.name() + "': " + e.getMessage(), e);
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T from(FileChannel channel) throws IOException;
  }

  /// Opens a file and puts its name before the message of whatever goes wrong inside.
  private static <T> T reading(Path file, Reading<T> content) throws IOException {
    // A pipe would block, and a device has no length to compare with.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(file + ": wants a regular file, got a folder, pipe or device");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      try {
        return content.from(channel);
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }
  }
}
