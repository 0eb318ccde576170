package taut.autodiff;

import taut.core.Recorder;
import taut.core.Tensor;

/// A recorder that follows some tensors, because a derivative with respect to them may be wanted.
interface Tracking extends Recorder {
  /// Tells whether a tensor is followed.
  boolean tracks(Tensor tensor);

  /// Hears that a variable was read.
  ///
  /// @param value what was read
  void read(Variable variable, Tensor value);
}
