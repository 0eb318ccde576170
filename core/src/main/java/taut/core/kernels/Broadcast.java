package taut.core.kernels;

import java.util.Arrays;
import taut.core.Shape;

/// Plans how two operands are walked so that a broadcast result comes out in order, without
/// materialising either.
///
/// Neighbouring axes that behave alike are merged; what remains is some rows, within which each
/// operand either advances by one element a step or stands still. So an inner loop needs to know
/// three cases only: both advance, or one of them does.
public final class Broadcast {
  private static final int[] NONE = {};

  /// What a plan follows from.
  private record Shapes(Shape a, Shape b, Shape out) {}

  private static final Recent<Shapes, Broadcast> PLANS = new Recent<>();

  private final int length;
  private final int stepA;
  private final int stepB;

  /// The axes around a row, none where there is only one; an array each for their sizes and for how
  /// far either operand moves along them.
  private final int[] dims;

  private final int[] stridesA;
  private final int[] stridesB;

  private Broadcast(int length, int stepA, int stepB, int[] dims, int[] stridesA, int[] stridesB) {
    this.length = length;
    this.stepA = stepA;
    this.stepB = stepB;
    this.dims = dims;
    this.stridesA = stridesA;
    this.stridesB = stridesB;
  }

  private static Broadcast ofOneRow(int length, int stepA, int stepB) {
    return new Broadcast(length, stepA, stepB, NONE, NONE, NONE);
  }

  /// Takes one row: where it starts in either operand and in the result.
  public interface RowVisitor {
    /// Works on one row.
    void visit(int startA, int startB, int startOut);
  }

  /// Returns the plan for two shapes and the shape that they broadcast to.
  public static Broadcast of(Shape a, Shape b, Shape out) {
    if (a.equals(b)) {
      return ofOneRow(out.size(), 1, 1);
    }
    if (a.size() == 1 || b.size() == 1) {
      return ofOneRow(out.size(), a.size() == 1 ? 0 : 1, b.size() == 1 ? 0 : 1);
    }
    return PLANS.get(new Shapes(a, b, out), Broadcast::of);
  }

  private static Broadcast of(Shapes shapes) {
    Shape a = shapes.a;
    Shape b = shapes.b;
    Shape out = shapes.out;
    int[] dims = out.toArray();
    int[] stepsA = Walk.broadcastStrides(a, out);
    int[] stepsB = Walk.broadcastStrides(b, out);
    int count = 0;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      boolean merges =
          count > 0
              && stepsA[count - 1] == stepsA[i] * dims[i]
              && stepsB[count - 1] == stepsB[i] * dims[i];
      int at = merges ? count - 1 : count++;
      dims[at] = merges ? dims[at] * dims[i] : dims[i];
      stepsA[at] = stepsA[i];
      stepsB[at] = stepsB[i];
    }
    if (count == 0) {
      return ofOneRow(1, 1, 1);
    }
    int last = count - 1;
    return new Broadcast(
        dims[last],
        stepsA[last],
        stepsB[last],
        Arrays.copyOf(dims, last),
        Arrays.copyOf(stepsA, last),
        Arrays.copyOf(stepsB, last));
  }

  /// Returns the number of elements in a row.
  public int length() {
    return length;
  }

  /// Returns how far the first operand advances from one element of a row to the next: 0 or 1.
  public int stepA() {
    return stepA;
  }

  /// Returns how far the second operand advances from one element of a row to the next: 0 or 1.
  public int stepB() {
    return stepB;
  }

  /// Tells whether the first operand is one row that repeats, while the second goes on without
  /// gaps.
  public boolean repeatsA() {
    return repeats(stepA, stridesA, stepB, stridesB);
  }

  /// Tells whether the second operand is one row that repeats, while the first goes on without
  /// gaps.
  public boolean repeatsB() {
    return repeats(stepB, stridesB, stepA, stridesA);
  }

  private boolean repeats(int step, int[] strides, int otherStep, int[] otherStrides) {
    boolean bothAdvance = step == 1 && otherStep == 1;
    return bothAdvance && dims.length == 1 && strides[0] == 0 && otherStrides[0] == length;
  }

  /// Visits every row in the order of the result.
  public void forEachRow(RowVisitor visitor) {
    if (dims.length == 0) {
      if (length > 0) {
        visitor.visit(0, 0, 0);
      }
      return;
    }
    if (dims.length == 1) {
      for (int row = 0; row < dims[0]; row++) {
        visitor.visit(row * stridesA[0], row * stridesB[0], row * length);
      }
      return;
    }
    int[] index = new int[dims.length];
    int a = 0;
    int b = 0;
    for (int out = 0, total = size(); out < total; out += length) {
      visitor.visit(a, b, out);
      for (int i = dims.length - 1; i >= 0; i--) {
        a += stridesA[i];
        b += stridesB[i];
        if (++index[i] < dims[i]) {
          break;
        }
        index[i] = 0;
        a -= stridesA[i] * dims[i];
        b -= stridesB[i] * dims[i];
      }
    }
  }

  /// Visits every element: its place in either operand and in the result.
  public void forEach(RowVisitor visitor) {
    forEachRow((a, b, out) -> {
      for (int i = 0; i < length; i++) {
        visitor.visit(a + i * stepA, b + i * stepB, out + i);
      }
    });
  }

  private int size() {
    int size = length;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }
}
