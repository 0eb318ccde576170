package taut.core;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import taut.core.kernels.PenaltyKernels;

/// Stores FLOAT32 elements in a pooled array that may be longer than the tensor.
///
/// Some storages have no array until somebody asks for it. One whose elements are all equal: the
/// gradient of a sum is one number for many elements, and a kernel that knows [#uniformValue] reads
/// no memory for it. And one that is a function of another: the sum of `w.square()` is one pass
/// over w if the squares are never written ([#pending]).
public final class FloatStorage extends Storage {
  /// Elements that are still to be computed from a tensor: absolute·|x| + square·x², without a term
  /// whose factor is 0.
  ///
  /// @param absolute the factor of the absolute values
  /// @param square the factor of the squares
  /// @param source x
  public record Pending(double absolute, double square, Tensor source) {}

  private final int offset;
  private final float value;

  /// Who looks after this, which is for one thread; null where nobody does.
  private @Nullable EarlyReturn keeper;

  /// How many holds the keeper has on this.
  private int holds;

  private final @Nullable Pending pending;
  private volatile float @Nullable [] array;

  FloatStorage(float[] array, int offset, int length) {
    this(array, offset, length, Float.NaN, null);
  }

  private FloatStorage(
      float @Nullable [] array, int offset, int length, float value, @Nullable Pending pending) {
    super(length);
    this.array = array;
    this.offset = offset;
    this.value = value;
    this.pending = pending;
  }

  /// Makes a storage of zeros that no pool will get, aligned as those of the pool are: were it a
  /// few elements off, each load would meet the stores to another array shortly before it at the
  /// same place of a page, which the processor takes for the same place in memory.
  static FloatStorage unpooled(int length) {
    int offset = BufferPool.offset(length);
    return new FloatStorage(new float[offset + length], offset, length);
  }

  /// Makes a storage whose elements are all equal.
  static FloatStorage uniform(float value, int length) {
    return new FloatStorage(null, BufferPool.offset(length), length, value, null);
  }

  /// Makes a storage that is computed when it is needed.
  static FloatStorage pending(Pending pending) {
    int length = pending.source.size();
    return new FloatStorage(null, BufferPool.offset(length), length, Float.NaN, pending);
  }

  /// Returns the array itself; elements `offset()` to `offset() + length()` are ours.
  public float[] array() {
    float[] present = array;
    return present != null ? present : fill();
  }

  private synchronized float[] fill() {
    float[] present = array;
    if (present == null) {
      FloatStorage filled = Dispatcher.current().pool.take(length());
      present = filled.array();
      if (pending == null) {
        Arrays.fill(present, offset, offset + length(), value);
      } else {
        PenaltyKernels.active()
            .elements(pending.absolute, pending.square, pending.source.storage(), filled);
      }
      array = present;
    }
    return present;
  }

  /// Lets this be held and returned early by one keeper, unless another looks after it.
  void adopt(EarlyReturn by) {
    if (keeper == null) {
      keeper = by;
    }
  }

  /// Adds a hold if this has been adopted by the keeper.
  void hold(EarlyReturn by) {
    if (keeper == by) {
      holds++;
    }
  }

  /// Ends a hold of the keeper, and tells whether it was the last; then nobody looks after this.
  boolean drop(EarlyReturn by) {
    boolean last = keeper == by && holds > 0 && --holds == 0;
    if (last) {
      keeper = null;
    }
    return last;
  }

  /// Ends the care of a keeper that does not hold this, and tells whether there was one to end.
  boolean abandon(EarlyReturn by) {
    boolean unheld = keeper == by && holds == 0;
    if (unheld) {
      keeper = null;
    }
    return unheld;
  }

  /// Tells whether there is an array.
  boolean hasArray() {
    return array != null;
  }

  /// Tells whether all elements are [#uniformValue] and there is no array yet.
  public boolean isUniform() {
    return array == null && pending == null;
  }

  /// Returns the value of every element of a uniform storage.
  public float uniformValue() {
    return value;
  }

  /// Returns what the elements are to be computed from, if they have not been computed yet.
  public Optional<Pending> pending() {
    return array == null ? Optional.ofNullable(pending) : Optional.empty();
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
    return isUniform() ? value : array()[offset + index];
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
