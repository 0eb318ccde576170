package taut.core;

import java.util.Arrays;
import java.util.function.Supplier;
import taut.core.ops.Cast;
import taut.core.ops.StopGradient;

/// An immutable n-dimensional array of one element type, row-major and contiguous.
///
/// Operations are methods, grouped in the interfaces that this class implements: [Arithmetic],
/// [Functions], [Comparisons], [Reductions], [LinearAlgebra], [Rearrangements], [Paddings],
/// [Indexing] and [Convolutions]. Each returns a new tensor and is heard by the thread's recorders,
/// so the same code is plain arithmetic without a tape and is differentiated under one.
///
/// Reshaping shares the storage; everything else allocates. A tensor read from a variable shares
/// the variable's storage and becomes stale when the variable is updated; touching it then is an
/// `IllegalStateException`, as is touching a tensor whose [MemoryScope] has closed. [#copy] makes a
/// tensor that stays.
public final class Tensor
    implements Arithmetic,
        Functions,
        Comparisons,
        Reductions,
        LinearAlgebra,
        Rearrangements,
        Paddings,
        Indexing,
        Convolutions {
  /// Below so many elements writing squares costs less than waiting.
  private static final int FUSED_FROM = 1024;

  private final TensorSpec spec;
  private final Storage storage;
  private final int version;

  /// Spreads tensors over hash tables. Tensors are equal only to themselves; two threads may draw
  /// the same number.
  private final int hash = nextHash++;

  private static int nextHash;

  private Tensor(TensorSpec spec, Storage storage) {
    this.spec = spec;
    this.storage = storage;
    this.version = storage.version();
  }

  // Making tensors.

  /// Returns a tensor with undefined elements, for an op to fill before anybody else sees it.
  public static Tensor allocate(TensorSpec spec) {
    int size = spec.shape().size();
    Storage storage =
        switch (spec.dtype()) {
          case FLOAT32 -> scoped(Dispatcher.current().pool.take(size));
          case FLOAT64 -> new DoubleStorage(new double[size]);
          case INT32 -> scopedIntegers(size);
          case BOOL -> new BooleanStorage(new boolean[size]);
        };
    return new Tensor(spec, storage);
  }

  /// Computes something in which large squares and absolute values that are only summed are never
  /// written: `w.square().sum()` is then one pass over w.
  ///
  /// A square that nobody has looked at by the end is computed from its source when somebody does,
  /// and cannot be once the source has been updated or released. So this is for functions that keep
  /// none of their intermediate results, such as penalties.
  public static Tensor fusing(Supplier<Tensor> work) {
    Dispatcher dispatcher = Dispatcher.current();
    boolean before = dispatcher.fuses;
    dispatcher.fuses = true;
    try {
      return work.get();
    } finally {
      dispatcher.fuses = before;
    }
  }

  /// Tells whether functions of this tensor that can be fused into a sum should wait for one.
  public boolean fuses() {
    return dtype() == DType.FLOAT32 && size() >= FUSED_FROM && Dispatcher.current().fuses;
  }

  /// Returns a tensor of the given shape whose elements are computed when they are needed.
  public static Tensor pending(Shape shape, FloatStorage.Pending elements) {
    return new Tensor(new TensorSpec(shape, DType.FLOAT32), scoped(FloatStorage.pending(elements)));
  }

  /// Hands a new storage to the innermost memory scope, if there is one.
  private static FloatStorage scoped(FloatStorage storage) {
    MemoryScope scope = Dispatcher.current().scope;
    if (scope != null) {
      scope.add(storage);
    }
    return storage;
  }

  private static IntStorage scopedIntegers(int size) {
    MemoryScope scope = Dispatcher.current().scope;
    if (scope == null) {
      return new IntStorage(new int[size]);
    }
    IntStorage storage = new IntStorage(Dispatcher.current().integers.take(size));
    scope.add(storage);
    return storage;
  }

  /// Returns a tensor of the given shape over the storage of another: what a reshape is.
  public static Tensor sharing(Tensor source, Shape shape) {
    if (shape.size() != source.size()) {
      throw new IllegalArgumentException(
          "reshape: "
              + source.shape()
              + " has "
              + source.size()
              + " elements, "
              + shape
              + " has "
              + shape.size());
    }
    return new Tensor(new TensorSpec(shape, source.dtype()), source.storage());
  }

  /// Returns a tensor over the same storage at its present version, for the owner of a storage that
  /// was updated in place.
  public Tensor refreshed() {
    if (storage.isReleased()) {
      throw stale();
    }
    return new Tensor(spec, storage);
  }

  /// Returns a FLOAT32 tensor of the given shape from its elements in row-major order.
  public static Tensor of(Shape shape, float... elements) {
    checkCount(shape, elements.length);
    Tensor result = allocate(new TensorSpec(shape, DType.FLOAT32));
    FloatStorage floats = (FloatStorage) result.storage;
    System.arraycopy(elements, 0, floats.array(), floats.offset(), elements.length);
    return result;
  }

  /// Returns a FLOAT64 tensor of the given shape from its elements in row-major order.
  public static Tensor of(Shape shape, double... elements) {
    checkCount(shape, elements.length);
    return new Tensor(new TensorSpec(shape, DType.FLOAT64), new DoubleStorage(elements.clone()));
  }

  /// Returns an INT32 tensor of the given shape from its elements in row-major order.
  public static Tensor of(Shape shape, int... elements) {
    checkCount(shape, elements.length);
    return new Tensor(new TensorSpec(shape, DType.INT32), new IntStorage(elements.clone()));
  }

  /// Returns a BOOL tensor of the given shape from its elements in row-major order.
  public static Tensor of(Shape shape, boolean... elements) {
    checkCount(shape, elements.length);
    return new Tensor(new TensorSpec(shape, DType.BOOL), new BooleanStorage(elements.clone()));
  }

  /// Returns a FLOAT32 vector.
  public static Tensor vector(float... elements) {
    return of(Shape.of(elements.length), elements);
  }

  /// Returns a FLOAT32 matrix from its rows, which must be of equal length.
  public static Tensor matrix(float[]... rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] elements = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != columns) {
        throw new IllegalArgumentException(
            "matrix: row " + i + " has " + rows[i].length + " elements, row 0 has " + columns);
      }
      System.arraycopy(rows[i], 0, elements, i * columns, columns);
    }
    return of(Shape.of(rows.length, columns), elements);
  }

  /// Returns a FLOAT32 scalar.
  public static Tensor scalar(double value) {
    return scalar(value, DType.FLOAT32);
  }

  /// Returns a scalar of the given type.
  ///
  /// @throws IllegalArgumentException if the type is INT32 and the value is not a whole number in
  ///   its range
  public static Tensor scalar(double value, DType dtype) {
    return full(Shape.SCALAR, value, dtype);
  }

  /// Returns a FLOAT32 tensor of zeros.
  public static Tensor zeros(int... dims) {
    return full(Shape.of(dims), 0, DType.FLOAT32);
  }

  /// Returns a FLOAT32 tensor of ones.
  public static Tensor ones(int... dims) {
    return full(Shape.of(dims), 1, DType.FLOAT32);
  }

  /// Returns a tensor whose elements all have one value.
  ///
  /// @throws IllegalArgumentException if the type is INT32 and the value is not a whole number in
  ///   its range
  public static Tensor full(Shape shape, double value, DType dtype) {
    if (dtype == DType.INT32 && value != (int) value) {
      throw new IllegalArgumentException(
          "tensor: INT32 takes whole numbers in its range, got "
              + value
              + "; cast to a floating-point type first");
    }
    TensorSpec spec = new TensorSpec(shape, dtype);
    if (dtype == DType.FLOAT32) {
      return new Tensor(spec, scoped(FloatStorage.uniform((float) value, shape.size())));
    }
    Tensor result = allocate(spec);
    switch (result.storage) {
      case FloatStorage _ -> throw new AssertionError("made above");
      case DoubleStorage doubles -> Arrays.fill(doubles.array(), value);
      case IntStorage ints -> Arrays.fill(ints.array(), (int) value);
      case BooleanStorage booleans -> Arrays.fill(booleans.array(), value != 0);
    }
    return result;
  }

  /// Returns zeros of this tensor's shape and type.
  public Tensor zerosLike() {
    return full(shape(), 0, dtype());
  }

  /// Returns the INT32 vector 0, 1, … count - 1.
  ///
  /// @throws IllegalArgumentException if the count is negative
  public static Tensor range(int count) {
    Tensor result = allocate(new TensorSpec(Shape.of(count), DType.INT32));
    Arrays.setAll(((IntStorage) result.storage).array(), i -> i);
    return result;
  }

  /// Returns the FLOAT32 identity matrix with n rows.
  public static Tensor identity(int n) {
    Tensor result = zeros(n, n);
    for (int i = 0; i < n; i++) {
      result.storage.set(i * (n + 1), 1);
    }
    return result;
  }

  private static void checkCount(Shape shape, int count) {
    if (shape.size() != count) {
      throw new IllegalArgumentException(
          "tensor: shape " + shape + " takes " + shape.size() + " elements, got " + count);
    }
  }

  // Looking at tensors.

  /// Returns shape and element type.
  public TensorSpec spec() {
    return spec;
  }

  /// Returns the shape.
  public Shape shape() {
    return spec.shape();
  }

  /// Returns the element type.
  public DType dtype() {
    return spec.dtype();
  }

  /// Returns the number of axes.
  public int rank() {
    return spec.shape().rank();
  }

  /// Returns the number of elements.
  public int size() {
    return spec.shape().size();
  }

  /// Returns the size along an axis; -1 names the last axis.
  public int dim(int axis) {
    return spec.shape().dim(axis);
  }

  /// Returns the storage, for kernels. Only the op that allocated it may write to it.
  ///
  /// @throws IllegalStateException if the elements were overwritten or released since this tensor
  ///   was made
  public Storage storage() {
    if (version != storage.version()) {
      throw stale();
    }
    return storage;
  }

  private IllegalStateException stale() {
    return new IllegalStateException(
        "tensor "
            + spec
            + (storage.isReleased()
                ? ": used after its memory scope closed, or after the backward walk that made it;"
                    + " let it out with scope.keep(tensor)"
                : ": the variable it was read from has been updated since; read it again, or keep"
                    + " the old value with copy()"));
  }

  /// Returns the value of a tensor with one element.
  ///
  /// @throws IllegalArgumentException if there is not exactly one element
  public double item() {
    if (size() != 1) {
      throw new IllegalArgumentException("item: wants a tensor with one element, got " + spec);
    }
    return storage().get(0);
  }

  /// Returns the elements in row-major order as floats; FLOAT64 is rounded, truth values are 1 and
  /// 0.
  public float[] toFloats() {
    Storage source = storage();
    float[] result = new float[size()];
    if (source instanceof FloatStorage floats) {
      System.arraycopy(floats.array(), floats.offset(), result, 0, result.length);
      return result;
    }
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) source.get(i);
    }
    return result;
  }

  /// Returns the elements in row-major order as doubles, exactly.
  public double[] toDoubles() {
    Storage source = storage();
    double[] result = new double[size()];
    Arrays.setAll(result, source::get);
    return result;
  }

  /// Returns the elements of an INT32 or BOOL tensor in row-major order.
  public int[] toInts() {
    if (dtype().isFloating()) {
      throw new IllegalArgumentException("toInts: wants INT32 or BOOL, got " + spec);
    }
    Storage source = storage();
    int[] result = new int[size()];
    Arrays.setAll(result, i -> (int) source.get(i));
    return result;
  }

  /// Prints the values as NumPy does, with the middle of long axes left out.
  @Override
  public String toString() {
    return TensorFormat.format(this);
  }

  // Whole-tensor operations.

  /// Returns this tensor with its elements converted; the same tensor if it has that type already.
  ///
  /// To INT32 a floating value is cut towards zero and has no derivative; one outside the range
  /// becomes the end of it, NaN becomes 0. To BOOL anything but 0 is true, NaN too.
  public Tensor cast(DType dtype) {
    return dtype == dtype() ? this : new Cast(dtype).apply(this);
  }

  /// Returns the same values, through which no gradient flows.
  public Tensor stopGradient() {
    return StopGradient.INSTANCE.apply(this);
  }

  /// Returns a tensor with a storage of its own, through which no gradient flows.
  public Tensor copy() {
    Tensor result = allocate(spec);
    result.storage.copyFrom(storage(), 0, 0, size());
    return result;
  }

  /// Returns a copy whose storage belongs to no memory scope, for values that live as long as a
  /// variable.
  public Tensor persistentCopy() {
    Tensor result =
        switch (dtype()) {
          case FLOAT32 -> new Tensor(spec, FloatStorage.unpooled(size()));
          case INT32 -> new Tensor(spec, new IntStorage(new int[size()]));
          case FLOAT64, BOOL -> allocate(spec);
        };
    result.storage.copyFrom(storage(), 0, 0, size());
    return result;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// Tells whether the other is this very tensor; compare values with `equal`.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public Tensor self() {
    return this;
  }
}
