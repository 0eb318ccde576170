package taut.training.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.Shape;
import taut.core.Tensor;

/// Reads what was written, files built byte by byte, and files that lie.
class SafeTensorsTest {
  @TempDir private Path folder;

  /// What Python's `struct` and `json` make, laid out as the reference implementation does: header
  /// `__metadata__` {format: pt}, zeta F64 [] π, bias F32 [2], weight F32 [2, 2], step I32 [1],
  /// mask BOOL [3], filled up to a multiple of 8 bytes with blanks.
  private static final String OTHER_WRITER =
      """
      SAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJ6ZXRhIjp7ImR0eXBlIjoiRjY0Iiwic2hhcG
      UiOltdLCJkYXRhX29mZnNldHMiOlswLDhdfSwiYmlhcyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMl0sImRhdGFf
      b2Zmc2V0cyI6WzgsMTZdfSwid2VpZ2h0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDJdLCJkYXRhX29mZnNldH
      MiOlsxNiwzMl19LCJzdGVwIjp7ImR0eXBlIjoiSTMyIiwic2hhcGUiOlsxXSwiZGF0YV9vZmZzZXRzIjpbMzIsMzZd
      fSwibWFzayI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlszNiwzOV19fSAgICAgGC
      1EVPshCUAAAAA/AACAvwAAwD8AAADAAABAQAAAgH8HAAAAAQAB\
      """;

  @Test
  void readsAndWritesTheBytesOfAnotherWriter() throws IOException {
    byte[] theirs = Base64.getMimeDecoder().decode(OTHER_WRITER);
    Path file = Files.write(folder.resolve("theirs.safetensors"), theirs);
    Map<String, Tensor> read = SafeTensors.read(file);
    assertEquals(List.of("zeta", "bias", "weight", "step", "mask"), List.copyOf(read.keySet()));
    assertSame(Tensor.scalar(Math.PI, DType.FLOAT64), read.get("zeta"));
    assertSame(Tensor.vector(0.5f, -1), read.get("bias"));
    Tensor weight = Tensor.of(Shape.of(2, 2), 1.5f, -2, 3, Float.POSITIVE_INFINITY);
    assertSame(weight, read.get("weight"));
    assertSame(Tensor.of(Shape.of(1), 7), read.get("step"));
    assertSame(Tensor.of(Shape.of(3), true, false, true), read.get("mask"));
    assertEquals(Map.of("format", "pt"), SafeTensors.metadata(file));

    Map<String, Tensor> byName = new TreeMap<>(read);
    Path ours = folder.resolve("ours.safetensors");
    SafeTensors.write(ours, byName, Map.of("format", "pt"));
    assertArrayEquals(theirs, Files.readAllBytes(ours));
  }

  @Test
  void ordersNamesByTheirBytes() throws IOException {
    // U+FF5E stands before U+10400 in UTF-8, after its surrogates in UTF-16.
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : List.of("\ud801\udc00", "\uff5e", "b", "B")) {
      tensors.put(name, Tensor.scalar(1));
    }
    Path file = folder.resolve("names.safetensors");
    SafeTensors.write(file, tensors);
    assertEquals(
        List.of("B", "b", "\uff5e", "\ud801\udc00"), List.copyOf(SafeTensors.read(file).keySet()));
  }

  @Test
  void returnsWhatWasWritten() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("truth", Tensor.of(Shape.of(3), true, false, true));
    tensors.put("empty", Tensor.zeros(2, 0));
    tensors.put("double", Tensor.of(Shape.of(2), Math.PI, Double.NEGATIVE_INFINITY));
    tensors.put("scalar", Tensor.scalar(-1.5));
    tensors.put("ganzzahl ü\"", Tensor.of(Shape.of(1, 2), Integer.MIN_VALUE, Integer.MAX_VALUE));
    tensors.put("float", Tensor.of(Shape.of(2, 2), 1f, Float.NaN, -0f, Float.MIN_VALUE));
    tensors.put("uniform", Tensor.full(Shape.of(5), 2, DType.FLOAT32));
    Path file = folder.resolve("all.safetensors");

    SafeTensors.write(file, tensors);

    Map<String, Tensor> read = SafeTensors.read(file);
    List<String> wideOnesFirst =
        List.of("double", "empty", "float", "scalar", "uniform", "ganzzahl ü\"", "truth");
    assertEquals(wideOnesFirst, List.copyOf(read.keySet()));
    for (Map.Entry<String, Tensor> written : tensors.entrySet()) {
      assertSame(written.getValue(), read.get(written.getKey()));
    }
    assertEquals(Map.of(), SafeTensors.metadata(file));
    assertEquals(0, ByteBuffer.wrap(Files.readAllBytes(file)).get(0) % 8);
  }

  private static void assertSame(Tensor wanted, Tensor got) {
    assertEquals(wanted.shape(), got.shape());
    assertEquals(wanted.dtype(), got.dtype());
    assertArrayEquals(wanted.toDoubles(), got.toDoubles());
  }

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    Path file = folder.resolve("bytes.safetensors");
    SafeTensors.write(file, Map.of("a", Tensor.vector(1)));
    String json = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    String padded = json + " ".repeat(-json.length() & 7);
    assertArrayEquals(bytes(padded, 0, 0, 0x80, 0x3F), Files.readAllBytes(file));
  }

  @Test
  void writesNoTensorsAtAll() throws IOException {
    Path file = folder.resolve("none.safetensors");
    SafeTensors.write(file, Map.of());
    assertArrayEquals(bytes("{}      "), Files.readAllBytes(file));
    assertEquals(Map.of(), SafeTensors.read(file));
  }

  @Test
  void keepsMetadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "pt");
    metadata.put("Grüße", "line\n\"two\"");
    Path file = folder.resolve("metadata.safetensors");
    SafeTensors.write(file, Map.of("a", Tensor.scalar(1)), metadata);
    assertEquals(metadata, SafeTensors.metadata(file));
    assertEquals(1, SafeTensors.read(file).size());
  }

  @Test
  void ordersTensorsByTheirData() throws IOException {
    Path file =
        file(
            """
            {"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]},
             "a":{"dtype":"I16","shape":[],"data_offsets":[0,2]},
             "none":{"dtype":"F64","shape":[0,7],"data_offsets":[0,0]}}   \
            """,
            0xFE,
            0xFF,
            0xFF);
    Map<String, Tensor> read = SafeTensors.read(file);
    assertEquals(List.of("none", "a", "b"), List.copyOf(read.keySet()));
    assertSame(Tensor.scalar(-2, DType.INT32), read.get("a"));
    assertSame(Tensor.of(Shape.of(1), 255), read.get("b"));
  }

  @ParameterizedTest
  @CsvSource({
    "F16, 00 3E, 1.5, FLOAT32",
    "BF16, 20 C0, -2.5, FLOAT32",
    "F32, 00 00 20 C0, -2.5, FLOAT32",
    "F64, 00 00 00 00 00 00 E0 3F, 0.5, FLOAT64",
    "I8, 80, -128, INT32",
    "U8, 80, 128, INT32",
    "I16, 00 80, -32768, INT32",
    "U16, 00 80, 32768, INT32",
    "I32, 00 00 00 80, -2147483648, INT32",
    "I64, FF FF FF FF FF FF FF FF, -1, INT32",
    "BOOL, 01, 1, BOOL"
  })
  void readsEveryType(String type, String hex, double value, DType dtype) throws IOException {
    int[] data =
        Arrays.stream(hex.split(" ")).mapToInt(part -> Integer.parseInt(part, 16)).toArray();
    Tensor read = SafeTensors.read(file(tensor(type, "[]", 0, data.length), data)).get("a");
    assertSame(Tensor.scalar(value, dtype), read);
  }

  /// Each line is a header, the bytes of data that follow it, and what the message must say.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                     | 0 | an empty one
          [1]                                                    | 0 | begins with '{'
          ' {}'                                                  | 0 | the byte 32
          {                                                      | 0 | in JSON
          {} {}                                                  | 0 | in JSON
          {}                                                     | 1 | cover all data of 1 bytes, got 0
          {"a":1}                                                | 0 | tensor 'a': wants {
          {"a":null}                                             | 0 | tensor 'a': wants {
          {"a":{"dtype":"F32","shape":[1]}}                      | 4 | tensor 'a': wants {
          {"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}     | 4 | tensor 'a': wants {
          {"a":{"dtype":"F32","shape":4,"data_offsets":[0,4]}}   | 4 | tensor 'a': wants {
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}   | 4 | tensor 'a': wants {
          {"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"x":1}} | 4 | tensor 'a': wants {
          {"a":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}  | 4 | got "F8"
          {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}} | 4 | got 1.0
          {"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}} | 4 | got "1"
          {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | 4 | got -1
          {"a":{"dtype":"F32","shape":[4294967297],"data_offsets":[0,4]}} | 4 | got 4294967297
          {"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,0]}} | 0 | at most 2^31
          {"a":{"dtype":"F64","shape":[2147483000],"data_offsets":[0,8]}} | 8 | wants 17179864000 bytes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4e0]}} | 4 | got 4.0
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,true]}} | 4 | got true
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | 4 | got -4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551620]}} | 4 | got 18446744073709551620
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}} | 4 | got the offsets [4, 0]
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4 | wants 8 bytes
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | 4 | within 4 bytes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 5 | cover all data of 5 bytes, got 4
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}  | 2 | begin at 0
          {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}} | 3 | tensor 'b': wants data that begin at 2
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}} | 3 | tensor 'b': wants data that begin at 1
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}} | 1 | tensor 'b': wants data that begin at 1
          {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}} | 2 | Duplicate
          {"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}} | 1 | Duplicate
          {"__metadata__":{"k":"1","k":"2"}}                     | 0 | Duplicate
          {"__metadata__":"k"}                                   | 0 | __metadata__: wants an object
          {"__metadata__":{"k":1}}                               | 0 | __metadata__ 'k': wants a string
          """)
  void refusesAnUntrueHeader(String header, int dataLength, String message) throws IOException {
    Path file = file(header, new int[dataLength]);
    assertRefused(file, message);
    assertTrue(
        assertThrows(IOException.class, () -> SafeTensors.metadata(file))
            .getMessage()
            .contains(message));
  }

  @Test
  void refusesAnUntrueLength() throws IOException {
    Path file = folder.resolve("hostile.safetensors");
    Files.write(file, new byte[] {2, 0, 0});
    assertRefused(file, "wants 8 bytes for the length of the header, got 3");
    Files.write(file, withLength(3, "{}".getBytes(StandardCharsets.UTF_8)));
    assertRefused(file, "at most 2 bytes, got a length of 3");
    Files.write(file, withLength(-1, new byte[2]));
    assertRefused(file, "at most 2 bytes, got a length of 18446744073709551615");
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(withLength(100_000_001, new byte[0])));
      channel.position(200_000_000);
      channel.write(ByteBuffer.wrap(new byte[1]));
    }
    assertRefused(file, "at most 100000000 bytes, got a length of 100000001");
  }

  @Test
  void refusesOtherEncodingsAndDeepNesting() throws IOException {
    Path file = folder.resolve("hostile.safetensors");
    Files.write(file, withLength(4, "{}".getBytes(StandardCharsets.UTF_16LE)));
    assertRefused(file, "in JSON");
    Files.write(file, withLength(3, new byte[] {'{', (byte) 0xFF, '}'}));
    assertRefused(file, "in UTF-8");
    assertRefused(file("{\"a\":" + "[".repeat(100_000)), "in JSON");
  }

  @Test
  void refusesIntegersThatDoNotFit() throws IOException {
    Path file = file(tensor("I64", "[1]", 0, 8), 0, 0, 0, 0x80, 0, 0, 0, 0);
    assertRefused(file, "tensor 'a': the 64-bit integer 2147483648 does not fit INT32");
  }

  @Test
  void refusesWhatIsNoFile() {
    assertRefused(folder, "wants a regular file");
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> SafeTensors.read(missing));
  }

  @Test
  void leavesTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("old.safetensors");
    SafeTensors.write(file, Map.of("a", Tensor.vector(1, 2)));
    byte[] old = Files.readAllBytes(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("good", Tensor.vector(3));
    try (MemoryScope _ = MemoryScope.open()) {
      tensors.put("released", Tensor.vector(4).add(Tensor.vector(5)));
    }

    assertThrows(IllegalStateException.class, () -> SafeTensors.write(file, tensors));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafeTensors.write(file, Map.of("__metadata__", Tensor.scalar(1))));

    assertArrayEquals(old, Files.readAllBytes(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void refusesToWriteNamesThatAreNoText() {
    Path file = folder.resolve("surrogate.safetensors");
    Map<String, Tensor> tensors = Map.of("\ud800", Tensor.scalar(1));
    IOException refusal = assertThrows(IOException.class, () -> SafeTensors.write(file, tensors));
    assertTrue(String.valueOf(refusal.getMessage()).startsWith(file + ": "));
    assertTrue(Files.notExists(file));
  }

  private static void assertRefused(Path file, String message) {
    IOException refusal = assertThrows(IOException.class, () -> SafeTensors.read(file));
    String got = String.valueOf(refusal.getMessage());
    assertTrue(got.startsWith(file + ": "), got);
    assertTrue(got.contains(message), got);
  }

  private static String tensor(String type, String shape, int begin, int end) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}}"
        .formatted(type, shape, begin, end);
  }

  private Path file(String header, int... data) throws IOException {
    return Files.write(folder.resolve("built.safetensors"), bytes(header, data));
  }

  private static byte[] bytes(String header, int... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] rest = Arrays.copyOf(json, json.length + data.length);
    for (int i = 0; i < data.length; i++) {
      rest[json.length + i] = (byte) data[i];
    }
    return withLength(json.length, rest);
  }

  private static byte[] withLength(long length, byte[] rest) {
    return ByteBuffer.allocate(Long.BYTES + rest.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(rest)
        .array();
  }
}
