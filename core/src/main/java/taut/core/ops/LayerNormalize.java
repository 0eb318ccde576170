package taut.core.ops;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.RowNormalizationKernels;

/// Normalizes each row by itself: y = γ · (x - mean) / √(variance + ε) + β (Ba, Kiros and Hinton
/// 2016), or without the mean: y = γ · x / √(mean of x² + ε) + β (Zhang and Sennrich 2019).
///
/// Inputs: x, and γ and β of the shape of one row, which is one or more of the last axes of x.
/// Output: like x. The variance is the biased one; a row without elements has none.
///
/// The moments of the last run are kept for the gradient, so an op is made for each run; for
/// another output they are computed again. Where somebody records the backward walk, for a higher
/// derivative, the gradient consists of ordinary operations.
public final class LayerNormalize implements Op {
  /// What the last run computed on the way.
  private record Trace(Tensor output, Tensor moments) {}

  /// The normalized x, (x - mean)·inverse, and 1 / √(variance + ε).
  private record Normal(Tensor value, Tensor inverse) {}

  private final double epsilon;
  private final boolean centred;
  private @Nullable Trace trace;

  /// Makes an op for one run.
  ///
  /// @param epsilon what is added to the variance
  /// @param centred whether the mean is subtracted
  public LayerNormalize(double epsilon, boolean centred) {
    this.epsilon = epsilon;
    this.centred = centred;
  }

  @Override
  public String label() {
    return "layerNormalize";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Elementwise.sameDType(label(), inputs[0], inputs[1]);
    Elementwise.sameDType(label(), inputs[0], inputs[2]);
    Shape row = inputs[1].shape();
    boolean fits =
        inputs[0].dtype().isFloating()
            && row.rank() >= 1
            && isEnd(row, inputs[0].shape())
            && inputs[2].shape().equals(row);
    if (!fits) {
      throw new IllegalArgumentException(
          "layerNormalize: wants floating-point x [..., row], a scale [row] and a shift [row], where"
              + " a row is one or more of the last axes of x, got "
              + inputs[0]
              + ", "
              + inputs[1]
              + " and "
              + inputs[2]);
    }
    return inputs[0];
  }

  private static boolean isEnd(Shape row, Shape x) {
    return row.rank() <= x.rank()
        && IntStream.range(0, row.rank())
            .allMatch(i -> row.dim(i) == x.dim(x.rank() - row.rank() + i));
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    return trace(inputs).output;
  }

  private Trace trace(Tensor... inputs) {
    TensorSpec spec = inputs[0].spec();
    int rows = 1;
    for (int axis = 0; axis < spec.shape().rank() - inputs[1].rank(); axis++) {
      rows *= spec.shape().dim(axis);
    }
    TensorSpec moments = new TensorSpec(Shape.of(2, rows), spec.dtype());
    Trace run = new Trace(Tensor.allocate(spec), Tensor.allocate(moments));
    RowNormalizationKernels.active()
        .normalize(
            centred,
            epsilon,
            inputs[0].storage(),
            inputs[1].storage(),
            inputs[2].storage(),
            run.moments.storage(),
            run.output.storage());
    trace = run;
    return run;
  }

  /// A sum, a square, its sum, two products and a sum, for each element.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 7L * output.shape().size();
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (Recorder.active().isEmpty()) {
      return AtOnce.gradient(this, input, inputs, output, cotangent);
    }
    int[] rows = IntStream.range(0, cotangent.rank() - inputs[1].rank()).toArray();
    return switch (input) {
      case 0 -> project(inputs, cotangent.mul(inputs[1]));
      case 1 -> sum(cotangent.mul(normal(inputs).value), rows);
      default -> sum(cotangent, rows);
    };
  }

  /// A sum over no axes is what is there, and not the sum of all.
  private static Tensor sum(Tensor x, int[] axes) {
    return axes.length == 0 ? x : x.sum(axes);
  }

  @Override
  public boolean derivesAtOnce() {
    return true;
  }

  @Override
  public void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    Trace run = trace;
    if (run == null || run.output != output) {
      run = trace(inputs);
    }
    RowNormalizationKernels.active()
        .gradients(
            centred,
            inputs[0].storage(),
            inputs[1].storage(),
            run.moments.storage(),
            cotangent.storage(),
            gradients[0].storage(),
            gradients[1].storage(),
            gradients[2].storage());
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return switch (input) {
      case 0 -> project(inputs, tangent).mul(inputs[1]);
      case 1 -> normal(inputs).value.mul(tangent);
      default -> tangent.broadcastTo(output.shape());
    };
  }

  /// Multiplies with the jacobian of x̂, which is symmetric: takes away from c what changes the
  /// moments, and scales it.
  private Tensor project(Tensor[] inputs, Tensor c) {
    Normal normal = normal(inputs);
    Tensor rest = c.sub(normal.value.mul(mean(inputs, c.mul(normal.value))));
    return (centred ? rest.sub(mean(inputs, c)) : rest).mul(normal.inverse);
  }

  private Normal normal(Tensor[] inputs) {
    Tensor rest = centred ? inputs[0].sub(mean(inputs, inputs[0])) : inputs[0];
    Tensor inverse = mean(inputs, rest.square()).add(epsilon).rsqrt();
    return new Normal(rest.mul(inverse), inverse);
  }

  /// Returns the mean of each row; 0 of no elements, so that no derivative becomes NaN.
  private static Tensor mean(Tensor[] inputs, Tensor x) {
    int[] axes = IntStream.range(x.rank() - inputs[1].rank(), x.rank()).toArray();
    return x.sum(true, axes).div(Math.max(1, inputs[1].size()));
  }
}
