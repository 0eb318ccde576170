package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import taut.core.DType;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// The cotangents that take a jacobian apart into rows, and how the rows are put together again.
///
/// @param target what is differentiated
/// @param cotangents the weights of its elements in each row
/// @param axis 0 where a row is one element of the target, 1 where it is one of every sample
record Jacobian(Tensor target, List<Tensor> cotangents, int axis) {
  /// Returns the rows of the whole jacobian, one for each element of the target.
  static Jacobian of(Tensor target) {
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      cotangents.add(basis(target.size(), i, target.dtype()).reshape(target.shape()));
    }
    return new Jacobian(target, cotangents, 0);
  }

  /// Returns the rows of the jacobians of all samples at once, one for each element of a sample's
  /// target.
  static Jacobian ofSamples(Tensor target, Tensor source) {
    if (target.rank() == 0 || source.rank() == 0 || target.dim(0) != source.dim(0)) {
      throw new IllegalArgumentException(
          "batchJacobian: target and source must have the same first axis, got "
              + target.spec()
              + " and "
              + source.spec());
    }
    int batch = target.dim(0);
    int width = batch == 0 ? 0 : target.size() / batch;
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Tensor row = basis(width, i, target.dtype());
      cotangents.add(row.broadcastTo(Shape.of(batch, width)).reshape(target.shape()));
    }
    return new Jacobian(target, cotangents, 1);
  }

  /// Returns a vector of zeros with a one in it.
  static Tensor basis(int size, int one, DType dtype) {
    return Tensor.range(size).equal(one).cast(dtype);
  }

  /// Returns a shape followed by another.
  static Shape joined(Shape first, Shape second) {
    return Shape.of(
        IntStream.concat(Arrays.stream(first.toArray()), Arrays.stream(second.toArray()))
            .toArray());
  }

  /// Walks back once for each row and puts the gradients of each source together, in the shape of
  /// the target followed by that of the source, or of one sample of it.
  List<Tensor> walk(Pullback pullback, List<Tensor> sources, Unconnected unconnected) {
    List<List<Tensor>> rows = new ArrayList<>();
    for (Tensor cotangent : cotangents) {
      rows.add(pullback.gradients(List.of(cotangent), sources, unconnected));
    }
    List<Tensor> jacobians = new ArrayList<>();
    for (int s = 0; s < sources.size(); s++) {
      int source = s;
      jacobians.add(join(rows.stream().map(row -> row.get(source)), sources.get(source)));
    }
    return jacobians;
  }

  private Tensor join(Stream<Tensor> rows, Tensor source) {
    int[] part = Arrays.copyOfRange(source.shape().toArray(), axis, source.rank());
    Shape shape = joined(target.shape(), Shape.of(part));
    if (cotangents.isEmpty()) {
      return Tensor.full(shape, 0, source.dtype());
    }
    return Rearrangements.concat(axis, rows.map(row -> row.expandDims(axis)).toArray(Tensor[]::new))
        .reshape(shape);
  }
}
