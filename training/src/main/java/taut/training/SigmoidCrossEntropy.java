package taut.training;

import taut.core.Op;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes -t·log σ(x) - (1 - t)·log(1 - σ(x)) of each element, from logits x and targets t of one
/// shape, as max(x, 0) - x·t + log(1 + e^-|x|), in which nothing overflows or cancels.
enum SigmoidCrossEntropy implements Op {
  INSTANCE;

  @Override
  public String label() {
    return "sigmoidCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    Storage logits = inputs[0].storage();
    Storage targets = inputs[1].storage();
    Storage out = output.storage();
    for (int i = 0; i < out.length(); i++) {
      double x = logits.get(i);
      out.set(i, Math.max(x, 0) - x * targets.get(i) + Math.log1p(Math.exp(-Math.abs(x))));
    }
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return input == 0
        ? inputs[0].sigmoid().sub(inputs[1]).mul(cotangent)
        : inputs[0].mul(cotangent).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return vjp(input, inputs, output, tangent);
  }
}
