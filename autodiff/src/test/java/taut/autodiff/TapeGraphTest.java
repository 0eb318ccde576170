package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import taut.autodiff.GradientTape.Option;
import taut.core.DType;
import taut.core.MemoryScope;
import taut.core.Rearrangements;
import taut.core.Recorder;
import taut.core.Tensor;

/// Shapes of graphs, orders of derivatives, updates of variables, threads, and who owns the sums.
class TapeGraphTest {
  private static Tensor number(double value) {
    return Tensor.scalar(value, DType.FLOAT64);
  }

  @Test
  void nestedTapesGiveHigherDerivatives() {
    Tensor x = number(2);
    try (var third = new GradientTape()) {
      third.watch(x);
      Tensor d2;
      try (var second = new GradientTape()) {
        second.watch(x);
        Tensor d1;
        try (var first = new GradientTape()) {
          first.watch(x);
          d1 = first.gradient(x.square().square(), x);
        }
        assertEquals(32, d1.item());
        d2 = second.gradient(d1, x);
      }
      assertEquals(48, d2.item());
      assertEquals(48, third.gradient(d2, x).item());
    }
  }

  @Test
  void higherDerivativesOfASumOfManyUses() {
    // x is used often, so the walk adds contributions up; a sum that was not recorded would lose
    // the second derivative.
    Tensor x = number(3);
    try (var outer = new GradientTape()) {
      outer.watch(x);
      Tensor first;
      try (var inner = new GradientTape()) {
        inner.watch(x);
        Tensor sum = x.square();
        for (int i = 0; i < 5; i++) {
          sum = sum.add(x.square()).add(x.mul(x));
        }
        first = inner.gradient(sum, x);
      }
      assertEquals(66, first.item());
      assertEquals(22, outer.gradient(first, x).item());
    }
  }

  @Test
  void deepGraphNeedsNoStack() {
    Tensor x = number(1);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x;
      for (int i = 0; i < 100_000; i++) {
        y = y.add(1);
      }
      assertEquals(1, tape.gradient(y, x).item());
    }
  }

  @Test
  void diamondsTakeLinearTime() {
    // 2^200 paths lead from the target to x.
    Tensor x = number(1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          try (var tape = new GradientTape()) {
            tape.watch(x);
            Tensor y = x;
            for (int i = 0; i < 200; i++) {
              y = y.add(y);
            }
            assertEquals(0x1p200, tape.gradient(y, x).item());
          }
        });
  }

  @Test
  void tensorUsedAThousandTimesGetsEveryContribution() {
    Tensor x = Tensor.vector(1, 2);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor[] uses = new Tensor[1000];
      Arrays.setAll(uses, i -> x.mul(i % 2).sum().reshape(1));
      Tensor total = Rearrangements.concat(0, uses).sum();
      assertArrayEquals(new double[] {500, 500}, tape.gradient(total, x).toDoubles());
    }
  }

  @Test
  void sumsInPlaceNeverTouchWhatSomebodyElseHolds() {
    Tensor a = Tensor.vector(1, 2);
    Tensor b = Tensor.vector(3, 4);
    Tensor cotangent = Tensor.vector(1, 10);
    try (var tape = new GradientTape(Option.PERSISTENT)) {
      tape.watch(a);
      tape.watch(b);
      // The cotangent itself arrives at a and b, several times: the first must not become the sum.
      Tensor y = a.add(b).add(a).add(a).add(b);
      List<Tensor> first = tape.gradients(y, cotangent, List.of(a, b, y), Unconnected.NONE);
      double[] before = first.get(0).toDoubles();
      List<Tensor> second = tape.gradients(y, cotangent, List.of(a, b, y), Unconnected.NONE);
      assertArrayEquals(new double[] {1, 10}, cotangent.toDoubles());
      assertArrayEquals(new double[] {3, 30}, before);
      assertArrayEquals(before, first.get(0).toDoubles());
      assertArrayEquals(before, second.get(0).toDoubles());
      assertArrayEquals(new double[] {2, 20}, first.get(1).toDoubles());
      assertArrayEquals(new double[] {1, 10}, first.get(2).toDoubles());
      assertNotSame(first.get(0), second.get(0));
    }
  }

  @Test
  void sumThatIsAlsoTheGradientOfASourceStaysAsItWas() {
    // y's sum is complete before it is passed on; x gets it through a reshape, which shares
    // storage, and more on top.
    Tensor x = Tensor.vector(1, 2);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.reshape(2, 1);
      Tensor z = y.add(y).add(y).sum().add(x.sum()).add(x.sum());
      List<Tensor> gradients = tape.gradients(z, List.of(y, x), Unconnected.NONE);
      assertArrayEquals(new double[] {3, 3}, gradients.get(0).toDoubles());
      assertArrayEquals(new double[] {5, 5}, gradients.get(1).toDoubles());
    }
  }

  @Test
  void arrayOfInputsMayBeUsedAgain() {
    Tensor x = Tensor.vector(1, 2);
    Tensor y = Tensor.vector(3, 4, 5);
    Tensor[] parts = {x, y};
    try (var tape = new GradientTape()) {
      tape.watch(x);
      tape.watch(y);
      Tensor joined = Rearrangements.concat(0, parts);
      parts[0] = Tensor.vector(9, 9, 9, 9);
      Tensor loss = joined.mul(Tensor.vector(1, 2, 3, 4, 5)).sum();
      assertArrayEquals(new double[] {3, 4, 5}, tape.gradient(loss, y).toDoubles());
    }
  }

  @Test
  void savedValueThatWasUpdatedIsAnError() {
    Variable w = Variable.trainable("w", Tensor.vector(3));
    try (var tape = new GradientTape()) {
      Tensor loss = w.value().square().sum();
      w.assign(Tensor.vector(4));
      var error = assertThrows(IllegalStateException.class, () -> tape.gradient(loss, w));
      assertTrue(error.getMessage().contains("updated"), error.getMessage());
    }
  }

  @Test
  void failedUpdateMakesOldValuesStaleToo() {
    Variable w = Variable.trainable("w", Tensor.vector(3));
    Tensor before = w.value();
    assertThrows(
        IllegalStateException.class,
        () ->
            w.update(storage -> {
              storage.set(0, 5);
              throw new IllegalStateException("kernel failed");
            }));
    assertThrows(IllegalStateException.class, before::item);
    assertEquals(5, w.value().item());
  }

  @Test
  void variableReadOnEitherSideOfAnUpdateGetsBothParts() {
    Variable w = Variable.trainable("w", Tensor.vector(3));
    try (var tape = new GradientTape()) {
      // Multiplication by a number needs no value of w to go back.
      Tensor first = w.value().mul(2);
      w.assign(Tensor.vector(10));
      Tensor second = w.value().square();
      assertEquals(22, tape.gradient(first.add(second).sum(), w).item());
    }
  }

  @Test
  void valueFromAClosedScopeIsAnError() {
    Tensor x = Tensor.vector(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor loss;
      try (var scope = MemoryScope.open()) {
        loss = scope.keep(x.exp().square().sum());
      }
      var error = assertThrows(IllegalStateException.class, () -> tape.gradient(loss, x));
      assertTrue(error.getMessage().contains("scope"), error.getMessage());
    }
  }

  @Test
  void otherThreadsHaveTheirOwnTapes() throws Exception {
    Variable w = Variable.trainable("w", Tensor.vector(2));
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Double>> results = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int factor = t + 1;
        results.add(
            threads.submit(() -> {
              double sum = 0;
              both.countDown();
              both.await();
              for (int i = 0; i < 500; i++) {
                try (var tape = new GradientTape()) {
                  Tensor loss = w.value().square().mul(factor).sum();
                  sum += tape.gradient(loss, w).item();
                }
              }
              return sum;
            }));
      }
      assertEquals(2000, results.get(0).get());
      assertEquals(4000, results.get(1).get());
    }
  }

  @Test
  void tapeOfAnotherThreadIsAnError() throws Exception {
    Tensor x = number(3);
    try (var tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = x.square();
      try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
        Future<IllegalStateException> error =
            threads.submit(
                () -> assertThrows(IllegalStateException.class, () -> tape.gradient(y, x)));
        assertTrue(error.get().getMessage().contains("thread"));
      }
      assertEquals(6, tape.gradient(y, x).item());
    }
  }

  @Test
  void usedOrClosedTapeHoldsNothing() {
    Variable w = Variable.trainable("w", Tensor.zeros(1000));
    try (var used = new GradientTape();
        var reset = new GradientTape(Option.PERSISTENT);
        var forward = new ForwardAccumulator()) {
      forward.watch(w, Tensor.ones(1000));
      List<WeakReference<Tensor>> intermediates = new ArrayList<>();
      var closed = new GradientTape(Option.PERSISTENT);
      Tensor loss = loss(w, intermediates);
      closed.gradient(loss, w);
      closed.close();
      used.gradient(loss, w);
      reset.reset();
      for (int i = 0; i < 50 && intermediates.stream().anyMatch(r -> r.get() != null); i++) {
        System.gc();
      }
      assertTrue(intermediates.stream().allMatch(r -> r.get() == null), "something is still held");
    }
  }

  private static Tensor loss(Variable w, List<WeakReference<Tensor>> intermediates) {
    Tensor y = w.value().exp();
    Tensor z = y.square();
    intermediates.add(new WeakReference<>(y));
    intermediates.add(new WeakReference<>(z));
    return z.sum();
  }

  @Test
  void smallStepsLeaveNothingBehindAndStayFast() {
    Variable w = Variable.trainable("w", Tensor.vector(1));
    steps(w, 10_000);
    long early = usedHeap();
    long fastest = fastestThousand(w, 20);
    steps(w, 50_000);
    long last = fastestThousand(w, 20);
    long growth = usedHeap() - early;
    assertEquals(0, w.value().item(), 1e-9);
    assertTrue(Recorder.active().isEmpty());
    assertTrue(growth < 4 << 20, () -> "the heap grew by " + growth + " bytes");
    assertTrue(
        last < 2 * fastest,
        () -> "a thousand steps took " + fastest + " ns at first, " + last + " ns in the end");
  }

  private static void steps(Variable w, int count) {
    for (int step = 0; step < count; step++) {
      try (var tape = new GradientTape()) {
        Tensor gradient = tape.gradient(w.value().square().sum(), w);
        w.update(storage -> storage.set(0, storage.get(0) - 1e-3 * gradient.item()));
      }
    }
  }

  /// Returns the least time of several runs of a thousand steps, which other work on the machine
  /// lengthens least.
  private static long fastestThousand(Variable w, int runs) {
    long least = Long.MAX_VALUE;
    for (int run = 0; run < runs; run++) {
      long start = System.nanoTime();
      steps(w, 1000);
      least = Math.min(least, System.nanoTime() - start);
    }
    return least;
  }

  /// Returns the least that several collections leave.
  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
