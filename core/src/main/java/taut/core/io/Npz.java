package taut.core.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import taut.core.Tensor;

/// Reads and writes NumPy's `.npz` files: a zip archive of named `.npy` files.
///
/// Nothing that the archive says of an array's size is believed before it is compared with the
/// length of the file, and the checksums are verified.
public final class Npz {
  private static final String SUFFIX = ".npy";

  /// The most that deflate can unpack one byte to (zlib's technical notes).
  private static final long LARGEST_EXPANSION = 1032;

  private Npz() {}

  /// Reads all arrays of a file by name, in the order of the archive.
  ///
  /// @throws IOException if it is no archive, is damaged, or holds what a tensor cannot
  public static Map<String, Tensor> read(Path file) throws IOException {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw new IOException(file + ": '" + name + "' is no array; all entries end in .npy");
        }
        Tensor array = read(zip, entry, Files.size(file));
        if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
          throw new IOException(file + ": there are two arrays '" + name + "'");
        }
      }
    } catch (ZipException | EOFException e) {
      throw new IOException(file + ": no .npz file, or a damaged one: " + e, e);
    }
    return arrays;
  }

  private static Tensor read(ZipFile zip, ZipEntry entry, long available) throws IOException {
    String name = zip.getName() + "!" + entry.getName();
    long packed = entry.getCompressedSize();
    if (packed > available || entry.getSize() > packed * LARGEST_EXPANSION) {
      throw new IOException(
          name
              + ": claims "
              + entry.getSize()
              + " bytes packed to "
              + packed
              + " in a file of "
              + available);
    }
    CRC32 checksum = new CRC32();
    try (InputStream unpacked = new BufferedInputStream(zip.getInputStream(entry));
        InputStream in = new CheckedInputStream(unpacked, checksum)) {
      Tensor array = Npy.read(in, entry.getSize(), name);
      if (in.read() >= 0 || checksum.getValue() != entry.getCrc()) {
        throw new IOException(name + ": is damaged: size or checksum is not what the archive says");
      }
      return array;
    } catch (ZipException | EOFException e) {
      throw new IOException(name + ": is damaged: " + e, e);
    }
  }

  /// Writes named arrays, compressed, in the order of the map.
  public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            zip.putNextEntry(new ZipEntry(array.getKey() + SUFFIX));
            Npy.write(zip, array.getValue());
            zip.closeEntry();
          }
          zip.finish();
        });
  }
}
