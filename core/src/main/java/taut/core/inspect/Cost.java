package taut.core.inspect;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// What one operation costs on paper.
///
/// @param flops its floating-point operations, as [Op#flops] counts them
/// @param bytes the sizes of its inputs and of its output
record Cost(long flops, long bytes) {
  static final Cost NONE = new Cost(0, 0);

  static Cost of(Op op, Tensor[] inputs, Tensor output) {
    TensorSpec[] specs = new TensorSpec[inputs.length];
    long bytes = output.spec().bytes();
    for (int i = 0; i < specs.length; i++) {
      specs[i] = inputs[i].spec();
      bytes += specs[i].bytes();
    }
    return new Cost(op.flops(specs, output.spec()), bytes);
  }
}
