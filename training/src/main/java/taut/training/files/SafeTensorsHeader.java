package taut.training.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Holds the header of a `.safetensors` file, of which every claim has been checked.
///
/// The entries are in the order of their data, which they cover without gaps from the first byte to
/// the last one of the file.
record SafeTensorsHeader(
    long dataStart, Map<String, String> metadata, List<SafeTensorsEntry> entries) {
  /// What the reference implementation allows.
  static final int LONGEST = 100_000_000;

  static final String METADATA = "__metadata__";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Reads the header of a file and compares it with the length of the file.
  static SafeTensorsHeader read(FileChannel channel) throws IOException {
    long fileLength = channel.size();
    byte[] start = new FileSection(channel, 0, Long.BYTES).readNBytes(Long.BYTES);
    if (start.length < Long.BYTES) {
      throw new IOException("wants 8 bytes for the length of the header, got " + start.length);
    }
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long longest = Math.min(LONGEST, fileLength - Long.BYTES);
    if (length < 0 || length > longest) {
      throw new IOException(
          "wants a header of at most "
              + longest
              + " bytes, got a length of "
              + Long.toUnsignedString(length));
    }
    long dataStart = Long.BYTES + length;
    byte[] header = new FileSection(channel, Long.BYTES, dataStart).readNBytes((int) length);
    JsonNode root = parse(header);
    List<SafeTensorsEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(SafeTensorsEntry.of(field.getKey(), field.getValue()));
      }
    }
    // Of two tensors that begin together, the first one must be empty.
    entries.sort(
        Comparator.comparingLong(SafeTensorsEntry::begin).thenComparingLong(SafeTensorsEntry::end));
    checkCovered(entries, fileLength - dataStart);
    return new SafeTensorsHeader(dataStart, metadata(root), entries);
  }

  private static JsonNode parse(byte[] header) throws IOException {
    if (header.length == 0 || header[0] != '{') {
      throw new IOException(
          "wants a header that begins with '{', got "
              + (header.length == 0 ? "an empty one" : "the byte " + (header[0] & 0xFF)));
    }
    try {
      // Given bytes, the parser would guess among encodings.
      return JSON.readTree(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString());
    } catch (CharacterCodingException e) {
      throw new IOException("wants a header in UTF-8, got other bytes: " + e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new IOException("wants a header in JSON, got: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> metadata(JsonNode root) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!root.has(METADATA)) {
      return metadata;
    }
    if (!root.path(METADATA).isObject()) {
      throw new IOException(
          METADATA + ": wants an object, got " + SafeTensorsEntry.quote(root.path(METADATA)));
    }
    for (Map.Entry<String, JsonNode> field : root.path(METADATA).properties()) {
      if (!field.getValue().isTextual()) {
        throw new IOException(
            METADATA
                + " '"
                + field.getKey()
                + "': wants a string, got "
                + SafeTensorsEntry.quote(field.getValue()));
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private static void checkCovered(List<SafeTensorsEntry> entries, long dataLength)
      throws IOException {
    long covered = 0;
    for (SafeTensorsEntry entry : entries) {
      if (entry.begin() != covered || entry.end() > dataLength) {
        throw new IOException(
            ("tensor '%s': wants data that begin at %d, where those before end, within %d bytes,"
                    + " got the offsets [%d, %d]")
                .formatted(entry.name(), covered, dataLength, entry.begin(), entry.end()));
      }
      covered = entry.end();
    }
    if (covered != dataLength) {
      throw new IOException(
          "wants tensors that cover all data of " + dataLength + " bytes, got " + covered);
    }
  }
}
