package taut.core.ops;

import java.util.Arrays;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.Kernels;
import taut.core.kernels.RecurrentPlan;

/// What recurrent cells have in common: their inputs, and the gradients of their weights, for which
/// all steps are stacked, so that each is one product or one sum.
///
/// @param label the name of the operation
/// @param gates the number of gates of each unit
/// @param biases the number of biases of each gate
record Recurrence(String label, int gates, int biases) {
  /// Checks the inputs, pre-activations [steps, batch, gates · units], a recurrent kernel [units,
  /// gates · units] and a bias, if there is one; returns what the outputs [steps, batch, units]
  /// are.
  TensorSpec infer(TensorSpec... inputs) {
    Shape z = inputs[0].shape();
    Shape kernel = inputs[1].shape();
    Elementwise.sameDType(label, inputs[0], inputs[1]);
    boolean fits =
        inputs[0].dtype().isFloating()
            && z.rank() == 3
            && kernel.rank() == 2
            && kernel.dim(1) == (long) gates * kernel.dim(0)
            && kernel.dim(1) == z.dim(2);
    if (!fits || (inputs.length == 3 && !inputs[2].equals(bias(inputs[1])))) {
      String width = gates == 1 ? "units" : gates + " · units";
      String bias = biases == 1 ? width : biases + ", " + width;
      throw new IllegalArgumentException(
          ("%s: wants pre-activations [steps, batch, %s], a recurrent kernel [units, %s] and, if any,"
                  + " a bias [%s], got %s")
              .formatted(label, width, width, bias, Arrays.toString(inputs)));
    }
    return new TensorSpec(z.with(2, kernel.dim(0)), inputs[0].dtype());
  }

  private TensorSpec bias(TensorSpec kernel) {
    int width = kernel.shape().dim(1);
    return new TensorSpec(biases == 1 ? Shape.of(width) : Shape.of(biases, width), kernel.dtype());
  }

  /// Returns the bias, zeros if there is none.
  Tensor bias(Tensor... inputs) {
    TensorSpec spec = bias(inputs[1].spec());
    return inputs.length == 3 ? inputs[2] : Tensor.full(spec.shape(), 0, spec.dtype());
  }

  /// Returns the sizes of a run with such outputs.
  RecurrentPlan plan(Shape output) {
    return new RecurrentPlan(output.dim(0), output.dim(1), output.dim(2), gates);
  }

  /// Returns the operations of a run: two for each multiplication with the recurrent kernel; the
  /// gates do not count.
  static long flops(TensorSpec[] inputs, TensorSpec output) {
    return 2L * output.shape().size() * inputs[1].shape().dim(1);
  }

  /// Returns the gradient of one input, given that of z.
  static Tensor gradient(int input, Tensor[] inputs, Tensor output, Tensor z) {
    return switch (input) {
      case 0 -> z;
      case 1 -> kernelGradient(output, z, Tensor.allocate(inputs[1].spec()));
      default -> biasGradient(z, Tensor.allocate(inputs[2].spec()));
    };
  }

  /// Returns the same in ordinary operations.
  static Tensor gradientByOperations(int input, Tensor output, Tensor z) {
    return switch (input) {
      case 0 -> z;
      case 1 -> kernelGradient(output, z);
      default -> z.sum(0, 1);
    };
  }

  /// Writes the gradients of the weights, given that of z, which is the first.
  static void weightGradients(Tensor output, Tensor[] gradients) {
    kernelGradient(output, gradients[0], gradients[1]);
    if (gradients.length == 3) {
      biasGradient(gradients[0], gradients[2]);
    }
  }

  /// Returns the gradient of the recurrent kernel in ordinary operations, the sum over steps of
  /// h'ᵀ·(gradient of z), where h' are the outputs h of the step before.
  static Tensor kernelGradient(Tensor h, Tensor z) {
    int steps = h.dim(0);
    int last = Math.max(0, steps - 1);
    Tensor before = h.slice(0, 0, last).reshape(last * h.dim(1), h.dim(2));
    Tensor after = z.slice(0, steps - last, steps).reshape(last * z.dim(1), z.dim(2));
    return before.matmul(after, true, false);
  }

  /// Writes the same without copies of the slices.
  static Tensor kernelGradient(Tensor h, Tensor z, Tensor result) {
    int rows = Math.max(0, h.dim(0) - 1) * h.dim(1);
    int second = rows == 0 ? 0 : h.dim(1) * z.dim(2);
    Kernels.active()
        .matmul(
            h.dim(2),
            z.dim(2),
            rows,
            h.storage(),
            0,
            true,
            z.storage(),
            second,
            false,
            result.storage(),
            0,
            false);
    return result;
  }

  /// Writes the sums of the gradient of z over steps and samples.
  static Tensor biasGradient(Tensor z, Tensor result) {
    Kernels.active()
        .reduce(Reduction.SUM, z.storage(), result.storage(), 1, z.dim(0) * z.dim(1), z.dim(2));
    return result;
  }
}
