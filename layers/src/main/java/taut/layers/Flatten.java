package taut.layers;

import taut.core.Shape;
import taut.core.Tensor;

/// Makes each sample one row: [batch, ...] → [batch, features]; a vector of samples becomes a
/// column.
public final class Flatten extends Layer {
  /// Makes the layer.
  public Flatten() {}

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    if (x.rank() == 0) {
      throw new IllegalArgumentException(
          "flatten: wants an input with a batch axis, got " + x.spec());
    }
    int features = 1;
    for (int axis = 1; axis < x.rank(); axis++) {
      features *= x.dim(axis);
    }
    return x.reshape(Shape.of(x.dim(0), features));
  }
}
