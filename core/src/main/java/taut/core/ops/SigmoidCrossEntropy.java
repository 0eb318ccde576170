package taut.core.ops;

import taut.core.Op;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.LikelihoodKernels;

/// Computes -t·log σ(x) - (1 - t)·log(1 - σ(x)) of each element, from logits x and targets t of one
/// shape, as max(x, 0) - x·t + log(1 + e^-|x|), in which nothing overflows or cancels.
public enum SigmoidCrossEntropy implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  @Override
  public String label() {
    return "sigmoidCrossEntropy";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Elementwise.alike(label(), inputs);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    LikelihoodKernels.active().sigmoid(inputs[0].storage(), inputs[1].storage(), output.storage());
    return output;
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return input == 0
        ? Gradient.INSTANCE.apply(inputs[0], inputs[1], cotangent)
        : inputs[0].mul(cotangent).neg();
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return vjp(input, inputs, output, tangent);
  }

  /// Computes c · (σ(x) - t) from x, t and c.
  public enum Gradient implements Op {
    /// The op; it has no attributes.
    INSTANCE;

    @Override
    public String label() {
      return "sigmoidCrossEntropyGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return Elementwise.alike(label(), inputs);
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      LikelihoodKernels.active()
          .sigmoidGradient(
              inputs[0].storage(), inputs[1].storage(), inputs[2].storage(), output.storage());
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor g) {
      return switch (input) {
        case 0 -> Binary.SIGMOID_GRADIENT.apply(g.mul(inputs[2]), inputs[0].sigmoid());
        case 1 -> g.mul(inputs[2]).neg();
        default -> g.mul(inputs[0].sigmoid().sub(inputs[1]));
      };
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return vjp(input, inputs, output, tangent);
    }
  }
}
