package taut.layers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

/// Computes activation(x · kernel + bias) over the last axis: [batch, ..., features] → [batch, ...,
/// units].
///
/// The kernel has shape [features, units], the bias [units]. An activity penalty sees the output
/// after the activation.
public final class Dense extends Layer {
  private final int units;
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

  /// Makes a layer with the given number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Dense(int units) {
    if (units < 1) {
      throw new IllegalArgumentException("Dense: units must be 1 or more, got " + units);
    }
    this.units = units;
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(
          "dense: wants an input of rank 2 or more, [batch, ..., features], got " + input);
    }
    kernel =
        addWeight(
            "kernel",
            Shape.of(input.dim(-1), units),
            kernelInitializer,
            kernelRegularizer,
            kernelConstraint);
    if (useBias) {
      bias = addWeight("bias", Shape.of(units), biasInitializer, biasRegularizer, biasConstraint);
    } else {
      checkUnused("bias", biasRegularizer, biasConstraint);
    }
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    Tensor product = x.matmul(Objects.requireNonNull(kernel).value());
    return bias == null ? activation.apply(product) : activation.apply(product, bias.value());
  }

  /// Sets what is applied to the outputs; none unless told otherwise.
  public Dense activation(Activation activation) {
    checkNotBuilt("the activation");
    this.activation = activation;
    return this;
  }

  /// Sets whether there is a bias; there is one unless told otherwise.
  public Dense useBias(boolean useBias) {
    checkNotBuilt("the use of a bias");
    this.useBias = useBias;
    return this;
  }

  /// Sets how the kernel is drawn; [Initializers#GLOROT_UNIFORM] unless told otherwise.
  public Dense kernelInitializer(Initializer initializer) {
    checkNotBuilt("the kernel initializer");
    this.kernelInitializer = initializer;
    return this;
  }

  /// Sets how the bias is drawn; [Initializers#ZEROS] unless told otherwise.
  public Dense biasInitializer(Initializer initializer) {
    checkNotBuilt("the bias initializer");
    this.biasInitializer = initializer;
    return this;
  }

  /// Sets the penalty of the kernel.
  public Dense kernelRegularizer(Regularizer regularizer) {
    checkNotBuilt("the kernel regularizer");
    this.kernelRegularizer = regularizer;
    return this;
  }

  /// Sets the penalty of the bias; without a bias that is an error when the layer is built.
  public Dense biasRegularizer(Regularizer regularizer) {
    checkNotBuilt("the bias regularizer");
    this.biasRegularizer = regularizer;
    return this;
  }

  /// Sets the constraint of the kernel.
  public Dense kernelConstraint(Constraint constraint) {
    checkNotBuilt("the kernel constraint");
    this.kernelConstraint = constraint;
    return this;
  }

  /// Sets the constraint of the bias; without a bias that is an error when the layer is built.
  public Dense biasConstraint(Constraint constraint) {
    checkNotBuilt("the bias constraint");
    this.biasConstraint = constraint;
    return this;
  }

  @Override
  public Dense activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return this;
  }

  @Override
  public Dense named(String name) {
    super.named(name);
    return this;
  }
}
