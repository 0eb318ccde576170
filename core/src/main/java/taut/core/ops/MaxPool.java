package taut.core.ops;

import taut.core.DType;
import taut.core.NoDerivativeException;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.SpatialKernels;

/// Takes the maximum under a window, over 1 to 3 spatial axes, each channel by itself. Padding
/// never wins; of equal elements the first does. A window that covers nothing but padding, which
/// only one with a dilation can, is an error.
///
/// @param window how the window moves
public record MaxPool(Window window) implements Op {
  @Override
  public String label() {
    return "maxPool";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return infer(inputs[0]);
  }

  private TensorSpec infer(TensorSpec input) {
    Shape shape = window.outputShape(label(), input, input.shape().dim(-1));
    return new TensorSpec(shape, input.dtype());
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    if (mayMissAll(window)) {
      return gather(inputs[0], new Winners(window).apply(inputs[0]));
    }
    Tensor output = Tensor.allocate(spec);
    Shape shape = inputs[0].shape();
    SpatialKernels.active()
        .maxPool(window.plan(shape, shape.dim(-1), 1), inputs[0].storage(), output.storage());
    return output;
  }

  /// Tells whether there may be windows with no element of the input under them: padded ones with
  /// gaps.
  private static boolean mayMissAll(Window window) {
    return window.padding() == Padding.SAME && !window.dilations().stream().allMatch(d -> d == 1);
  }

  private static Tensor gather(Tensor x, Tensor winners) {
    return x.reshape(x.size()).gather(winners);
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return new Gradient(this).apply(inputs[0], cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return gather(tangent, new Winners(window).apply(inputs[0]));
  }

  /// Carries c, like a max pooling's output, back to the elements that won. Inputs: x and c; the
  /// derivative with respect to x is 0, because the winners are piecewise constant.
  ///
  /// @param forward the pooling
  public record Gradient(MaxPool forward) implements Op {
    @Override
    public String label() {
      return "maxPoolGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec output = forward.infer(inputs[0]);
      if (!output.equals(inputs[1])) {
        throw new IllegalArgumentException(
            label() + ": wants a cotangent like the output " + output + ", got " + inputs[1]);
      }
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Shape shape = spec.shape();
      SpatialKernels.active()
          .maxPoolGradient(
              forward.window.plan(shape, shape.dim(-1), 1),
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage());
      return output;
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return input == 0
          ? inputs[0].zerosLike()
          : gather(cotangent, new Winners(forward.window).apply(inputs[0]));
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return input == 0 ? output.zerosLike() : apply(inputs[0], tangent);
    }
  }

  /// Finds, for each output of a max pooling, the INT32 place of the winning element in the
  /// flattened input.
  ///
  /// @param window how the window moves
  public record Winners(Window window) implements Op {
    @Override
    public String label() {
      return "maxPoolWinners";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      Shape shape = window.outputShape(label(), inputs[0], inputs[0].shape().dim(-1));
      return new TensorSpec(shape, DType.INT32);
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      Shape shape = inputs[0].shape();
      SpatialKernels.active()
          .maxPoolWinners(
              window.plan(shape, shape.dim(-1), 1), inputs[0].storage(), output.storage());
      checkAllWon(inputs[0], output);
      return output;
    }

    /// A padded window with gaps may have no element of the input under it.
    private void checkAllWon(Tensor x, Tensor winners) {
      if (!mayMissAll(window)) {
        return;
      }
      Storage places = winners.storage();
      for (int i = 0; i < places.length(); i++) {
        if (places.get(i) < 0) {
          throw new IllegalArgumentException(
              "maxPool: "
                  + window
                  + " covers nothing but padding at output element "
                  + i
                  + " of input "
                  + x.spec()
                  + "; use Padding.VALID or a smaller dilation");
        }
      }
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      throw new NoDerivativeException(this, "places are piecewise constant");
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      throw new NoDerivativeException(this, "places are piecewise constant");
    }
  }
}
