package taut.core;

/// Stores BOOL elements.
public final class BooleanStorage extends Storage {
  private final boolean[] array;

  BooleanStorage(boolean[] array) {
    super(array.length);
    this.array = array;
  }

  /// Returns the array itself.
  public boolean[] array() {
    return array;
  }

  @Override
  public DType dtype() {
    return DType.BOOL;
  }

  @Override
  public double get(int index) {
    return array[index] ? 1 : 0;
  }

  @Override
  public void set(int index, double value) {
    array[index] = value != 0;
  }

  @Override
  public void copyFrom(Storage source, int from, int to, int count) {
    System.arraycopy(((BooleanStorage) source).array, from, array, to, count);
  }
}
