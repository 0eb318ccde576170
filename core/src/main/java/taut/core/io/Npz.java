package taut.core.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import taut.core.Tensor;

/// Reads and writes NumPy's `.npz` files: a zip archive of named `.npy` files.
public final class Npz {
  private static final String SUFFIX = ".npy";

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
        try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
          Tensor array = Npy.read(in, entry.getSize(), file + "!" + name);
          arrays.put(name.substring(0, name.length() - SUFFIX.length()), array);
        }
      }
    }
    return arrays;
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
