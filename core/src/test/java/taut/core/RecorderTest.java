package taut.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who hears what, and in which order.
class RecorderTest {
  private final List<String> heard = new ArrayList<>();

  private Recorder named(String name) {
    return (op, inputs, output) -> heard.add(name + " " + op.label());
  }

  /// An op that does something else while it runs.
  private record Doing(Supplier<Tensor> work) implements Op {
    @Override
    public String label() {
      return "doing";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      return inputs[0];
    }

    @Override
    public Tensor run(TensorSpec output, Tensor... inputs) {
      return work.get();
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      throw new NoDerivativeException(this, "it is a test");
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      throw new NoDerivativeException(this, "it is a test");
    }
  }

  @AfterEach
  void nobodyIsLeft() {
    assertTrue(Recorder.active().isEmpty(), "a test left a recorder behind");
  }

  @Test
  void firstStartedHearsFirst() {
    Recorder a = named("a");
    Recorder b = named("b");
    Recorder.start(a);
    Recorder.start(b);
    Tensor.vector(1).exp();
    Recorder.stop(a);
    Tensor.vector(1).neg();
    Recorder.stop(b);
    Tensor.vector(1).abs();
    assertEquals(List.of("a exp", "b exp", "b negate"), heard);
  }

  @Test
  void insideOfAnOpIsNotHeard() {
    Recorder a = named("a");
    Recorder.start(a);
    Tensor x = Tensor.vector(1);
    new Doing(x::exp).apply(x);
    Recorder.unheard(x::neg);
    Recorder.stop(a);
    assertEquals(List.of("a doing"), heard);
  }

  @Test
  void recorderHearsThoseAboveItAndNotItself() {
    Recorder a = named("a");
    Recorder b =
        (op, inputs, output) -> {
          heard.add("b " + op.label());
          output.neg();
        };
    Recorder.start(a);
    Recorder.start(b);
    Tensor.vector(1).exp();
    Recorder.stop(b);
    Recorder.stop(a);
    assertEquals(List.of("a exp", "b exp", "a negate"), heard);
  }

  @Test
  void recorderStartedInsideAnOpHearsTheInsideAndStays() {
    Recorder a = named("a");
    Recorder b = named("b");
    Recorder inner = named("inner");
    Tensor x = Tensor.vector(1);
    Recorder.start(a);
    Recorder.start(b);
    new Doing(
            () -> {
              Recorder.start(inner);
              return x.exp();
            })
        .apply(x);
    heard.remove("inner doing");
    x.neg();
    Recorder.stop(inner);
    x.abs();
    Recorder.stop(b);
    Recorder.stop(a);
    assertEquals("inner exp", heard.getFirst());
    assertTrue(heard.containsAll(List.of("a doing", "b doing", "inner negate")), heard.toString());
    assertTrue(heard.containsAll(List.of("a negate", "b negate", "a abs", "b abs")));
  }

  @Test
  void recorderStoppedInsideAnOpIsGone() {
    Recorder a = named("a");
    Recorder b = named("b");
    Tensor x = Tensor.vector(1);
    Recorder.start(a);
    Recorder.start(b);
    new Doing(
            () -> {
              Recorder.stop(a);
              return x.copy();
            })
        .apply(x);
    x.neg();
    Recorder.stop(b);
    assertEquals(List.of("b doing", "b negate"), heard);
  }

  @Test
  void failedOpLeavesTheRecordersAsTheyWere() {
    Recorder a = named("a");
    Tensor x = Tensor.vector(1);
    Recorder.start(a);
    assertThrows(IllegalArgumentException.class, () -> new Doing(() -> x.reshape(7)).apply(x));
    x.neg();
    Recorder.stop(a);
    assertEquals(List.of("a negate"), heard);
  }

  @Test
  void manyRecordersFit() {
    List<Recorder> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(named("r" + i));
      Recorder.start(many.getLast());
    }
    Tensor.vector(1).exp();
    many.forEach(Recorder::stop);
    assertEquals(20, heard.size());
    assertEquals("r19 exp", heard.getLast());
  }
}
