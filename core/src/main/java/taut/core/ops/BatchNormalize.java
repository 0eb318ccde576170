package taut.core.ops;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.NormalizationKernels;

/// Gives each feature, an index of the last axis, mean β and standard deviation γ over all other
/// axes (Ioffe and Szegedy 2015): y = γ · (x - mean) / √(variance + ε) + β.
///
/// Inputs: x `[..., n]` of rank 2 or more, γ `[n]` and β `[n]`. Output: like x. The variance is the
/// biased one; of no rows both moments are NaN.
///
/// The moments are kept from the last run, for the gradient and for who asks, so an op is made for
/// each run; for another output they are computed again. Where somebody records the backward walk,
/// for a higher derivative, the gradient consists of ordinary operations.
public final class BatchNormalize implements Op {
  /// What the last run computed on the way.
  private record Trace(Tensor output, Tensor moments) {}

  /// The normalized x, (x - mean)·inverse, and 1 / √(variance + ε).
  private record Normal(Tensor value, Tensor inverse) {}

  private final double epsilon;
  private @Nullable Trace trace;

  /// Makes an op for one run.
  ///
  /// @param epsilon what is added to the variance
  public BatchNormalize(double epsilon) {
    this.epsilon = epsilon;
  }

  @Override
  public String label() {
    return "batchNormalize";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    Elementwise.sameDType(label(), inputs[0], inputs[1]);
    Elementwise.sameDType(label(), inputs[0], inputs[2]);
    Shape x = inputs[0].shape();
    boolean fits = inputs[0].dtype().isFloating() && x.rank() >= 2;
    Shape features = fits ? Shape.of(x.dim(-1)) : x;
    if (!fits || !inputs[1].shape().equals(features) || !inputs[2].shape().equals(features)) {
      throw new IllegalArgumentException(
          "batchNormalize: wants floating-point x [..., n] of rank 2 or more, a scale [n] and a"
              + " shift [n], got "
              + inputs[0]
              + ", "
              + inputs[1]
              + " and "
              + inputs[2]);
    }
    return inputs[0];
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    return trace(inputs).output;
  }

  private Trace trace(Tensor... inputs) {
    TensorSpec spec = inputs[0].spec();
    Shape two = Shape.of(2, inputs[1].size());
    Trace run =
        new Trace(Tensor.allocate(spec), Tensor.allocate(new TensorSpec(two, spec.dtype())));
    NormalizationKernels.active()
        .normalize(
            epsilon,
            inputs[0].storage(),
            inputs[1].storage(),
            inputs[2].storage(),
            run.moments.storage(),
            run.output.storage());
    trace = run;
    return run;
  }

  /// Returns the means and the variances `[2, n]` of the last run.
  ///
  /// @throws IllegalStateException if there was none
  public Tensor moments() {
    if (trace == null) {
      throw new IllegalStateException("batchNormalize: there are no moments before the first run");
    }
    return trace.moments;
  }

  /// A sum, a square, its sum, a product and a sum, for each element.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    return 6L * output.shape().size();
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    if (Recorder.active().isEmpty()) {
      return AtOnce.gradient(this, input, inputs, output, cotangent);
    }
    return switch (input) {
      case 0 -> project(inputs, cotangent);
      case 1 -> cotangent.mul(normal(inputs[0]).value).sum(rows(cotangent));
      default -> cotangent.sum(rows(cotangent));
    };
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
    NormalizationKernels.active()
        .gradients(
            epsilon,
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
      case 0 -> project(inputs, tangent);
      case 1 -> normal(inputs[0]).value.mul(tangent);
      default -> tangent.broadcastTo(output.shape());
    };
  }

  /// Multiplies with the jacobian of x, which is symmetric: takes away from c what changes the
  /// moments, and scales it.
  private Tensor project(Tensor[] inputs, Tensor c) {
    Normal normal = normal(inputs[0]);
    Tensor along = normal.value.mul(mean(c.mul(normal.value)));
    return c.sub(mean(c)).sub(along).mul(normal.inverse.mul(inputs[1]));
  }

  private Normal normal(Tensor x) {
    Tensor centred = x.sub(mean(x));
    Tensor inverse = mean(centred.square()).add(epsilon).rsqrt();
    return new Normal(centred.mul(inverse), inverse);
  }

  /// Returns the mean of each feature; 0 for no rows, so that no derivative becomes NaN.
  private static Tensor mean(Tensor x) {
    double count = x.size() == 0 ? 1 : (double) x.size() / x.dim(-1);
    return x.sum(rows(x)).div(count);
  }

  private static int[] rows(Tensor x) {
    return IntStream.range(0, x.rank() - 1).toArray();
  }
}
