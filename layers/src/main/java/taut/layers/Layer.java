package taut.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.regularizers.Regularizer;

/// A step of a network: makes its weights when it first sees an input, and computes an output in
/// each pass.
///
/// A layer of one's own overrides [#build(Shape)], where it makes its weights with [#addWeight],
/// and [#forward]; everybody calls [#apply]. Settings (activation, regularizers, name) are made
/// before the first call; a setting that comes later is an error, since it would be ignored. The
/// weights exist after the first call or [#build(Shape, RandomStream)], and asking for them before
/// is an error too. They take the element type of the first input, FLOAT32 if that is not a
/// floating-point one.
///
/// Once it is built, a layer may be called from many threads for inference.
public abstract class Layer {
  /// What there is to make weights from while the layer is built.
  private record Building(Pass pass, DType dtype) {}

  /// Says in which layer an input did not fit; thrown on as it is by the layers around that one.
  private static final class InLayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InLayerException(IllegalArgumentException cause, Layer layer) {
      super(cause.getMessage() + ", in layer '" + layer.name + "'", cause);
    }
  }

  private final LayerName name = new LayerName(getClass());
  private final Map<String, Weight> weights = new LinkedHashMap<>();
  private Regularizer activityRegularizer = Regularizer.none();
  private boolean trainable = true;
  private @Nullable Building building;
  private volatile boolean built;
  private volatile @Nullable KnownWeights known;

  /// Makes a layer that is not built yet.
  protected Layer() {}

  /// Makes the weights for inputs of the given shape, batch axis included; a layer without weights
  /// leaves this as it is.
  protected void build(Shape input) {}

  /// Computes the output.
  protected abstract Tensor forward(Tensor x, Pass pass);

  /// Returns the layers inside this one, in order; a layer that is used twice stands there twice.
  public List<Layer> sublayers() {
    return List.of();
  }

  /// Builds this layer if this is its first input, computes the output, and adds the penalties to
  /// the pass.
  ///
  /// @throws IllegalArgumentException if the input does not fit; the message names the layer
  public final Tensor apply(Tensor x, Pass pass) {
    Tensor output = output(x, pass);
    weights.forEach((role, weight) -> pass.addWeight(name(), role, weight));
    pass.addActivity(name(), activityRegularizer, output);
    return output;
  }

  private Tensor output(Tensor x, Pass pass) {
    try {
      if (!built) {
        buildOnce(x, pass);
      }
      return forward(x, pass);
    } catch (InLayerException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InLayerException(e, this);
    }
  }

  private synchronized void buildOnce(Tensor x, Pass pass) {
    if (built) {
      return;
    }
    name.enclose(new LinkedHashSet<>(sublayers()));
    weights.clear(); // of an attempt that failed
    building = new Building(pass, x.dtype().isFloating() ? x.dtype() : DType.FLOAT32);
    try {
      build(x.shape());
    } finally {
      building = null;
    }
    applyTrainable();
    name.settle();
    built = true;
  }

  /// Builds this layer and those inside it for FLOAT32 inputs of the given shape, batch axis
  /// included, from a seed.
  public final void build(Shape input, RandomStream random) {
    try (Pass pass = Pass.inference(random)) {
      apply(Tensor.full(input, 0, DType.FLOAT32), pass);
    }
  }

  /// Makes a trainable weight; for use in [#build(Shape)].
  ///
  /// @param role what it is to the layer, `kernel` or `bias`; the variable is named `layer/role`
  protected final Variable addWeight(
      String role, Shape shape, Initializer initializer, Regularizer regularizer) {
    return addWeight(role, shape, initializer, regularizer, Constraint.none());
  }

  /// Makes a trainable weight that is constrained after each step of training; for use in
  /// [#build(Shape)].
  protected final Variable addWeight(
      String role,
      Shape shape,
      Initializer initializer,
      Regularizer regularizer,
      Constraint constraint) {
    Variable variable = Variable.trainable(nameOf(role), initial(shape, initializer));
    weights.put(role, new Weight(variable, regularizer, constraint, true));
    return variable;
  }

  /// Makes a variable that training does not change by gradient, such as a moving mean; for use in
  /// [#build(Shape)].
  protected final Variable addState(String role, Shape shape, Initializer initializer) {
    Variable variable = Variable.state(nameOf(role), initial(shape, initializer));
    weights.put(role, new Weight(variable, Regularizer.none(), Constraint.none(), false));
    return variable;
  }

  /// Fails if a weight that this layer is set to do without has a penalty or a constraint, which
  /// would be ignored; for use in [#build(Shape)].
  ///
  /// @throws IllegalArgumentException if the regularizer is not zero, or if there is a constraint
  protected final void checkUnused(String role, Regularizer regularizer, Constraint constraint) {
    if (!regularizer.isZero() || !constraint.isNone()) {
      throw new IllegalArgumentException(
          "there is no "
              + role
              + ", so its "
              + (regularizer.isZero() ? "constraint " + constraint : "regularizer " + regularizer)
              + " would be ignored");
    }
  }

  private String nameOf(String role) {
    if (weights.containsKey(role)) {
      throw new IllegalStateException("layer '" + name + "': made two weights '" + role + "'");
    }
    return name + "/" + role;
  }

  private Tensor initial(Shape shape, Initializer initializer) {
    Building now = building;
    if (now == null) {
      throw new IllegalStateException("layer '" + name + "': weights are made in build only");
    }
    return initializer.initialize(shape, now.pass.nextWeightStream()).cast(now.dtype);
  }

  /// Returns all variables of this layer and those inside it, each once, its own first.
  ///
  /// @throws IllegalStateException if this layer or one inside it is not built
  public final List<Variable> variables() {
    return List.copyOf(allWeights().byVariable().keySet());
  }

  /// Returns the variables that training updates.
  ///
  /// @throws IllegalStateException if this layer or one inside it is not built
  public final List<Variable> trainableVariables() {
    return allWeights().trainable();
  }

  /// Returns this layer's own variable with the given role, such as `kernel`.
  ///
  /// @throws IllegalStateException if this layer is not built
  /// @throws IllegalArgumentException if it has no such variable
  public final Variable variable(String role) {
    checkBuilt();
    Weight weight = weights.get(role);
    if (weight == null) {
      throw new IllegalArgumentException(
          "layer '" + name + "': has no '" + role + "', only " + weights.keySet());
    }
    return weight.variable();
  }

  /// Returns the constraints of the variables that training updates: a frozen weight is not
  /// constrained. Whoever trains calls [Constraint#enforce] on each after a step.
  ///
  /// @throws IllegalStateException if this layer or one inside it is not built
  public final Map<Variable, Constraint> constraints() {
    Map<Variable, Constraint> result = new LinkedHashMap<>();
    for (Weight weight : allWeights().byVariable().values()) {
      if (weight.variable().isTrainable() && !weight.constraint().isNone()) {
        result.put(weight.variable(), weight.constraint());
      }
    }
    return result;
  }

  private KnownWeights allWeights() {
    KnownWeights now = known;
    if (now == null || firstBehind(now, 0) != now.size()) {
      List<Weight> found = new ArrayList<>();
      collectWeights(found);
      now = new KnownWeights(found);
      known = now;
    }
    return now;
  }

  private void collectWeights(List<Weight> found) {
    checkBuilt();
    found.addAll(weights.values());
    for (Layer layer : sublayers()) {
      layer.collectWeights(found);
    }
  }

  /// Returns the place behind the weights of this layer and those inside it, which begin at the
  /// given place of those that are known, or -1 if others stand there.
  private int firstBehind(KnownWeights known, int place) {
    checkBuilt();
    int at = place;
    for (Weight weight : weights.values()) {
      if (!known.has(at++, weight)) {
        return -1;
      }
    }
    for (Layer layer : sublayers()) {
      at = at < 0 ? -1 : layer.firstBehind(known, at);
    }
    return at;
  }

  /// Sets the variables to copies of the given values, in the order of [#variables]; where one does
  /// not fit, none is set.
  ///
  /// @throws IllegalStateException if this layer or one inside it is not built
  /// @throws IllegalArgumentException if number, shapes or element types differ
  public final void setWeights(List<Tensor> values) {
    List<Variable> variables = variables();
    List<TensorSpec> wanted =
        variables.stream().map(v -> new TensorSpec(v.shape(), v.dtype())).toList();
    List<TensorSpec> got = values.stream().map(Tensor::spec).toList();
    if (!wanted.equals(got)) {
      throw new IllegalArgumentException(
          "layer '" + name + "': setWeights wants " + variables + ", got " + got);
    }
    // Copied first: they may have been read from the variables that are about to change.
    List<Tensor> copies = values.stream().map(Tensor::copy).toList();
    for (int i = 0; i < copies.size(); i++) {
      variables.get(i).assign(copies.get(i));
    }
  }

  /// Returns the name, which errors, penalties and variables carry: `dense_1`, or `encoder/dense_1`
  /// inside a container inside another one.
  public final String name() {
    return name.toString();
  }

  /// Names this layer. A layer with settings of its own overrides this to return its type.
  ///
  /// @throws IllegalStateException if the layer is built
  /// @throws IllegalArgumentException if the name is blank
  public Layer named(String name) {
    checkNotBuilt("the name");
    if (name.isBlank()) {
      throw new IllegalArgumentException("layer '" + this.name + "': a name must not be blank");
    }
    this.name.choose(name);
    return this;
  }

  final LayerName layerName() {
    return name;
  }

  /// Sets the penalty of this layer's output, which is divided by the batch size. A layer with
  /// settings of its own overrides this to return its type.
  ///
  /// @throws IllegalStateException if the layer is built
  public Layer activityRegularizer(Regularizer regularizer) {
    checkNotBuilt("the activity regularizer");
    this.activityRegularizer = regularizer;
    return this;
  }

  /// Fails if the layer is built: a setting made now would be ignored.
  protected final void checkNotBuilt(String setting) {
    if (built) {
      throw new IllegalStateException(
          "layer '" + name + "': " + setting + " must be set before the layer is first used");
    }
  }

  private void checkBuilt() {
    if (!built) {
      throw new IllegalStateException(
          "layer '"
              + name
              + "': has no weights yet; build it with build(shape, random), or call"
              + " it");
    }
  }

  /// Tells whether the weights exist.
  public final boolean isBuilt() {
    return built;
  }

  /// Tells whether this layer's weights are trained.
  public final boolean isTrainable() {
    return trainable;
  }

  /// Freezes or unfreezes this layer and those inside it. A frozen weight is not updated or
  /// constrained and pays no penalty; an activity penalty stays.
  public final void setTrainable(boolean trainable) {
    this.trainable = trainable;
    applyTrainable();
    sublayers().forEach(layer -> layer.setTrainable(trainable));
  }

  private void applyTrainable() {
    weights
        .values()
        .forEach(weight -> weight.variable().setTrainable(trainable && weight.trainable()));
  }
}
