package taut.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.Activations;
import taut.layers.Dense;
import taut.layers.Layer;
import taut.layers.Pass;
import taut.layers.Sequential;
import taut.optim.Adam;
import taut.optim.Optimizer;
import taut.regularizers.L1;
import taut.regularizers.L2;

/// A training loop of one's own inside memory scopes.
class HandWrittenStepTest {
  private static final RandomStream RANDOM = RandomStream.of(3);
  private static final Tensor X = RANDOM.uniform(Shape.of(30, 2), -1, 1);
  private static final Tensor Y = RANDOM.mask(Shape.of(30, 1), 0.5, 1);

  @Test
  void takesNoNewBufferFromTheSecondStepOn() {
    Layer network =
        Sequential.of(
            new Dense(500).activation(Activations.RELU).activityRegularizer(new L1(1e-4)),
            new Dense(20).activation(Activations.TANH).kernelRegularizer(new L2(0.01)),
            new Dense(1).activation(Activations.SIGMOID));
    Optimizer optimizer = new Adam(0.001);
    assertTrue(newBytesOfAStep(network, optimizer) > 0);
    for (int step = 2; step < 6; step++) {
      assertEquals(0, newBytesOfAStep(network, optimizer), "step " + step);
    }
  }

  private static long newBytesOfAStep(Layer network, Optimizer optimizer) {
    try (MemoryScope scope = MemoryScope.open();
        GradientTape tape = new GradientTape();
        Pass pass = Pass.training(RANDOM)) {
      Tensor prediction = network.apply(X, pass);
      Tensor loss = Losses.binaryCrossentropy().of(Y, prediction).add(pass.penalties().total());
      optimizer.apply(tape.gradient(loss, network.trainableVariables()));
      return scope.newBytes();
    }
  }
}
