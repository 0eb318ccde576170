package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;

/// What ops share that find the gradients of all inputs in one pass and in no other way.
final class AtOnce {
  private AtOnce() {}

  /// Returns the gradient of one input, of those that [Op#gradients] finds.
  static Tensor gradient(Op op, int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor[] gradients = new Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      gradients[i] = Tensor.allocate(inputs[i].spec());
    }
    op.gradients(inputs, output, cotangent, gradients);
    return gradients[input];
  }
}
