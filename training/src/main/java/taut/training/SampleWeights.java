package taut.training;

import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// The way in which sample weights meet values: by their leading axes, never by broadcasting.
final class SampleWeights {
  private SampleWeights() {}

  /// Returns values times weights; a weight counts for all values of its sample.
  static Tensor apply(Tensor values, Tensor weights) {
    return values.mul(
        weights.cast(values.dtype()).reshape(fitted(values.shape(), weights.shape())));
  }

  /// Returns the weights' shape with axes of size 1 added or removed at the end, so that its rank
  /// is that of the values.
  ///
  /// @throws IllegalArgumentException if a size is neither that of the values nor, at the end, 1
  static Shape fitted(Shape values, Shape weights) {
    Shape fitted = values;
    boolean covering = true;
    for (int i = 0; i < Math.max(values.rank(), weights.rank()); i++) {
      int weight = i < weights.rank() ? weights.dim(i) : 1;
      int value = i < values.rank() ? values.dim(i) : 1;
      covering = covering && weight == value && i < weights.rank();
      if (!covering && weight != 1) {
        throw new IllegalArgumentException(
            "sample weights: wants one weight a sample, for losses "
                + values
                + ", got weights "
                + weights);
      }
      if (i < values.rank()) {
        fitted = fitted.with(i, weight);
      }
    }
    return fitted;
  }

  /// Gives the weight of each element of a prediction.
  interface Reader {
    double at(int element);
  }

  /// Returns the weights of a prediction's elements, each that of its sample.
  static Reader reader(Tensor prediction, Tensor weights) {
    fitted(prediction.shape(), weights.shape());
    Storage storage = weights.storage();
    int together = storage.length() == 0 ? 1 : prediction.size() / storage.length();
    return element -> storage.get(element / together);
  }
}
