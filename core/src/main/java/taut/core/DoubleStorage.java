package taut.core;

/// Stores FLOAT64 elements.
public final class DoubleStorage extends Storage {
  private final double[] array;

  DoubleStorage(double[] array) {
    super(array.length);
    this.array = array;
  }

  /// Returns the array itself.
  public double[] array() {
    return array;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT64;
  }

  @Override
  public double get(int index) {
    return array[index];
  }

  @Override
  public void set(int index, double value) {
    array[index] = value;
  }

  @Override
  public void copyFrom(Storage source, int from, int to, int count) {
    System.arraycopy(((DoubleStorage) source).array, from, array, to, count);
  }
}
