package taut.training.files;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import taut.core.DType;
import taut.core.Tensor;
import taut.core.io.ElementType;

/// Writes the header of a `.safetensors` file, as [SafeTensorsHeader] reads it.
final class HeaderEncoder {
  private static final int ALIGNMENT = 8;

  /// F64, F32, I32, BOOL.
  private static final List<DType> ORDER =
      List.of(DType.FLOAT64, DType.FLOAT32, DType.INT32, DType.BOOL);

  private static final JsonMapper JSON = new JsonMapper();

  private HeaderEncoder() {}

  /// Returns the tensors in the order of the reference implementation: by element type, wide ones
  /// first, so that the elements of all are aligned; then by name, as bytes of UTF-8.
  static Map<String, Tensor> ordered(Map<String, Tensor> tensors) {
    Comparator<Map.Entry<String, Tensor>> byType =
        Comparator.comparingInt(entry -> ORDER.indexOf(entry.getValue().dtype()));
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    tensors.entrySet().stream()
        .sorted(byType.thenComparing(HeaderEncoder::bytes, Arrays::compareUnsigned))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  private static byte[] bytes(Map.Entry<String, Tensor> entry) {
    return entry.getKey().getBytes(StandardCharsets.UTF_8);
  }

  /// Returns the header of a file that is to be written, filled with blanks so that the data begin
  /// at a multiple of 8 bytes.
  static byte[] encode(Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject(SafeTensorsHeader.METADATA)::put);
    }
    long begin = 0;
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      if (named.getKey().equals(SafeTensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "safetensors: wants names other than "
                + SafeTensorsHeader.METADATA
                + ", got a tensor of that name");
      }
      Tensor tensor = named.getValue();
      long end = begin + (long) tensor.size() * ElementType.of(tensor.dtype()).bytes();
      ObjectNode entry = root.putObject(named.getKey()).put("dtype", name(tensor.dtype()));
      Arrays.stream(tensor.shape().toArray()).forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = utf8(JSON.writeValueAsString(root));
    if (json.length > SafeTensorsHeader.LONGEST) {
      throw new IOException(
          "wants a header of at most " + SafeTensorsHeader.LONGEST + " bytes, got " + json.length);
    }
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /// Encodes strictly: half of a surrogate pair would become '?', and two names the same.
  private static byte[] utf8(String json) throws IOException {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IOException(
          "wants names and metadata that are text, got half of a surrogate pair", e);
    }
  }

  private static String name(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case INT32 -> "I32";
      case BOOL -> "BOOL";
    };
  }
}
