package taut.core;

/// Holds the elements of one or more tensors: a Java array, where the elements start in it, and a
/// version.
///
/// The version counts in-place changes. A tensor remembers the version it was made at, so a value
/// that was overwritten or released since is found out when it is touched, instead of being wrong
/// in silence.
public abstract sealed class Storage
    permits FloatStorage, DoubleStorage, IntStorage, BooleanStorage {
  private static final int RELEASED = -1;

  private final int length;
  private int version;

  Storage(int length) {
    this.length = length;
  }

  /// Returns the number of elements.
  public final int length() {
    return length;
  }

  /// Returns the element type.
  public abstract DType dtype();

  /// Returns an element as a double, which is exact for every dtype; a truth value is 1 or 0.
  public abstract double get(int index);

  /// Sets an element, rounded to the element type; for a truth value anything but 0 is true.
  public abstract void set(int index, double value);

  /// Copies elements from another storage of the same dtype.
  public abstract void copyFrom(Storage source, int from, int to, int count);

  /// Returns the number of in-place changes so far, or -1 once the buffer has gone back to the
  /// pool.
  public final int version() {
    return version;
  }

  /// Tells every tensor made from this storage so far that its elements have been overwritten.
  public final void modified() {
    if (version != RELEASED) {
      version = (version + 1) & Integer.MAX_VALUE;
    }
  }

  final void release() {
    version = RELEASED;
  }

  final boolean isReleased() {
    return version == RELEASED;
  }
}
