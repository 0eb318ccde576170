package taut.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Stores FLOAT32 elements in a pooled array that may be longer than the tensor.
///
/// A storage whose elements are all equal has no array until somebody asks for it: the gradient of
/// a sum is one number for many elements, and a kernel that knows [#uniformValue] reads no memory
/// for it.
public final class FloatStorage extends Storage {
  private final int offset;
  private final float value;
  private volatile float @Nullable [] array;

  FloatStorage(float[] array, int offset, int length) {
    super(length);
    this.array = array;
    this.offset = offset;
    this.value = Float.NaN;
  }

  /// Makes a storage whose elements are all equal.
  FloatStorage(float value, int length) {
    super(length);
    this.offset = BufferPool.offset(length);
    this.value = value;
  }

  /// Returns the array itself; elements `offset()` to `offset() + length()` are ours.
  public float[] array() {
    float[] present = array;
    return present != null ? present : fill();
  }

  private synchronized float[] fill() {
    float[] present = array;
    if (present == null) {
      present = Dispatcher.current().pool.array(length());
      Arrays.fill(present, offset, offset + length(), value);
      array = present;
    }
    return present;
  }

  /// Tells whether all elements are [#uniformValue] and there is no array yet.
  public boolean isUniform() {
    return array == null;
  }

  /// Returns the value of every element of a uniform storage.
  public float uniformValue() {
    return value;
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
    float[] present = array;
    return present == null ? value : present[offset + index];
  }

  @Override
  public void set(int index, double value) {
    array()[offset + index] = (float) value;
  }

  @Override
  public void copyFrom(Storage source, int from, int to, int count) {
    FloatStorage floats = (FloatStorage) source;
    System.arraycopy(floats.array(), floats.offset + from, array(), offset + to, count);
  }
}
