package taut.core;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Places in a tensor as numbers of rows: with the axes up to the indexed ones merged, the tensor
/// is [rows, rest], and one gather or scatter of rows picks or adds whatever the places name.
///
/// @param rows the tensor's shape as rows
/// @param numbers the INT32 row numbers
/// @param result the shape of what they pick
record Coordinates(Shape rows, Tensor numbers, Shape result) {
  /// Returns the places that indices along one axis name, for each element of the axes before it.
  static Coordinates along(String op, Shape shape, int axis, Tensor indices) {
    if (indices.dtype() != DType.INT32) {
      throw new IllegalArgumentException(op + ": wants INT32 indices, got " + indices.spec());
    }
    int[] dims = shape.toArray();
    int[] before = Arrays.copyOf(dims, axis);
    int[] after = Arrays.copyOfRange(dims, axis + 1, dims.length);
    int[] elements = indices.toInts();
    for (int i = 0; i < elements.length; i++) {
      checkIndex(op, "index", elements[i], dims[axis]);
    }
    int blocks = product(before);
    int[] numbers = new int[blocks * elements.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i / elements.length * dims[axis] + elements[i % elements.length];
    }
    return new Coordinates(
        Shape.of(blocks * dims[axis], product(after)),
        Tensor.of(Shape.of(numbers.length), numbers),
        joined(before, indices.shape().toArray(), after));
  }

  /// Returns the places that coordinates [batch..., i..., k] name in a shape [batch..., d₁, …, dₖ,
  /// rest...].
  static Coordinates at(String op, Shape shape, Tensor coordinates, int batchAxes) {
    int[] dims = shape.toArray();
    int[] index = coordinates.shape().toArray();
    int depth = index.length == 0 ? 0 : index[index.length - 1];
    int most = dims.length - batchAxes;
    if (coordinates.dtype() != DType.INT32 || batchAxes < 0 || depth < 1 || depth > most) {
      throw new IllegalArgumentException(
          op
              + ": wants INT32 coordinates [..., k] with 1 ≤ k ≤ "
              + most
              + " into "
              + shape
              + ", got "
              + coordinates.spec());
    }
    int[] batch = Arrays.copyOf(dims, batchAxes);
    if (index.length <= batchAxes || !Arrays.equals(batch, Arrays.copyOf(index, batchAxes))) {
      throw new IllegalArgumentException(
          op
              + ": wants coordinates whose first sizes are "
              + Arrays.toString(batch)
              + ", got "
              + coordinates.spec());
    }
    int[] elements = coordinates.toInts();
    int[] numbers = new int[elements.length / depth];
    int each = numbers.length / Math.max(1, product(batch));
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i / each;
      for (int k = 0; k < depth; k++) {
        int size = dims[batchAxes + k];
        checkIndex(op, "coordinate", elements[i * depth + k], size);
        numbers[i] = numbers[i] * size + elements[i * depth + k];
      }
    }
    int[] rest = Arrays.copyOfRange(dims, batchAxes + depth, dims.length);
    int count = product(Arrays.copyOf(dims, batchAxes + depth));
    int[] lead = Arrays.copyOf(index, index.length - 1);
    return new Coordinates(
        Shape.of(count, product(rest)),
        Tensor.of(Shape.of(numbers.length), numbers),
        joined(lead, rest));
  }

  private static void checkIndex(String op, String what, int index, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          op + ": " + what + " " + index + " is not in 0 … " + (size - 1));
    }
  }

  private static int product(int[] dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }

  private static Shape joined(int[]... parts) {
    return Shape.of(Arrays.stream(parts).flatMapToInt(IntStream::of).toArray());
  }
}
