package taut.bench.memory;

/// Objects of one class that were allocated at one place.
///
/// @param type the name of the class as the JVM writes it, such as `[I` for `int[]`
/// @param place the method and its callers, the innermost first
/// @param count how many there were
/// @param bytes their sizes
public record Allocation(String type, String place, long count, long bytes) {
  /// Tells whether they are arrays.
  public boolean isArray() {
    return type.startsWith("[");
  }

  /// Makes one, for whoever wants to know whether it is heard of.
  static Allocation trial() {
    return new Allocation("", "", 0, 0);
  }
}
