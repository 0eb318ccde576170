package taut.core;

/// Describes a tensor without its values: what an [Op] can know before any number moves.
///
/// @param shape the sizes of the axes
/// @param dtype the type of the elements
public record TensorSpec(Shape shape, DType dtype) {
  /// Returns how many bytes the elements take.
  public long bytes() {
    return (long) shape.size() * dtype.bytes();
  }

  /// Returns dtype and shape, such as `FLOAT32[32, 784]`.
  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
