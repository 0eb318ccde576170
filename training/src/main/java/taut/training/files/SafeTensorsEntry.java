package taut.training.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import taut.core.Shape;
import taut.core.io.ElementType;

/// Says what and where a tensor of a file is; offsets count from the first byte of the data.
record SafeTensorsEntry(String name, ElementType type, Shape shape, long begin, long end) {
  private static final int LONGEST_QUOTE = 80;

  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("F32", ElementType.FLOAT32),
          Map.entry("F64", ElementType.FLOAT64),
          Map.entry("F16", ElementType.FLOAT16),
          Map.entry("BF16", ElementType.BFLOAT16),
          Map.entry("I8", ElementType.INT8),
          Map.entry("U8", ElementType.UINT8),
          Map.entry("I16", ElementType.INT16),
          Map.entry("U16", ElementType.UINT16),
          Map.entry("I32", ElementType.INT32),
          Map.entry("I64", ElementType.INT64),
          Map.entry("BOOL", ElementType.BOOL));

  /// Returns what the header claims of one tensor, where that is possible at all.
  static SafeTensorsEntry of(String name, JsonNode claim) throws IOException {
    String where = "tensor '" + name + "'";
    JsonNode dtype = claim.path("dtype");
    JsonNode dims = claim.path("shape");
    JsonNode offsets = claim.path("data_offsets");
    if (!claim.isObject()
        || claim.size() != 3
        || !dtype.isTextual()
        || !dims.isArray()
        || !offsets.isArray()
        || offsets.size() != 2) {
      throw new IOException(
          where
              + ": wants {\"dtype\": string, \"shape\": [..], \"data_offsets\": [begin, end]}, got "
              + quote(claim));
    }
    ElementType type = TYPES.get(dtype.textValue());
    if (type == null) {
      throw new IOException(
          where
              + ": wants a dtype of "
              + TYPES.keySet().stream().sorted().toList()
              + ", got "
              + quote(dtype));
    }
    Shape shape = shape(where, dims);
    long begin = integer(where + " data_offsets", offsets.path(0), Long.MAX_VALUE);
    long end = integer(where + " data_offsets", offsets.path(1), Long.MAX_VALUE);
    // Neither side overflows: a shape has less than 2^31 elements, and both offsets are positive.
    long bytes = (long) shape.size() * type.bytes();
    if (end - begin != bytes) {
      throw new IOException(
          "%s: wants %d bytes for shape %s of %s, got the offsets [%d, %d]"
              .formatted(where, bytes, quote(dims), dtype.textValue(), begin, end));
    }
    return new SafeTensorsEntry(name, type, shape, begin, end);
  }

  private static Shape shape(String where, JsonNode claim) throws IOException {
    int[] dims = new int[claim.size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) integer(where + " shape", claim.path(i), Integer.MAX_VALUE);
    }
    try {
      return Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  private static long integer(String where, JsonNode claim, long largest) throws IOException {
    if (!claim.isIntegralNumber()
        || !claim.canConvertToLong()
        || claim.longValue() < 0
        || claim.longValue() > largest) {
      throw new IOException(
          where + ": wants an integer from 0 to " + largest + ", got " + quote(claim));
    }
    return claim.longValue();
  }

  /// Returns the JSON of a claim, cut where a hostile file would fill the message.
  static String quote(JsonNode claim) {
    String text = claim.toString();
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
