package taut.training.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/// A file that somebody publishes packed with gzip, and how to know that it is the right one.
///
/// The checksum is that of the contents: two packings of one file differ in their gzip headers.
///
/// @param name the file name without `.gz`
/// @param size the number of bytes, unpacked
/// @param sha256 the SHA-256 checksum of the unpacked bytes, in hexadecimal
record PublishedFile(String name, long size, String sha256) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CHUNK = 1 << 16;

  /// Returns the name under which the file is published.
  String packedName() {
    return name + ".gz";
  }

  /// Downloads the file into a folder; it appears there complete and checked, or not at all.
  ///
  /// @param base the address of the folder that holds the packed file, ending in a slash
  /// @return where it is
  /// @throws IOException if the place cannot be reached, does not have the file, or has another one
  Path download(URI base, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, name, ".part");
    try {
      fetch(base.resolve(packedName()), temporary);
      check(temporary);
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      return Files.move(temporary, folder.resolve(packedName()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void fetch(URI address, Path into) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      HttpResponse<InputStream> response =
          client.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("answered with status " + response.statusCode());
        }
        copyAtMost(size, body, into);
      }
    }
  }

  /// Copies a stream that should be shorter than `limit`, since packing a file does not make it
  /// longer.
  private static void copyAtMost(long limit, InputStream from, Path into) throws IOException {
    try (var out = Files.newOutputStream(into)) {
      byte[] chunk = new byte[CHUNK];
      long copied = 0;
      for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
        copied += n;
        if (copied > limit) {
          throw new IOException("sent more than the " + limit + " bytes the file may have");
        }
        out.write(chunk, 0, n);
      }
    }
  }

  private void check(Path packed) throws IOException {
    MessageDigest digest = sha256Digest();
    long unpacked = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), CHUNK)) {
      byte[] chunk = new byte[CHUNK];
      for (int n = in.read(chunk); n >= 0 && unpacked <= size; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
        unpacked += n;
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (unpacked != size || !found.equals(sha256)) {
      throw new IOException(
          "sent another file: wants "
              + size
              + " bytes with SHA-256 "
              + sha256
              + ", got "
              + (unpacked > size ? "more" : unpacked + " bytes with " + found));
    }
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
