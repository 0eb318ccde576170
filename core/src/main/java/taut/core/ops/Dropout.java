package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.RandomKernels;

/// Multiplies by a random mask that is `value` or 0.
///
/// The mask is never stored: element i is decided by word i of a stream of [taut.core.Philox],
/// which costs less to draw again than to read. The op is linear and its own adjoint.
///
/// @param key the key of the stream
/// @param counter the stream's first block
/// @param threshold an element is kept if its word is below, of 2³²
/// @param value what kept elements are multiplied by
public record Dropout(long key, long counter, long threshold, double value) implements Op {
  @Override
  public String label() {
    return "dropout";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    if (!inputs[0].dtype().isFloating()) {
      throw new IllegalArgumentException(
          "dropout: wants floating-point elements, got " + inputs[0] + "; cast it first");
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    RandomKernels.active()
        .dropout(key, counter, threshold, value, inputs[0].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return apply(cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return apply(tangent);
  }
}
