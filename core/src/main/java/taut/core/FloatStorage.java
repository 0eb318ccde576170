package taut.core;

/// Stores FLOAT32 elements in a pooled array that may be longer than the tensor.
public final class FloatStorage extends Storage {
  private final float[] array;
  private final int offset;

  FloatStorage(float[] array, int offset, int length) {
    super(length);
    this.array = array;
    this.offset = offset;
  }

  /// Returns the array itself; elements `offset()` to `offset() + length()` are ours.
  public float[] array() {
    return array;
  }

  /// Returns the index of the first element in the array.
  public int offset() {
    return offset;
  }

  @Override
  public DType dtype() {
    return DType.FLOAT32;
  }

  @Override
  public double get(int index) {
    return array[offset + index];
  }

  @Override
  public void set(int index, double value) {
    array[offset + index] = (float) value;
  }

  @Override
  public void copyFrom(Storage source, int from, int to, int count) {
    FloatStorage floats = (FloatStorage) source;
    System.arraycopy(floats.array, floats.offset + from, array, offset + to, count);
  }
}
