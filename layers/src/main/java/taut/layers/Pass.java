package taut.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final List<Penalty> activities = new ArrayList<>();
  private final Map<Variable, WeightPenalty> weightPenalties = new LinkedHashMap<>();
  private DType dtype = DType.FLOAT32;
  private int built;
  private boolean read;

  private record WeightPenalty(String layer, String role, Regularizer regularizer) {}

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
    if (!regularizer.isZero() && weight.variable().isTrainable()) {
      weightPenalties.putIfAbsent(weight.variable(), new WeightPenalty(layer, role, regularizer));
    }
  }

  /// Computes the penalties of the weights and returns them behind those of the activities. Under a
  /// tape, call it inside the tape.
  public Penalties penalties() {
    read = true;
    List<Penalty> all = new ArrayList<>(activities);
    weightPenalties.forEach(
        (weight, p) -> all.add(Penalty.of(p.layer, p.role, p.regularizer, weight.value())));
    return new Penalties(all, dtype);
  }

  /// Returns the number of penalties that are missing from the loss because nobody has asked for
  /// them.
  int unread() {
    return training && !read ? activities.size() + weightPenalties.size() : 0;
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
