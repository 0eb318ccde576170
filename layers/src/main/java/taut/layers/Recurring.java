package taut.layers;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.RandomStream;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Lstm;
import taut.regularizers.Regularizer;

/// Remembers over time (long short-term memory): [batch, steps, features] → [batch, units], or
/// [batch, steps, units] if asked for the output of every step.
///
/// With the gates in the order i, f, c, o side by side in z, and states that begin at 0:
///
/// ```text
/// z = x·kernel + h'·recurrentKernel + bias        h', s': one step before
/// s = f∘s' + i∘c      i, f, o: recurrentActivation, c: activation, of their parts of z
/// h = o∘activation(s)
/// ```
///
/// The kernel has shape [features, 4 · units], the recurrent kernel [units, 4 · units], the bias [4
/// · units]. With the usual activations all steps are one operation, [Lstm]. An activity penalty
/// sees the output, and is divided by the batch size only, not by the number of steps.
public final class LSTM extends Layer {
  private static final int GATES = 4;

  private final int units;
  private Activation activation = Activations.TANH;
  private Activation recurrentActivation = Activations.SIGMOID;
  private boolean useBias = true;
  private boolean unitForgetBias = true;
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

  /// Makes a layer with the given number of outputs.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public LSTM(int units) {
    if (units < 1) {
      throw new IllegalArgumentException("LSTM: units must be 1 or more, got " + units);
    }
    this.units = units;
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "LSTM: wants an input of rank 3, [batch, steps, features], got " + input);
    }
    int width = GATES * units;
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
      Initializer initializer = unitForgetBias ? this::forgetBias : biasInitializer;
      bias = addWeight("bias", Shape.of(width), initializer, biasRegularizer, biasConstraint);
    } else {
      checkUnused("bias", biasRegularizer, biasConstraint);
    }
  }

  /// Draws a bias that is 1 for the forget gates: what is in the cells stays at first (Jozefowicz
  /// et al. 2015).
  private Tensor forgetBias(Shape shape, RandomStream random) {
    return Rearrangements.concat(
        0,
        biasInitializer.initialize(Shape.of(units), random),
        Tensor.ones(units),
        biasInitializer.initialize(Shape.of(2 * units), random));
  }

  @Override
  protected Tensor forward(Tensor x, Pass pass) {
    if (x.rank() != 3 || x.dim(1) == 0) {
      throw new IllegalArgumentException(
          "LSTM: wants an input [batch, steps, features] with at least one step, got " + x.spec());
    }
    Tensor input = x.swapAxes(0, 1);
    Tensor outputs = run(contribution(goBackwards ? input.flip(0) : input));
    int steps = outputs.dim(0);
    return returnSequences ? outputs.swapAxes(0, 1) : outputs.slice(0, steps - 1, steps).squeeze(0);
  }

  /// Returns what the input [steps, batch, features] contributes to the gates, without the bias, as
  /// one product over all steps.
  private Tensor contribution(Tensor x) {
    Tensor rows = x.reshape(Shape.of(x.dim(0) * x.dim(1), x.dim(2)));
    Tensor product = rows.matmul(Objects.requireNonNull(kernel).value());
    return product.reshape(x.shape().with(2, GATES * units));
  }

  /// Returns the outputs [steps, batch, units].
  private Tensor run(Tensor z) {
    Tensor recurrent = Objects.requireNonNull(recurrentKernel).value();
    if (activation == Activations.TANH && recurrentActivation == Activations.SIGMOID) {
      return bias == null
          ? new Lstm().apply(z, recurrent)
          : new Lstm().apply(z, recurrent, bias.value());
    }
    Tensor sums = bias == null ? z : z.add(bias.value());
    Tensor[] outputs = new Tensor[z.dim(0)];
    Tensor h = Tensor.full(Shape.of(z.dim(1), units), 0, z.dtype());
    Tensor cells = h;
    for (int t = 0; t < outputs.length; t++) {
      Tensor sum = sums.slice(0, t, t + 1).squeeze(0).add(h.matmul(recurrent));
      List<Tensor> gates = sum.split(1, GATES);
      Tensor kept = recurrentActivation.apply(gates.get(1)).mul(cells);
      Tensor candidate = activation.apply(gates.get(2));
      cells = kept.add(recurrentActivation.apply(gates.get(0)).mul(candidate));
      h = recurrentActivation.apply(gates.get(3)).mul(activation.apply(cells));
      outputs[t] = h;
    }
    return Rearrangements.stack(0, outputs);
  }

  /// Sets what bends the candidates and the cells; [Activations#TANH] unless told otherwise.
  public LSTM activation(Activation activation) {
    checkNotBuilt("the activation");
    this.activation = activation;
    return this;
  }

  /// Sets what bends the gates i, f and o; [Activations#SIGMOID] unless told otherwise.
  public LSTM recurrentActivation(Activation activation) {
    checkNotBuilt("the recurrent activation");
    this.recurrentActivation = activation;
    return this;
  }

  /// Sets whether there is a bias; there is one unless told otherwise.
  public LSTM useBias(boolean useBias) {
    checkNotBuilt("the use of a bias");
    this.useBias = useBias;
    return this;
  }

  /// Sets whether the bias of the forget gates begins at 1 instead of what the bias initializer
  /// draws; it does unless told otherwise.
  public LSTM unitForgetBias(boolean unitForgetBias) {
    checkNotBuilt("the bias of the forget gates");
    this.unitForgetBias = unitForgetBias;
    return this;
  }

  /// Sets whether the output of every step is returned; only that of the last one is unless told
  /// otherwise.
  public LSTM returnSequences(boolean returnSequences) {
    checkNotBuilt("the return of sequences");
    this.returnSequences = returnSequences;
    return this;
  }

  /// Sets whether the last step is taken first; returned sequences are then in that order. It is
  /// not unless told otherwise.
  public LSTM goBackwards(boolean goBackwards) {
    checkNotBuilt("the direction");
    this.goBackwards = goBackwards;
    return this;
  }

  /// Sets how the kernel is drawn; [Initializers#GLOROT_UNIFORM] unless told otherwise.
  public LSTM kernelInitializer(Initializer initializer) {
    checkNotBuilt("the kernel initializer");
    this.kernelInitializer = initializer;
    return this;
  }

  /// Sets how the recurrent kernel is drawn; [OrthogonalInitializer] unless told otherwise.
  public LSTM recurrentInitializer(Initializer initializer) {
    checkNotBuilt("the recurrent kernel initializer");
    this.recurrentInitializer = initializer;
    return this;
  }

  /// Sets how the bias is drawn; [Initializers#ZEROS] unless told otherwise.
  public LSTM biasInitializer(Initializer initializer) {
    checkNotBuilt("the bias initializer");
    this.biasInitializer = initializer;
    return this;
  }

  /// Sets the penalty of the kernel.
  public LSTM kernelRegularizer(Regularizer regularizer) {
    checkNotBuilt("the kernel regularizer");
    this.kernelRegularizer = regularizer;
    return this;
  }

  /// Sets the penalty of the recurrent kernel.
  public LSTM recurrentRegularizer(Regularizer regularizer) {
    checkNotBuilt("the recurrent kernel regularizer");
    this.recurrentRegularizer = regularizer;
    return this;
  }

  /// Sets the penalty of the bias; without a bias that is an error when the layer is built.
  public LSTM biasRegularizer(Regularizer regularizer) {
    checkNotBuilt("the bias regularizer");
    this.biasRegularizer = regularizer;
    return this;
  }

  /// Sets the constraint of the kernel.
  public LSTM kernelConstraint(Constraint constraint) {
    checkNotBuilt("the kernel constraint");
    this.kernelConstraint = constraint;
    return this;
  }

  /// Sets the constraint of the recurrent kernel.
  public LSTM recurrentConstraint(Constraint constraint) {
    checkNotBuilt("the recurrent kernel constraint");
    this.recurrentConstraint = constraint;
    return this;
  }

  /// Sets the constraint of the bias; without a bias that is an error when the layer is built.
  public LSTM biasConstraint(Constraint constraint) {
    checkNotBuilt("the bias constraint");
    this.biasConstraint = constraint;
    return this;
  }

  @Override
  public LSTM activityRegularizer(Regularizer regularizer) {
    super.activityRegularizer(regularizer);
    return this;
  }

  @Override
  public LSTM named(String name) {
    super.named(name);
    return this;
  }
}
