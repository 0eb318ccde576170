package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Lstm;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Penalty;

class LSTMTest {
  private static final Tensor X = Layers.normal(3, 5, 2);

  private static LSTM built(LSTM layer, DType dtype) {
    layer.apply(X.cast(dtype), Pass.inference(RandomStream.of(1)));
    return layer;
  }

  /// An activation that is not the usual constant takes the way step by step.
  private static LSTM stepByStep(int units) {
    return new LSTM(units).activation(x -> x.tanh()).recurrentActivation(x -> x.sigmoid());
  }

  @Test
  void oneOperationGivesWhatTheStepsGive() {
    for (boolean backwards : new boolean[] {false, true}) {
      LSTM fused = built(new LSTM(7).returnSequences(true).goBackwards(backwards), DType.FLOAT32);
      LSTM steps = built(stepByStep(7).returnSequences(true).goBackwards(backwards), DType.FLOAT32);
      assertArrayEquals(
          steps.apply(X, Pass.inference()).toFloats(),
          fused.apply(X, Pass.inference()).toFloats(),
          1e-6f);
    }
  }

  @Test
  void returnsTheLastOutputUnlessAskedForAll() {
    Tensor all = built(new LSTM(4).returnSequences(true), DType.FLOAT32).apply(X, Pass.inference());
    Tensor last = built(new LSTM(4), DType.FLOAT32).apply(X, Pass.inference());
    assertEquals(Shape.of(3, 5, 4), all.shape());
    assertEquals(Shape.of(3, 4), last.shape());
    assertArrayEquals(all.slice(1, 4, 5).toFloats(), last.toFloats());
  }

  @Test
  void backwardsIsTheReversedSequence() {
    LSTM forwards = built(new LSTM(4).returnSequences(true), DType.FLOAT32);
    LSTM backwards = built(new LSTM(4).returnSequences(true).goBackwards(true), DType.FLOAT32);
    assertArrayEquals(
        forwards.apply(X.flip(1), Pass.inference()).toFloats(),
        backwards.apply(X, Pass.inference()).toFloats());
  }

  @Test
  void forgetGatesBeginOpenAndRecurrentKernelOrthogonal() {
    LSTM layer = built(new LSTM(2), DType.FLOAT32);
    assertArrayEquals(
        new float[] {0, 0, 1, 1, 0, 0, 0, 0}, layer.variable("bias").value().toFloats());
    Tensor u = layer.variable("recurrent_kernel").value();
    assertArrayEquals(new float[] {1, 0, 0, 1}, u.matmul(u, false, true).toFloats(), 1e-5f);
    LSTM closed = built(new LSTM(2).unitForgetBias(false), DType.FLOAT32);
    assertArrayEquals(new float[8], closed.variable("bias").value().toFloats());
  }

  @Test
  void gradientsAgreeWithDifferences() {
    for (LSTM layer : List.of(new LSTM(3), stepByStep(3), new LSTM(3).returnSequences(true))) {
      layer
          .kernelRegularizer(new L1(0.1))
          .recurrentRegularizer(new L2(0.2))
          .biasRegularizer(new L2(0.3))
          .activityRegularizer(new L2(0.4));
      built(layer, DType.FLOAT64);
      Layers.checkGradients(layer, X.cast(DType.FLOAT64), Pass::inference);
    }
  }

  @Test
  void paysInEveryRole() {
    LSTM layer =
        new LSTM(3)
            .kernelRegularizer(new L1(0.1))
            .recurrentRegularizer(new L2(0.2))
            .biasRegularizer(new L2(0.3))
            .activityRegularizer(new L2(0.4));
    Pass pass = Pass.inference();
    Tensor y = layer.apply(X, pass);
    List<Penalty> penalties = pass.penalties().list();
    assertEquals(
        List.of("activity", "kernel", "recurrent_kernel", "bias"),
        penalties.stream().map(Penalty::role).toList());
    assertEquals(0.4 * y.sumOfSquares().item() / 3, penalties.get(0).value().item(), 1e-6);
  }

  @Test
  void inputsAndSettingsThatDoNotFitAreErrors() {
    assertMessage("LSTM: units must be 1 or more, got 0", () -> new LSTM(0));
    assertMessage(
        "LSTM: wants an input of rank 3, [batch, steps, features], got [3, 2], in layer 'lstm'",
        () -> new LSTM(2).apply(Tensor.zeros(3, 2), Pass.inference()));
    assertMessage(
        "LSTM: wants an input [batch, steps, features] with at least one step, got FLOAT32[3, 0,"
            + " 2], in layer 'lstm'",
        () -> new LSTM(2).apply(Tensor.zeros(3, 0, 2), Pass.inference()));
    assertMessage(
        "there is no bias, so its regularizer L2[lambda=0.1] would be ignored, in layer 'lstm'",
        () -> new LSTM(2).useBias(false).biasRegularizer(new L2(0.1)).apply(X, Pass.inference()));
    LSTM layer = built(new LSTM(2), DType.FLOAT32);
    assertThrows(IllegalStateException.class, () -> layer.returnSequences(true));
    assertThrows(IllegalStateException.class, () -> layer.recurrentRegularizer(new L2()));
  }

  /// Asked in one walk, in walks of their own, and twice of one tape with one cotangent.
  @Test
  void gradientsDoNotDependOnWhatElseIsAskedFor() {
    Tensor z = Layers.normal(4, 3, 8);
    Tensor u = Layers.normal(2, 8);
    Tensor cotangent = Layers.normal(4, 3, 2);
    List<Tensor> both = gradients(z, u, cotangent, z, u);
    assertArrayEquals(both.get(0).toFloats(), gradients(z, u, cotangent, z).get(0).toFloats());
    assertArrayEquals(both.get(1).toFloats(), gradients(z, u, cotangent, u).get(0).toFloats());
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape(GradientTape.Option.PERSISTENT)) {
      tape.watch(z);
      tape.watch(u);
      Tensor h = new Lstm().apply(z, u);
      for (int i = 0; i < 2; i++) {
        List<Tensor> again = tape.gradients(h, cotangent, List.of(z, u), Unconnected.NONE);
        assertArrayEquals(both.get(0).toFloats(), again.get(0).toFloats());
        assertArrayEquals(both.get(1).toFloats(), again.get(1).toFloats());
      }
    }
  }

  private static List<Tensor> gradients(Tensor z, Tensor u, Tensor cotangent, Tensor... sources) {
    try (GradientTape tape = new GradientTape()) {
      List<Tensor> all = List.of(sources);
      all.forEach(tape::watch);
      return tape.gradients(new Lstm().apply(z, u), cotangent, all, Unconnected.NONE);
    }
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
