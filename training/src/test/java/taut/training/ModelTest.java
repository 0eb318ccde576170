package taut.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.kernels.Parallel;
import taut.layers.ActivationLayer;
import taut.layers.Activations;
import taut.layers.Dense;
import taut.layers.Dropout;
import taut.layers.MaxNorm;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.optim.Sgd;
import taut.regularizers.L2;
import taut.regularizers.Regularizer;

/// Training as a whole: what it returns, that it repeats itself, and what it refuses.
class ModelTest {
  private static final RandomStream RANDOM = RandomStream.of(1);
  private static final Tensor X = RANDOM.normal(Shape.of(70, 6), 0, 1);

  /// The class is the sign of the first feature, so there is something to learn.
  private static final Dataset DATA =
      Dataset.of(X, X.slice(1, 0, 1).squeeze(1).greater(0).cast(DType.INT32));

  private static Sequential network(Regularizer regularizer) {
    return Sequential.of(
        new Dense(32).activation(Activations.RELU).kernelRegularizer(regularizer),
        new Dropout(0.2),
        new Dense(2).activation(Activations.SOFTMAX));
  }

  private static Model model(Regularizer regularizer) {
    return Model.compile(
        network(regularizer),
        new Adam(0.01),
        Losses.sparseCategoricalCrossentropy(),
        Metrics.accuracy());
  }

  private static Fit fit(int epochs) {
    return Fit.epochs(epochs).batchSize(16).seed(5).quietly();
  }

  private static float[] weights(Model model) {
    List<Float> all = new ArrayList<>();
    model
        .network()
        .variables()
        .forEach(v -> {
          for (float f : v.value().toFloats()) {
            all.add(f);
          }
        });
    float[] array = new float[all.size()];
    IntStream.range(0, array.length).forEach(i -> array[i] = all.get(i));
    return array;
  }

  private static float[] trained(Supplier<Model> model, Fit fit) {
    Model trainee = model.get();
    trainee.fit(DATA, fit);
    return weights(trainee);
  }

  @Test
  void learns() {
    Model model = model(Regularizer.none());
    History history = model.fit(DATA, fit(40).validation(DATA));
    assertTrue(history.last().train().loss() < history.loss()[0] / 2);
    assertTrue(model.evaluate(DATA).metric("accuracy") > 0.9);
    assertEquals(40, history.epochs().size());
    assertEquals(40, history.validationLoss().length);
  }

  @Test
  void repeatsItselfBitForBitWithTheSameSeedOnly() {
    float[] first = trained(() -> model(new L2(0.01)), fit(3));
    assertArrayEquals(first, trained(() -> model(new L2(0.01)), fit(3)));
    assertFalse(Arrays.equals(first, trained(() -> model(new L2(0.01)), fit(3).seed(6))));
  }

  @Test
  void doesNotDependOnTheNumberOfThreads() {
    int before = Parallel.threads();
    try {
      Parallel.setThreads(1);
      float[] alone = trained(ModelTest::wide, fit(1));
      Parallel.setThreads(2);
      assertArrayEquals(alone, trained(ModelTest::wide, fit(1)));
    } finally {
      Parallel.setThreads(before);
    }
  }

  @Test
  void inTheSteadyStateNoBufferIsAllocated() {
    Model model = wide();
    model.fit(DATA, fit(1));
    try (MemoryScope scope = MemoryScope.open()) {
      History history = model.fit(DATA, fit(2).validation(DATA));
      assertEquals(0, scope.newBytes());
      long weights = 4L * weights(model).length;
      long peak = history.last().peakBytes();
      assertTrue(
          peak >= weights && peak < 2 * weights,
          () -> "a step needs the gradients and some more, got " + peak + " of " + weights);
    }
  }

  /// A network whose products are large enough to be shared among threads.
  private static Model wide() {
    return Model.compile(
        Sequential.of(
            new Dense(2000).activation(Activations.RELU).kernelRegularizer(new L2(0.001)),
            new Dense(600).activation(Activations.TANH),
            new Dense(2).activation(Activations.SOFTMAX)),
        new Sgd(0.01).momentum(0.9),
        Losses.sparseCategoricalCrossentropy());
  }

  @Test
  void strengthZeroIsNoRegularizerBitForBit() {
    assertArrayEquals(
        trained(() -> model(Regularizer.none()), fit(3)), trained(() -> model(new L2(0)), fit(3)));
  }

  @Test
  void lossIsDataLossPlusPenalty() {
    Model model = model(new L2(0.1));
    History history = model.fit(DATA, fit(2).validation(DATA));
    Scores validation = history.last().validation().orElseThrow();
    assertEquals(validation.loss(), validation.dataLoss() + validation.penalty(), 1e-12);
    double kernel = model.network().variables().getFirst().value().sumOfSquares().item();
    assertEquals(0.1 * kernel, validation.penalty(), 1e-5 * kernel);
    assertEquals(validation, model.evaluate(DATA, 16));
  }

  @Test
  void constraintsHoldAfterEachStep() {
    Model model =
        Model.compile(
            Sequential.of(new Dense(4).kernelConstraint(new MaxNorm(0.5)), new Dense(2)),
            new Sgd(0.5),
            Losses.sparseCategoricalCrossentropy().fromLogits());
    model.fit(DATA, fit(3));
    Tensor kernel = model.network().variables().getFirst().value();
    assertTrue(kernel.norm(0).max().item() <= 0.5 + 1e-5);
  }

  @Test
  void frozenLayersStay() {
    Model model = model(new L2(0.1));
    model.network().build(Shape.of(1, 6), RandomStream.of(3));
    model.network().sublayers().getFirst().setTrainable(false);
    float[] kernel = model.network().variables().getFirst().value().toFloats();
    History history = model.fit(DATA, fit(2));
    assertArrayEquals(kernel, model.network().variables().getFirst().value().toFloats());
    assertEquals(0, history.last().train().penalty());
  }

  @Test
  void predictsTheSameFromManyThreadsAndInAnyBatch() {
    Model model = model(Regularizer.none());
    model.fit(DATA, fit(1));
    Tensor many = RANDOM.normal(Shape.of(600, 6), 0, 1);
    float[] expected = model.predict(many).toFloats();
    IntStream.range(0, 8)
        .parallel()
        .forEach(i -> assertArrayEquals(expected, model.predict(many).toFloats()));
    assertEquals(Shape.of(0, 2), model.predict(Tensor.zeros(0, 6)).shape());
  }

  @Test
  void callbacksHearEverythingInOrder() {
    List<String> heard = new ArrayList<>();
    Callback callback =
        new Callback() {
          @Override
          public void trainingBegins(int epochs, int steps) {
            heard.add("begin " + epochs + " × " + steps);
          }

          @Override
          public void epochBegins(int epoch) {
            heard.add("epoch " + epoch);
          }

          @Override
          public void stepEnds(int step, Supplier<Scores> soFar) {
            heard.add("step " + step);
            assertTrue(soFar.get().loss() > 0);
          }

          @Override
          public void epochEnds(Epoch epoch) {
            heard.add("ended " + epoch.number());
          }

          @Override
          public void trainingEnds() {
            heard.add("end");
          }
        };
    model(Regularizer.none()).fit(DATA.take(20), fit(2).callback(callback));
    assertEquals(
        List.of(
            "begin 2 × 2",
            "epoch 1",
            "step 1",
            "step 2",
            "ended 1",
            "epoch 2",
            "step 1",
            "step 2",
            "ended 2",
            "end"),
        heard);
  }

  @Test
  void summaryShowsLayersShapesAndPenalties() {
    String summary = model(new L2(0.25)).summary(6);
    assertTrue(summary.contains("dense (Dense)"), summary);
    assertTrue(summary.contains("[batch, 32]"), summary);
    assertTrue(summary.contains("kernel L2[lambda=0.25]"), summary);
    assertTrue(summary.contains("parameters: 290, trainable: 290"), summary);
  }

  @Test
  void refusesWhatCannotBeRight() {
    Model model = model(Regularizer.none());
    assertMessage("fit: the data set is empty", () -> model.fit(DATA.take(0), fit(1)));
    Tensor x = Tensor.zeros(2, 6);
    assertMessage(
        "label 7 at position 1 is not in 0 … 1",
        () -> model.fit(Dataset.of(x, Tensor.of(Shape.of(2), 0, 7)), fit(1)));
    assertMessage(
        "label -1 at position 0",
        () -> model.fit(Dataset.of(x, Tensor.of(Shape.of(2), -1, 0)), fit(1)));
    assertMessage(
        "wants INT32 labels", () -> model.fit(Dataset.of(x, Tensor.vector(0, 1)), fit(1)));
    assertMessage(
        "wants as many targets as samples", () -> Dataset.of(x, Tensor.of(Shape.of(3), 0, 1, 0)));
    model.fit(DATA, fit(1));
    assertMessage(
        "inner dimensions differ: [1, 5] × [6, 32] (5 ≠ 6), in layer 'dense'",
        () -> model.predict(Tensor.zeros(1, 5)));
    assertMessage("epochs must be 1 or more, got 0", () -> Fit.epochs(0));
  }

  @Test
  void refusesTargetsThatAreNotNumbers() {
    Model model = Model.compile(Sequential.of(new Dense(1)), new Sgd(), Losses.meanSquaredError());
    Tensor targets = Tensor.of(Shape.of(2, 1), 1f, Float.NaN);
    assertMessage("NaN at row 1", () -> model.fit(Dataset.of(Tensor.zeros(2, 3), targets), fit(1)));
  }

  @Test
  void refusesBinaryTargetsThatAreNoProbabilities() {
    Model model =
        Model.compile(
            Sequential.of(new Dense(1).activation(Activations.SIGMOID)),
            new Sgd(),
            Losses.binaryCrossentropy());
    Dataset data = Dataset.of(Tensor.zeros(2, 3), Tensor.of(Shape.of(2, 1), 1f, 2f));
    assertMessage(
        "binaryCrossentropy: wants targets from 0 to 1, got 2.0 at position 1",
        () -> model.fit(data, fit(1)));
    assertMessage("summary: wants the shape of one sample", model::summary);
  }

  @Test
  void namesLayerRoleAndShapeOfAPenaltyThatIsNoScalar() {
    Model model = model(w -> w.square());
    assertMessage(
        "the kernel regularizer of layer 'dense' must return a scalar, got FLOAT32[6, 32]",
        () -> model.fit(DATA, fit(1)));
  }

  @Test
  void weightsFollowFromTheSeedAlone() {
    Model batch16 = model(Regularizer.none());
    batch16.fit(DATA, fit(1).batchSize(16));
    Model batch70 = model(Regularizer.none());
    batch70.fit(DATA, fit(1).batchSize(70));
    assertNotEquals(
        0, batch16.network().variables().size(), "the networks have weights to compare");
    Sequential built = network(Regularizer.none());
    built.build(Shape.of(1, 6), RandomStream.of(5).split(1));
    Model again = Model.compile(built, new Sgd(0), Losses.sparseCategoricalCrossentropy());
    float[] before = weights(again);
    again.fit(DATA, fit(1));
    assertArrayEquals(before, weights(again), "a rate of 0 changes nothing");
  }

  private static void assertMessage(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), () -> "wanted '" + part + "' in: " + message);
  }

  @Test
  void weightsTakeTheElementTypeOfTheSamples() {
    Dataset data = Dataset.of(DATA.x().cast(DType.FLOAT64), DATA.y());
    Model model = model(new L2(0.01));
    model.fit(data, fit(1));
    assertEquals(DType.FLOAT64, model.network().variables().getFirst().dtype());
    assertEquals(DType.FLOAT64, model.predict(data.x()).dtype());
    assertTrue(model.summary(6).contains("parameters: 290"));
  }

  @Test
  void summaryCallsTheBatchAxisAloneBatch() {
    String summary =
        Model.compile(
                Sequential.of(
                    new Dense(24), new ActivationLayer(x -> x.reshape(12, 2)), new Dense(1)),
                new Sgd(),
                Losses.meanSquaredError())
            .summary(6);
    assertTrue(summary.contains("[batch, 24]"), summary);
    assertTrue(summary.contains("[12, 2]"), summary);
  }

  @Test
  void refusesTwoMetricsOfOneName() {
    Metric strict = Metrics.precision(0.9);
    assertMessage(
        "'precision'",
        () ->
            Model.compile(
                network(Regularizer.none()),
                new Sgd(),
                Losses.binaryCrossentropy(),
                Metrics.precision(),
                strict));
    Model.compile(
        network(Regularizer.none()),
        new Sgd(),
        Losses.binaryCrossentropy(),
        Metrics.precision(),
        strict.named("strict precision"));
  }

  @Test
  void scoresDoNotChange() {
    Map<String, Double> metrics = new HashMap<>(Map.of("accuracy", 0.5));
    Scores scores = new Scores(1, 1, 0, metrics);
    metrics.clear();
    assertEquals(0.5, scores.metric("accuracy"));
    assertThrows(UnsupportedOperationException.class, () -> scores.metrics().clear());
  }
}
