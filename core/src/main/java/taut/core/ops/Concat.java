package taut.core.ops;

import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Joins tensors along one axis; types and all other sizes are equal.
///
/// @param axis the axis, counted from 0
public record Concat(int axis) implements Op {
  /// Returns the op for these parts, with a negative axis resolved.
  public static Concat of(int axis, Tensor... parts) {
    if (parts.length == 0) {
      throw new IllegalArgumentException("concat: wants at least one tensor, got none");
    }
    return new Concat(parts[0].shape().axis("concat", axis));
  }

  @Override
  public String label() {
    return "concat";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    TensorSpec first = inputs[0];
    int total = 0;
    for (TensorSpec input : inputs) {
      Elementwise.sameDType("concat", first, input);
      Shape shape = input.shape();
      if (shape.rank() != first.shape().rank()
          || !shape.with(axis, 0).equals(first.shape().with(axis, 0))) {
        throw new IllegalArgumentException(
            "concat: sizes beside axis "
                + axis
                + " must agree, got "
                + first.shape()
                + " and "
                + shape);
      }
      total += shape.dim(axis);
    }
    return new TensorSpec(first.shape().with(axis, total), first.dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    int inner = 1;
    for (int i = axis + 1; i < spec.shape().rank(); i++) {
      inner *= spec.shape().dim(i);
    }
    int row = spec.shape().dim(axis) * inner;
    int start = 0;
    for (Tensor input : inputs) {
      int width = input.dim(axis) * inner;
      for (int from = 0, to = start; from < input.size(); from += width, to += row) {
        output.storage().copyFrom(input.storage(), from, to, width);
      }
      start += width;
    }
    return output;
  }

  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 0;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    int begin = begin(input, inputs);
    return cotangent.slice(axis, begin, begin + inputs[input].dim(axis));
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    int begin = begin(input, inputs);
    Slice place = Slice.along(output.shape(), axis, begin, begin + inputs[input].dim(axis));
    return new Slice.Scatter(place, output.shape()).apply(tangent);
  }

  private int begin(int input, Tensor[] inputs) {
    int begin = 0;
    for (int i = 0; i < input; i++) {
      begin += inputs[i].dim(axis);
    }
    return begin;
  }
}
