package taut.layers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Padding;
import taut.core.ops.Window;
import taut.regularizers.Regularizer;

/// Computes activation(x ⋆ kernel + bias), where ⋆ slides the kernel over 1 to 3 spatial axes:
/// [batch, spatial..., channels] → [batch, spatial..., filters].
///
/// The kernel has shape [window..., channels / groups, filters], the bias [filters]. With padding
/// VALID a spatial axis of n elements becomes ⌈(n - (size - 1) · dilation) / stride⌉, else ⌈n /
/// stride⌉. An activity penalty sees the output after the activation, and is divided by the batch
/// size only, not by the number of positions.
///
/// @param <L> the layer itself, which its settings return
public abstract sealed class Convolving<L extends Convolving<L>> extends Layer
    permits Conv1D, Conv2D, Conv3D {
  private final int filters;
  private Window window;
  private int groups = 1;
  private Activation activation = Activations.LINEAR;
  private boolean useBias = true;
  private Initializer kernelInitializer = Initializers.GLOROT_UNIFORM;
  private Initializer biasInitializer = Initializers.ZEROS;
  private Regularizer kernelRegularizer = Regularizer.none();
  private Regularizer biasRegularizer = Regularizer.none();
  private Constraint kernelConstraint = Constraint.none();
  private Constraint biasConstraint = Constraint.none();
  private @Nullable Variable kernel;
  private @Nullable Variable bias;

  Convolving(int filters, int axes, int... kernelSize) {
    if (filters < 1) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + ": filters must be 1 or more, got " + filters);
    }
    this.filters = filters;
    this.window = Windows.of(getClass(), "kernel size", axes, kernelSize);
  }

  /// Returns this layer as what it is.
  abstract L self();

  @Override
  protected void build(Shape input) {
    Windows.checkRank(getClass(), window, input);
    int channels = input.dim(-1);
    if (channels % groups != 0 || filters % groups != 0) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": channels and filters must fall into "
              + groups
              + " equal groups, got "
              + channels
              + " channels and "
              + filters
              + " filters");
    }
    int rank = window.size().size();
    int[] dims = new int[rank + 2];
    for (int i = 0; i < rank; i++) {
      dims[i] = window.size().get(i);
    }
    dims[rank] = channels / groups;
    dims[rank + 1] = filters;
    kernel =
        addWeight("kernel", Shape.of(dims), kernelInitializer, kernelRegularizer, kernelConstraint);
    if (useBias) {
      bias = addWeight("bias", Shape.of(filters), biasInitializer, biasRegularizer, biasConstraint);
    } else {
      checkUnused("bias", biasRegularizer, biasConstraint);
    }
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Tensor sum = x.convolve(Objects.requireNonNull(kernel).value(), window, groups);
    return bias == null ? activation.apply(sum) : activation.apply(sum, bias.value());
  }

  /// Sets how far the kernel moves from one output element to the next, one number for each spatial
  /// axis or one for all; 1 unless told otherwise.
  public L strides(int... strides) {
    checkNotBuilt("the strides");
    Windows.checkCount(getClass(), "strides", window.size().size(), strides);
    window = window.strides(strides);
    return self();
  }

  /// Sets the distance between neighbouring input elements under the kernel, one number for each
  /// spatial axis or one for all; 1 unless told otherwise.
  public L dilationRate(int... dilations) {
    checkNotBuilt("the dilation rate");
    Windows.checkCount(getClass(), "dilation rate", window.size().size(), dilations);
    window = window.dilations(dilations);
    return self();
  }

  /// Sets how borders are treated; [Padding#VALID] unless told otherwise.
  public L padding(Padding padding) {
    checkNotBuilt("the padding");
    window = window.padding(padding);
    return self();
  }

  /// Sets into how many groups channels and filters fall, each filter seeing the channels of its
  /// own group only; 1 unless told otherwise.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public L groups(int groups) {
    checkNotBuilt("the groups");
    if (groups < 1) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + ": groups must be 1 or more, got " + groups);
    }
    this.groups = groups;
    return self();
  }

  /// Sets what is applied to the outputs; none unless told otherwise.
  public L activation(Activation activation) {
    checkNotBuilt("the activation");
    this.activation = activation;
    return self();
  }

  /// Sets whether there is a bias; there is one unless told otherwise.
  public L useBias(boolean useBias) {
    checkNotBuilt("the use of a bias");
    this.useBias = useBias;
    return self();
  }

  /// Sets how the kernel is drawn; [Initializers#GLOROT_UNIFORM] unless told otherwise.
  public L kernelInitializer(Initializer initializer) {
    checkNotBuilt("the kernel initializer");
    this.kernelInitializer = initializer;
    return self();
  }

  /// Sets how the bias is drawn; [Initializers#ZEROS] unless told otherwise.
  public L biasInitializer(Initializer initializer) {
    checkNotBuilt("the bias initializer");
    this.biasInitializer = initializer;
    return self();
  }

  /// Sets the penalty of the kernel.
  public L kernelRegularizer(Regularizer regularizer) {
    checkNotBuilt("the kernel regularizer");
    this.kernelRegularizer = regularizer;
    return self();
  }

  /// Sets the penalty of the bias; without a bias that is an error when the layer is built.
  public L biasRegularizer(Regularizer regularizer) {
    checkNotBuilt("the bias regularizer");
    this.biasRegularizer = regularizer;
    return self();
  }

  /// Sets the constraint of the kernel.
  public L kernelConstraint(Constraint constraint) {
    checkNotBuilt("the kernel constraint");
    this.kernelConstraint = constraint;
    return self();
  }

  /// Sets the constraint of the bias; without a bias that is an error when the layer is built.
  public L biasConstraint(Constraint constraint) {
    checkNotBuilt("the bias constraint");
    this.biasConstraint = constraint;
    return self();
  }

  @Override
  public L activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return self();
  }

  @Override
  public L named(String name) {
    super.named(name);
    return self();
  }
}
