package taut.training.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.opentest4j.TestAbortedException;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;

/// Reads golden files: inputs and the results that Keras and PyTorch give for them.
///
/// The files come from the folder in the system property `taut.golden`, or else from the test
/// resources. No test may depend on the order of the cases, on their number or on their shapes, so
/// that other files of the same form can be run.
final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FOLDER = System.getProperty("taut.golden", "");

  private Golden() {}

  /// Returns the cases of a file, named without its ending.
  static List<JsonNode> cases(String area) {
    List<JsonNode> cases = new ArrayList<>();
    read(area).get("cases").forEach(cases::add);
    return cases;
  }

  private static JsonNode read(String area) {
    try {
      if (!FOLDER.isBlank()) {
        return JSON.readTree(Files.readString(Path.of(FOLDER, area + ".json")));
      }
      String resource = "/golden/" + area + ".json";
      try (InputStream in = Golden.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("golden: there is no resource " + resource);
        }
        return JSON.readTree(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a test of each case of a file, and a last one that prints how many ran and fails if none
  /// did.
  ///
  /// @param test runs one case; it throws [#notCovered] for a case of something that Taut does not
  ///   have
  static Stream<DynamicTest> tests(String area, ThrowingConsumer<JsonNode> test) {
    return tests(area, cases(area), test);
  }

  /// Makes a test of each of the given cases, and a last one that prints how many ran and fails if
  /// none did.
  static Stream<DynamicTest> tests(
      String area, List<JsonNode> cases, ThrowingConsumer<JsonNode> test) {
    AtomicInteger ran = new AtomicInteger();
    SortedMap<String, Integer> missing = new TreeMap<>();
    Stream<DynamicTest> each =
        cases.stream()
            .map(json ->
                dynamicTest(
                    id(json),
                    () -> {
                      try {
                        test.accept(json);
                        ran.incrementAndGet();
                      } catch (NotCoveredException e) {
                        missing.merge(e.missing, 1, Integer::sum);
                        throw e;
                      }
                    }));
    DynamicTest last =
        dynamicTest(
            "some case of " + area + " ran",
            () -> {
              int count = missing.values().stream().mapToInt(Integer::intValue).sum();
              System.out.println(
                  "golden "
                      + area
                      + ": ran "
                      + ran
                      + ", not covered "
                      + count
                      + (missing.isEmpty() ? "" : ": " + missing));
              assertTrue(ran.get() > 0, "no case of " + area + " ran");
            });
    return Stream.concat(each, Stream.of(last));
  }

  /// Says that a case tests something that Taut does not have; the test is reported as skipped, and
  /// counted.
  static TestAbortedException notCovered(String missing) {
    return new NotCoveredException(missing);
  }

  private static final class NotCoveredException extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    private final String missing;

    NotCoveredException(String missing) {
      super("not covered: " + missing);
      this.missing = missing;
    }
  }

  /// Returns the name of a case.
  static String id(JsonNode json) {
    return json.get("id").asText();
  }

  /// Tells whether a member is missing or null.
  static boolean absent(JsonNode json, String member) {
    return !json.hasNonNull(member);
  }

  /// Makes a tensor of the element type in the file.
  static Tensor tensor(JsonNode json) {
    return tensor(json, dtype(json));
  }

  /// Makes a tensor, with its elements converted to a type.
  static Tensor tensor(JsonNode json, DType dtype) {
    return Tensor.of(shape(json), doubles(json.get("data"))).cast(dtype);
  }

  /// Returns the shape of an array.
  static Shape shape(JsonNode json) {
    return Shape.of(ints(json.get("shape")));
  }

  /// Returns the element type of an array.
  static DType dtype(JsonNode json) {
    return DType.valueOf(json.get("dtype").asText().toUpperCase(Locale.ROOT));
  }

  /// Returns a list of whole numbers.
  static int[] ints(JsonNode list) {
    int[] result = new int[list.size()];
    Arrays.setAll(result, i -> list.get(i).intValue());
    return result;
  }

  /// Returns a list of numbers, or a single one as a list.
  static double[] doubles(JsonNode list) {
    if (list.isNumber()) {
      return new double[] {list.doubleValue()};
    }
    double[] result = new double[list.size()];
    Arrays.setAll(result, i -> list.get(i).doubleValue());
    return result;
  }

  /// Fails unless shape and elements are as expected.
  ///
  /// @param expected an array, or a number for a scalar
  /// @param tol the tolerance of the case: |x - e| ≤ atol + rtol · |e|
  /// @param what the case and the value that is compared, for the message
  static void check(JsonNode expected, Tensor actual, JsonNode tol, String what) {
    if (expected.isNumber()) {
      check(expected.doubleValue(), actual.item(), tol, what);
      return;
    }
    assertEquals(shape(expected), actual.shape(), () -> what + ": shape");
    double[] wanted = doubles(expected.get("data"));
    double[] got = actual.toDoubles();
    for (int i = 0; i < wanted.length; i++) {
      int at = i;
      if (!close(wanted[i], got[i], tol)) {
        assertEquals(wanted[i], got[i], () -> what + ": element " + at + " " + tol);
      }
    }
  }

  /// Fails unless a number is as expected.
  static void check(double expected, double actual, JsonNode tol, String what) {
    if (!close(expected, actual, tol)) {
      assertEquals(expected, actual, () -> what + " " + tol);
    }
  }

  private static boolean close(double expected, double actual, JsonNode tol) {
    double allowed =
        tol.get("atol").doubleValue() + tol.get("rtol").doubleValue() * Math.abs(expected);
    return Math.abs(actual - expected) <= allowed;
  }
}
