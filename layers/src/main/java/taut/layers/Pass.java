package taut.layers;

import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Tensor;
import taut.regularizers.Penalties;
import taut.regularizers.Penalty;
import taut.regularizers.Regularizer;

/// One forward pass through a network: training or inference, the random numbers, and the penalties
/// collected so far.
///
/// ```java
/// try (var tape = new GradientTape(); var pass = Pass.training(random)) {
///   Tensor loss = lossFunction.of(y, network.apply(x, pass)).add(pass.penalties().total());
///   optimizer.apply(tape.gradient(loss, network.trainableVariables()));
/// }
/// ```
///
/// Layers keep nothing between calls; what a call produces beside its output goes here. The
/// best-known fault of hand-written loops is a penalty that never reaches the loss: a training pass
/// that is closed although nobody read its penalties logs a warning.
public final class Pass implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("taut.layers");

  private final boolean training;
  private final RandomStream random;
  private @Nullable RandomStream weights;
  private final Penalties.Builder activities = new Penalties.Builder();

  /// The weights that are to be penalized, the first and the last of a chain: there are few.
  private @Nullable WeightPenalty firstWeight;

  private @Nullable WeightPenalty lastWeight;
  private DType dtype = DType.FLOAT32;
  private int built;
  private boolean read;

  /// A weight that is to be penalized, and the next one.
  private static final class WeightPenalty {
    final String layer;
    final String role;
    final Regularizer regularizer;
    final Variable variable;
    @Nullable WeightPenalty next;

    WeightPenalty(String layer, String role, Regularizer regularizer, Variable variable) {
      this.layer = layer;
      this.role = role;
      this.regularizer = regularizer;
      this.variable = variable;
    }
  }

  private Pass(boolean training, RandomStream random) {
    this.training = training;
    this.random = random;
  }

  /// Begins a training pass: dropout drops, batch normalization uses the batch.
  public static Pass training(RandomStream random) {
    return new Pass(true, random);
  }

  /// Begins an inference pass. Layers that are not built yet take their weights from seed 0.
  public static Pass inference() {
    return inference(RandomStream.of(0));
  }

  /// Begins an inference pass whose stream initializes the weights of layers that are not built
  /// yet.
  public static Pass inference(RandomStream random) {
    return new Pass(false, random);
  }

  /// Tells whether this is a training pass.
  public boolean isTraining() {
    return training;
  }

  /// Returns the random numbers of this pass, for masks and noise.
  public RandomStream random() {
    return random;
  }

  /// Returns a stream of its own for the next weight to be initialized.
  ///
  /// The streams of a pass come from one number that is drawn from the pass's stream, so they do
  /// not depend on how many random numbers a weight takes, and layers that are built one after the
  /// other from one stream differ.
  RandomStream nextWeightStream() {
    if (weights == null) {
      weights = random.split(random.nextInt(Integer.MAX_VALUE));
    }
    return weights.split(built++);
  }

  /// Adds a penalty that was computed during this pass.
  public void add(Penalty penalty) {
    activities.add(penalty);
  }

  /// Adds the penalty of a layer's output, divided by the batch size.
  void addActivity(String layer, Regularizer regularizer, Tensor output) {
    if (output.dtype().isFloating()) {
      dtype = output.dtype();
    }
    if (!regularizer.isZero()) {
      activities.add(Penalty.ofActivity(layer, regularizer, output));
    }
  }

  /// Notes that a weight is to be penalized; however often its layer is called, it pays once, and
  /// only while it is trainable.
  void addWeight(String layer, String role, Weight weight) {
    Regularizer regularizer = weight.regularizer();
    Variable variable = weight.variable();
    if (regularizer.isZero() || !variable.isTrainable() || isPenalized(variable)) {
      return;
    }
    WeightPenalty added = new WeightPenalty(layer, role, regularizer, variable);
    if (lastWeight == null) {
      firstWeight = added;
    } else {
      lastWeight.next = added;
    }
    lastWeight = added;
  }

  private boolean isPenalized(Variable variable) {
    for (WeightPenalty p = firstWeight; p != null; p = p.next) {
      if (p.variable == variable) {
        return true;
      }
    }
    return false;
  }

  /// Computes the penalties of the weights and returns them behind those of the activities. Under a
  /// tape, call it inside the tape.
  public Penalties penalties() {
    read = true;
    Penalties.Builder all = new Penalties.Builder();
    activities.build(dtype).forEach(all::add);
    for (WeightPenalty p = firstWeight; p != null; p = p.next) {
      all.add(Penalty.of(p.layer, p.role, p.regularizer, p.variable.value()));
    }
    return all.build(dtype);
  }

  /// Returns the number of penalties that are missing from the loss because nobody has asked for
  /// them.
  int unread() {
    int count = activities.size();
    for (WeightPenalty p = firstWeight; p != null; p = p.next) {
      count++;
    }
    return training && !read ? count : 0;
  }

  /// Ends the pass.
  @Override
  public void close() {
    if (unread() > 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "a training pass ended with {0} penalties that nobody read, so they are missing from the"
              + " loss; add pass.penalties().total() to it",
          unread());
    }
  }
}
