package taut.core;

import org.jspecify.annotations.Nullable;

/// Stores INT32 elements.
public final class IntStorage extends Storage {
  private final int[] array;

  /// The one that a memory scope looks after besides this one.
  @Nullable IntStorage next;

  IntStorage(int[] array) {
    super(array.length);
    this.array = array;
  }

  /// Returns the array itself.
  public int[] array() {
    return array;
  }

  @Override
  public DType dtype() {
    return DType.INT32;
  }

  @Override
  public double get(int index) {
    return array[index];
  }

  @Override
  public void set(int index, double value) {
    array[index] = (int) value;
  }

  @Override
  public void copyFrom(Storage source, int from, int to, int count) {
    System.arraycopy(((IntStorage) source).array, from, array, to, count);
  }
}
