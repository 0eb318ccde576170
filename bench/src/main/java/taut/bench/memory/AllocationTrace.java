package taut.bench.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/// Hears of every object that Taut's code allocates on the current thread, with its class and
/// place.
///
/// The JVM's Flight Recorder tells of allocations outside the buffer from which a thread usually
/// takes small objects, so the JVM must run without such buffers ([#FLAGS]). Then none is missed,
/// in the interpreter as in compiled code.
///
/// Vectors are left out: until C2 has compiled a kernel, the Vector API makes an object and an
/// array for each of them, and neither afterwards.
final class AllocationTrace {
  /// What the JVM must be started with. Without escape analysis no compiler hides what the code
  /// asks for.
  static final List<String> FLAGS =
      List.of("-XX:-UseTLAB", "-XX:-DoEscapeAnalysis", "-Xmn1g", "-Xmx2g");

  private static final String EVENT = "jdk.ObjectAllocationOutsideTLAB";
  private static final String BYTES = "[B";
  private static final String OURS = "taut.";
  private static final String VECTORS = "jdk.incubator.vector.";

  /// How many methods of Taut a place names.
  private static final int DEPTH = 4;

  private final Recording recording = new Recording();
  private final String thread = Thread.currentThread().getName();

  private AllocationTrace() {
    recording.enable(EVENT).withStackTrace();
    recording.start();
  }

  /// Begins to listen to the current thread.
  static AllocationTrace start() {
    return new AllocationTrace();
  }

  /// Tells whether this JVM was started with [#FLAGS], so that a trace hears something.
  static boolean works() {
    AllocationTrace trial = start();
    Allocation made = Allocation.trial();
    return trial.stop().stream().anyMatch(a -> a.type().equals(made.getClass().getName()));
  }

  /// Ends the trace and returns what was allocated, the most bytes first.
  List<Allocation> stop() {
    recording.stop();
    try {
      Path file = Files.createTempFile("allocations", ".jfr");
      try {
        recording.dump(file);
        return read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("allocation trace: the recording cannot be read", e);
    } finally {
      recording.close();
    }
  }

  private List<Allocation> read(Path file) throws IOException {
    Map<String, Allocation> found = new HashMap<>();
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        RecordedEvent event = events.readEvent();
        String type = event.getClass("objectClass").getName();
        String place = type.equals(BYTES) && asksForNothing(event) ? "" : place(event);
        if (!place.isEmpty()) {
          found.merge(
              type + place,
              new Allocation(type, place, 1, event.getLong("allocationSize")),
              (a, b) -> new Allocation(type, place, a.count() + 1, a.bytes() + b.bytes()));
        }
      }
    }
    return found.values().stream()
        .sorted(Comparator.comparingLong(Allocation::bytes).reversed())
        .toList();
  }

  /// Tells whether the JVM itself made an array of bytes, the name of a class that it loads, while
  /// a method of Taut ran: ours read and write files, but not in a step.
  private static boolean asksForNothing(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    return trace != null
        && !trace.getFrames().isEmpty()
        && trace.getFrames().getFirst().getMethod().getType().getName().startsWith(OURS);
  }

  /// Returns the methods that asked for an object: the innermost, then those of Taut; nothing if it
  /// is a vector, or this trace's own.
  private String place(RecordedEvent event) {
    RecordedStackTrace trace = event.getStackTrace();
    if (trace == null || !event.getThread().getJavaName().equals(thread)) {
      return "";
    }
    StringBuilder place = new StringBuilder();
    int depth = 0;
    for (RecordedFrame frame : trace.getFrames()) {
      String type = frame.getMethod().getType().getName();
      boolean ours = type.startsWith(OURS);
      if (depth == 0
          && (type.startsWith(VECTORS) || type.equals(AllocationTrace.class.getName()))) {
        return "";
      }
      if (place.isEmpty() || (ours && depth < DEPTH)) {
        place
            .append(place.isEmpty() ? "" : " < ")
            .append(type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName())
            .append(":" + frame.getLineNumber());
      }
      depth += ours ? 1 : 0;
    }
    return depth == 0 ? "" : place.toString();
  }
}
