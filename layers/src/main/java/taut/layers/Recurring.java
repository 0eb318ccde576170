package taut.layers;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.regularizers.Regularizer;

/// Goes through a sequence with a state: [batch, steps, features] → [batch, units], or [batch,
/// steps, units] if asked for the output of every step.
///
/// What the input contributes is one product with the kernel [features, gates · units] over all
/// steps; each step adds its own with the recurrent kernel [units, gates · units]. States begin at
/// 0. An activity penalty sees the output, and is divided by the batch size only, not by the number
/// of steps.
///
/// @param <L> the layer itself, which its settings return
public abstract sealed class Recurring<L extends Recurring<L>> extends Layer
    permits SimpleRNN, LSTM, GRU {
  private final int units;
  private final int gates;
  private Activation activation = Activations.TANH;
  private boolean useBias = true;
  private boolean returnSequences;
  private boolean goBackwards;
  private Initializer kernelInitializer = Initializers.GLOROT_UNIFORM;
  private Initializer recurrentInitializer = new OrthogonalInitializer();
  private Initializer biasInitializer = Initializers.ZEROS;
  private Regularizer kernelRegularizer = Regularizer.none();
  private Regularizer recurrentRegularizer = Regularizer.none();
  private Regularizer biasRegularizer = Regularizer.none();
  private Constraint kernelConstraint = Constraint.none();
  private Constraint recurrentConstraint = Constraint.none();
  private Constraint biasConstraint = Constraint.none();
  private @Nullable Variable kernel;
  private @Nullable Variable recurrentKernel;
  private @Nullable Variable bias;

  Recurring(int units, int gates) {
    if (units < 1) {
      throw new IllegalArgumentException(
          getClass().getSimpleName() + ": units must be 1 or more, got " + units);
    }
    this.units = units;
    this.gates = gates;
  }

  /// Returns this layer as what it is.
  abstract L self();

  /// Returns the outputs [steps, batch, units].
  ///
  /// @param z what the input contributes, [steps, batch, gates · units]
  abstract Tensor run(Tensor z, Tensor recurrentKernel, @Nullable Tensor bias);

  /// Returns the shape of the bias.
  Shape biasShape() {
    return Shape.of(gates * units);
  }

  /// Draws a bias with what its initializer is.
  Tensor initialBias(Initializer initializer, Shape shape, RandomStream random) {
    return initializer.initialize(shape, random);
  }

  final int units() {
    return units;
  }

  final Activation activation() {
    return activation;
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": wants an input of rank 3, [batch, steps, features], got "
              + input);
    }
    int width = gates * units;
    kernel =
        addWeight(
            "kernel",
            Shape.of(input.dim(-1), width),
            kernelInitializer,
            kernelRegularizer,
            kernelConstraint);
    recurrentKernel =
        addWeight(
            "recurrent_kernel",
            Shape.of(units, width),
            recurrentInitializer,
            recurrentRegularizer,
            recurrentConstraint);
    if (useBias) {
      Initializer initializer = (shape, random) -> initialBias(biasInitializer, shape, random);
      bias = addWeight("bias", biasShape(), initializer, biasRegularizer, biasConstraint);
    } else {
      checkUnused("bias", biasRegularizer, biasConstraint);
    }
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    if (x.rank() != 3 || x.dim(1) == 0) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": wants an input [batch, steps, features] with at least one step, got "
              + x.spec());
    }
    Tensor input = x.swapAxes(0, 1);
    Tensor outputs =
        run(
            contribution(goBackwards ? input.flip(0) : input),
            Objects.requireNonNull(recurrentKernel).value(),
            bias == null ? null : bias.value());
    int steps = outputs.dim(0);
    return returnSequences ? outputs.swapAxes(0, 1) : outputs.slice(0, steps - 1, steps).squeeze(0);
  }

  /// Returns what the input [steps, batch, features] contributes to the gates, without the bias, as
  /// one product over all steps.
  private Tensor contribution(Tensor x) {
    Tensor rows = x.reshape(Shape.of(x.dim(0) * x.dim(1), x.dim(2)));
    Tensor product = rows.matmul(Objects.requireNonNull(kernel).value());
    return product.reshape(x.shape().with(2, gates * units));
  }

  /// Sets what bends new states; [Activations#TANH] unless told otherwise.
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

  /// Sets whether the output of every step is returned; only that of the last one is unless told
  /// otherwise.
  public L returnSequences(boolean returnSequences) {
    checkNotBuilt("the return of sequences");
    this.returnSequences = returnSequences;
    return self();
  }

  /// Sets whether the last step is taken first; returned sequences are then in that order. It is
  /// not unless told otherwise.
  public L goBackwards(boolean goBackwards) {
    checkNotBuilt("the direction");
    this.goBackwards = goBackwards;
    return self();
  }

  /// Sets how the kernel is drawn; [Initializers#GLOROT_UNIFORM] unless told otherwise.
  public L kernelInitializer(Initializer initializer) {
    checkNotBuilt("the kernel initializer");
    this.kernelInitializer = initializer;
    return self();
  }

  /// Sets how the recurrent kernel is drawn; [OrthogonalInitializer] unless told otherwise.
  public L recurrentInitializer(Initializer initializer) {
    checkNotBuilt("the recurrent kernel initializer");
    this.recurrentInitializer = initializer;
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

  /// Sets the penalty of the recurrent kernel.
  public L recurrentRegularizer(Regularizer regularizer) {
    checkNotBuilt("the recurrent kernel regularizer");
    this.recurrentRegularizer = regularizer;
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

  /// Sets the constraint of the recurrent kernel.
  public L recurrentConstraint(Constraint constraint) {
    checkNotBuilt("the recurrent kernel constraint");
    this.recurrentConstraint = constraint;
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
