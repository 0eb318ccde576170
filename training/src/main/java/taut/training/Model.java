package taut.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.Constraint;
import taut.layers.Layer;
import taut.layers.Pass;
import taut.optim.Optimizer;

/// A network together with how it is trained: Keras's compiled model.
///
/// ```java
/// Model model = Model.compile(
///     Sequential.of(new Dense(500).activation(RELU), new Dense(1).activation(SIGMOID)),
///     new Adam(), Losses.binaryCrossentropy(), Metrics.accuracy());
/// History history = model.fit(train, Fit.epochs(100).validation(test));
/// Scores scores = model.evaluate(test);
/// ```
///
/// [#fit] does what the loop in [GradientTape]'s documentation does, and keeps count. Training is
/// for one thread; [#predict] is for many.
public final class Model {
  private static final int BUILDING = 1;
  private static final int SHUFFLING = 2;
  private static final int STEPPING = 3;
  private static final int PREDICTION_BATCH = 256;

  private final Layer network;
  private final Optimizer optimizer;
  private final Loss loss;
  private final List<Metric> metrics;

  private Model(Layer network, Optimizer optimizer, Loss loss, List<Metric> metrics) {
    this.network = network;
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = metrics;
  }

  /// Puts a network together with an optimizer, a loss and metrics.
  ///
  /// @throws IllegalArgumentException if two metrics have one name
  public static Model compile(Layer network, Optimizer optimizer, Loss loss, Metric... metrics) {
    Set<String> names = new HashSet<>();
    for (Metric metric : metrics) {
      if (!names.add(metric.name())) {
        throw new IllegalArgumentException(
            "compile: two metrics are named '"
                + metric.name()
                + "', and scores are found by name; name one of them otherwise, with named(…)");
      }
    }
    return new Model(network, optimizer, loss, List.of(metrics));
  }

  /// Returns the network.
  public Layer network() {
    return network;
  }

  /// Trains the network.
  ///
  /// Called again, it goes on with the weights and the optimizer as they are; orders and masks
  /// follow from the seed of the call, so give each call its own.
  ///
  /// @return the scores of every epoch
  /// @throws IllegalArgumentException if there are no samples, or samples or targets do not fit
  ///   network and loss
  public History fit(Dataset data, Fit fit) {
    loss.check(checkNotEmpty("fit", data).y());
    fit.validation().ifPresent(v -> loss.check(checkNotEmpty("fit", v).y()));
    RandomStream random = RandomStream.of(fit.seed());
    build(data, random.split(BUILDING));
    List<Callback> callbacks = new ArrayList<>(fit.callbacks());
    if (fit.progress()) {
      callbacks.add(new ProgressDisplay());
    }
    int steps = data.batch(fit.batchSize()).count();
    callbacks.forEach(callback -> callback.trainingBegins(fit.epochs(), steps));
    List<Epoch> epochs = new ArrayList<>();
    try {
      for (int epoch = 1; epoch <= fit.epochs(); epoch++) {
        epochs.add(epoch(epoch, data, fit, random, callbacks));
      }
    } finally {
      callbacks.forEach(Callback::trainingEnds);
    }
    return new History(epochs);
  }

  private Epoch epoch(
      int number, Dataset data, Fit fit, RandomStream random, List<Callback> callbacks) {
    long start = System.nanoTime();
    callbacks.forEach(callback -> callback.epochBegins(number));
    Dataset ordered = fit.shuffle() ? data.shuffle(random.split(SHUFFLING).split(number)) : data;
    RandomStream noise = random.split(STEPPING).split(number);
    Trained trained = new Trained(network.trainableVariables(), network.constraints());
    Dataset.Batches batches = ordered.batch(fit.batchSize());
    ScoreKeeper keeper = new ScoreKeeper(metrics);
    long peakBytes = 0;
    for (int i = 0; i < batches.count(); i++) {
      try (MemoryScope scope = MemoryScope.open()) {
        step(batches.get(i), noise.split(i), trained, keeper);
        peakBytes = Math.max(peakBytes, scope.peakBytes());
      }
      int done = i + 1;
      callbacks.forEach(callback -> callback.stepEnds(done, keeper::scores));
    }
    Scores train = keeper.scores();
    Optional<Scores> validation = fit.validation().map(v -> score(v, fit.batchSize()));
    double seconds = (System.nanoTime() - start) * 1e-9;
    Epoch epoch = new Epoch(number, train, validation, seconds, peakBytes);
    callbacks.forEach(callback -> callback.epochEnds(epoch));
    return epoch;
  }

  /// What an epoch's steps change, looked up once: freezing a layer counts from the next epoch on.
  private record Trained(List<Variable> variables, Map<Variable, Constraint> constraints) {}

  private void step(Batch batch, RandomStream random, Trained trained, ScoreKeeper keeper) {
    try (GradientTape tape = new GradientTape();
        Pass pass = Pass.training(random)) {
      Tensor prediction = network.apply(batch.x(), pass);
      Tensor dataLoss = loss.of(batch.y(), prediction);
      Tensor penalty = pass.penalties().total();
      optimizer.apply(tape.gradient(dataLoss.add(penalty), trained.variables));
      trained.constraints.forEach((variable, constraint) -> constraint.enforce(variable));
      keeper.add(batch, prediction, dataLoss.item(), penalty.item());
    }
  }

  /// Scores the network on data, in batches of 32.
  public Scores evaluate(Dataset data) {
    return evaluate(data, Fit.DEFAULT_BATCH_SIZE);
  }

  /// Scores the network on data. The loss includes the penalties, as in Keras; [Scores#dataLoss]
  /// does not.
  public Scores evaluate(Dataset data, int batchSize) {
    loss.check(checkNotEmpty("evaluate", data).y());
    return score(data, batchSize);
  }

  private Scores score(Dataset data, int batchSize) {
    ScoreKeeper keeper = new ScoreKeeper(metrics);
    Dataset.Batches batches = data.batch(batchSize);
    for (int i = 0; i < batches.count(); i++) {
      try (var _ = MemoryScope.open();
          Pass pass = Pass.inference()) {
        Batch batch = batches.get(i);
        Tensor prediction = network.apply(batch.x(), pass);
        double dataLoss = loss.of(batch.y(), prediction).item();
        keeper.add(batch, prediction, dataLoss, pass.penalties().total().item());
      }
    }
    return keeper.scores();
  }

  /// Returns the network's output for samples, whose first axis counts them.
  public Tensor predict(Tensor x) {
    List<Tensor> parts = new ArrayList<>();
    for (int begin = 0; begin == 0 || begin < x.dim(0); begin += PREDICTION_BATCH) {
      try (MemoryScope scope = MemoryScope.open();
          Pass pass = Pass.inference()) {
        Tensor part = x.slice(0, begin, Math.min(x.dim(0), begin + PREDICTION_BATCH));
        parts.add(scope.keep(network.apply(part, pass)));
      }
    }
    return parts.size() == 1
        ? parts.getFirst()
        : Rearrangements.concat(0, parts.toArray(Tensor[]::new));
  }

  /// Describes the network for inputs of the given shape, without the batch axis; builds it if that
  /// has not been done, with weights from seed 0.
  ///
  /// @throws IllegalArgumentException if no shape is given
  public String summary(int... inputShape) {
    if (inputShape.length == 0) {
      throw new IllegalArgumentException(
          "summary: wants the shape of one sample, such as summary(28, 28) for images");
    }
    int[] dims = new int[inputShape.length + 1];
    dims[0] = 1;
    System.arraycopy(inputShape, 0, dims, 1, inputShape.length);
    return Summary.of(network, Shape.of(dims));
  }

  private void build(Dataset data, RandomStream random) {
    if (!network.isBuilt()) {
      // By a sample, not by its shape alone: the weights take its element type.
      try (Pass pass = Pass.inference(random)) {
        network.apply(data.take(1).x(), pass);
      }
    }
  }

  private static Dataset checkNotEmpty(String call, Dataset data) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(call + ": the data set is empty");
    }
    return data;
  }
}
