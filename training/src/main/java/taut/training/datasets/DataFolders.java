package taut.training.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the files of a data set may be.
///
/// @param property the system property that names a folder; where it is set, nothing else is tried
/// @param installed the folder of the operating system's package
/// @param cache the folder for downloads
/// @param source the address to download from
/// @param remedy what to do when the files are nowhere
record DataFolders(String property, Path installed, Path cache, URI source, String remedy) {
  private static final System.Logger LOG = System.getLogger("taut.training.datasets");

  /// Returns the path of a file, which may be packed; downloads it if no folder has it.
  ///
  /// @throws UncheckedIOException if it cannot be had; the message names all that was tried and the
  ///   remedy
  Path find(PublishedFile file) {
    Optional<Path> chosen = Optional.ofNullable(System.getProperty(property)).map(Path::of);
    if (chosen.isPresent()) {
      return in(chosen.get(), file)
          .orElseThrow(() ->
              missing(
                  file,
                  List.of("folder " + chosen.get() + ", which -D" + property + " names"),
                  null));
    }
    return in(installed, file).or(() -> in(cache, file)).orElseGet(() -> download(file));
  }

  private static Optional<Path> in(Path folder, PublishedFile file) {
    return List.of(file.packedName(), file.name()).stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private Path download(PublishedFile file) {
    URI address = source.resolve(file.packedName());
    LOG.log(System.Logger.Level.INFO, "downloading {0} into {1}", address, cache);
    List<String> tried = new ArrayList<>();
    tried.add("-D" + property + " (not set)");
    tried.add("folder " + installed);
    tried.add("folder " + cache);
    try {
      return file.download(source, cache);
    } catch (IOException e) {
      tried.add(address + " (" + reason(e) + ")");
      throw missing(file, tried, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      tried.add(address + " (interrupted)");
      throw missing(file, tried, e);
    }
  }

  /// Returns an exception's message, or its kind: a refused connection has no message.
  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private UncheckedIOException missing(
      PublishedFile file, List<String> tried, @Nullable Exception cause) {
    String message =
        "data set: no "
            + file.packedName()
            + " or "
            + file.name()
            + " in any of:\n  - "
            + String.join("\n  - ", tried)
            + "\n"
            + remedy;
    NoSuchFileException missing = new NoSuchFileException(file.packedName());
    if (cause != null) {
      missing.initCause(cause);
    }
    return new UncheckedIOException(message, missing);
  }
}
