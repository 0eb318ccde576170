package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.autodiff.GradientTape;
import taut.autodiff.Unconnected;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.Op;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.Gru;
import taut.core.ops.Lstm;
import taut.core.ops.SimpleRnn;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Penalty;

class RecurringTest {
  private static final Tensor X = Layers.normal(3, 5, 2);

  /// A layer with the usual activations, which is one operation, and with others, which go step by
  /// step: those are the same functions, but not the usual constants.
  private enum Kind {
    SIMPLE_RNN("SimpleRNN", 1) {
      @Override
      Recurring<?> layer(int units) {
        return new SimpleRNN(units);
      }

      @Override
      Recurring<?> stepByStep(int units) {
        return new SimpleRNN(units).activation(x -> x.tanh());
      }

      @Override
      Op op() {
        return new SimpleRnn();
      }
    },
    GRU("GRU", 3) {
      @Override
      Recurring<?> layer(int units) {
        return new GRU(units);
      }

      @Override
      Recurring<?> stepByStep(int units) {
        return new GRU(units).activation(x -> x.tanh()).recurrentActivation(x -> x.sigmoid());
      }

      @Override
      Op op() {
        return new Gru();
      }
    },
    LSTM("LSTM", 4) {
      @Override
      Recurring<?> layer(int units) {
        return new LSTM(units);
      }

      @Override
      Recurring<?> stepByStep(int units) {
        return new LSTM(units).activation(x -> x.tanh()).recurrentActivation(x -> x.sigmoid());
      }

      @Override
      Op op() {
        return new Lstm();
      }
    };

    private final String type;
    private final int gates;

    Kind(String type, int gates) {
      this.type = type;
      this.gates = gates;
    }

    abstract Recurring<?> layer(int units);

    abstract Recurring<?> stepByStep(int units);

    abstract Op op();
  }

  private static Layer built(Layer layer, DType dtype) {
    layer.apply(X.cast(dtype), Pass.inference(RandomStream.of(1)));
    return layer;
  }

  private static Recurring<?> regularized(Recurring<?> layer) {
    return layer
        .kernelRegularizer(new L1(0.1))
        .recurrentRegularizer(new L2(0.2))
        .biasRegularizer(new L2(0.3))
        .activityRegularizer(new L2(0.4));
  }

  @ParameterizedTest
  @EnumSource
  void oneOperationGivesWhatTheStepsGive(Kind kind) {
    for (boolean backwards : new boolean[] {false, true}) {
      for (boolean useBias : new boolean[] {false, true}) {
        Layer fused = kind.layer(7).returnSequences(true).goBackwards(backwards).useBias(useBias);
        Layer steps =
            kind.stepByStep(7).returnSequences(true).goBackwards(backwards).useBias(useBias);
        assertArrayEquals(
            built(steps, DType.FLOAT32).apply(X, Pass.inference()).toFloats(),
            built(fused, DType.FLOAT32).apply(X, Pass.inference()).toFloats(),
            1e-6f);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void returnsTheLastOutputUnlessAskedForAll(Kind kind) {
    Layer sequence = built(kind.layer(4).returnSequences(true), DType.FLOAT32);
    Tensor all = sequence.apply(X, Pass.inference());
    Tensor last = built(kind.layer(4), DType.FLOAT32).apply(X, Pass.inference());
    assertEquals(Shape.of(3, 5, 4), all.shape());
    assertEquals(Shape.of(3, 4), last.shape());
    assertArrayEquals(all.slice(1, 4, 5).toFloats(), last.toFloats());
  }

  @ParameterizedTest
  @EnumSource
  void backwardsIsTheReversedSequence(Kind kind) {
    Layer forwards = built(kind.layer(4).returnSequences(true), DType.FLOAT32);
    Layer backwards = built(kind.layer(4).returnSequences(true).goBackwards(true), DType.FLOAT32);
    assertArrayEquals(
        forwards.apply(X.flip(1), Pass.inference()).toFloats(),
        backwards.apply(X, Pass.inference()).toFloats());
  }

  @ParameterizedTest
  @EnumSource
  void recurrentKernelBeginsOrthogonal(Kind kind) {
    Tensor u = built(kind.layer(2), DType.FLOAT32).variable("recurrent_kernel").value();
    assertEquals(Shape.of(2, 2 * kind.gates), u.shape());
    assertArrayEquals(new float[] {1, 0, 0, 1}, u.matmul(u, false, true).toFloats(), 1e-5f);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithDifferences(Kind kind) {
    List<Recurring<?>> layers =
        List.of(kind.layer(3), kind.stepByStep(3), kind.layer(3).returnSequences(true));
    for (Recurring<?> layer : layers) {
      built(regularized(layer), DType.FLOAT64);
      Layers.checkGradients(layer, X.cast(DType.FLOAT64), Pass::inference);
    }
  }

  @ParameterizedTest
  @EnumSource
  void paysInEveryRole(Kind kind) {
    Pass pass = Pass.inference();
    Tensor y = regularized(kind.layer(3)).apply(X, pass);
    List<Penalty> penalties = pass.penalties().list();
    assertEquals(
        List.of("activity", "kernel", "recurrent_kernel", "bias"),
        penalties.stream().map(Penalty::role).toList());
    assertEquals(0.4 * y.sumOfSquares().item() / 3, penalties.get(0).value().item(), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void inputsAndSettingsThatDoNotFitAreErrors(Kind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    assertMessage(kind.type + ": units must be 1 or more, got 0", () -> kind.layer(0));
    assertMessage(
        kind.type
            + ": wants an input of rank 3, [batch, steps, features], got [3, 2], in layer '"
            + name
            + "'",
        () -> kind.layer(2).apply(Tensor.zeros(3, 2), Pass.inference()));
    assertMessage(
        kind.type
            + ": wants an input [batch, steps, features] with at least one step, got FLOAT32[3, 0,"
            + " 2], in layer '"
            + name
            + "'",
        () -> kind.layer(2).apply(Tensor.zeros(3, 0, 2), Pass.inference()));
    assertMessage(
        "there is no bias, so its regularizer L2[lambda=0.1] would be ignored, in layer '"
            + name
            + "'",
        () -> kind.layer(2).useBias(false).biasRegularizer(new L2(0.1)).apply(X, Pass.inference()));
    Recurring<?> layer = kind.layer(2);
    built(layer, DType.FLOAT32);
    assertThrows(IllegalStateException.class, () -> layer.returnSequences(true));
    assertThrows(IllegalStateException.class, () -> layer.recurrentRegularizer(new L2()));
  }

  /// Asked in one walk, in walks of their own, and twice of one tape with one cotangent.
  @ParameterizedTest
  @EnumSource
  void gradientsDoNotDependOnWhatElseIsAskedFor(Kind kind) {
    Tensor z = Layers.normal(4, 3, 2 * kind.gates);
    Tensor u = Layers.normal(2, 2 * kind.gates);
    Tensor cotangent = Layers.normal(4, 3, 2);
    List<Tensor> both = gradients(kind, z, u, cotangent, z, u);
    assertArrayEquals(
        both.get(0).toFloats(), gradients(kind, z, u, cotangent, z).get(0).toFloats());
    assertArrayEquals(
        both.get(1).toFloats(), gradients(kind, z, u, cotangent, u).get(0).toFloats());
    try (MemoryScope _ = MemoryScope.open();
        GradientTape tape = new GradientTape(GradientTape.Option.PERSISTENT)) {
      tape.watch(z);
      tape.watch(u);
      Tensor h = kind.op().apply(z, u);
      for (int i = 0; i < 2; i++) {
        List<Tensor> again = tape.gradients(h, cotangent, List.of(z, u), Unconnected.NONE);
        assertArrayEquals(both.get(0).toFloats(), again.get(0).toFloats());
        assertArrayEquals(both.get(1).toFloats(), again.get(1).toFloats());
      }
    }
  }

  private static List<Tensor> gradients(
      Kind kind, Tensor z, Tensor u, Tensor cotangent, Tensor... sources) {
    try (GradientTape tape = new GradientTape()) {
      List<Tensor> all = List.of(sources);
      all.forEach(tape::watch);
      return tape.gradients(kind.op().apply(z, u), cotangent, all, Unconnected.NONE);
    }
  }

  private static void assertMessage(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
