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
  private final int[] dims;
  private final int[] stridesA;
  private final int[] stridesB;

  private Broadcast(int[] dims, int[] stridesA, int[] stridesB) {
    this.dims = dims;
    this.stridesA = stridesA;
    this.stridesB = stridesB;
  }

  /// Takes one row: where it starts in either operand and in the result.
  public interface RowVisitor {
    /// Works on one row.
    void visit(int startA, int startB, int startOut);
  }

  /// Returns the plan for two shapes and the shape that they broadcast to.
  public static Broadcast of(Shape a, Shape b, Shape out) {
    if (a.equals(b)) {
      return new Broadcast(new int[] {out.size()}, new int[] {1}, new int[] {1});
    }
    if (a.size() == 1 || b.size() == 1) {
      return new Broadcast(
          new int[] {out.size()},
          new int[] {a.size() == 1 ? 0 : 1},
          new int[] {b.size() == 1 ? 0 : 1});
    }
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
      return new Broadcast(new int[] {1}, new int[] {1}, new int[] {1});
    }
    return new Broadcast(
        Arrays.copyOf(dims, count), Arrays.copyOf(stepsA, count), Arrays.copyOf(stepsB, count));
  }

  /// Returns the number of elements in a row.
  public int length() {
    return dims[dims.length - 1];
  }

  /// Returns how far the first operand advances from one element of a row to the next: 0 or 1.
  public int stepA() {
    return stridesA[dims.length - 1];
  }

  /// Returns how far the second operand advances from one element of a row to the next: 0 or 1.
  public int stepB() {
    return stridesB[dims.length - 1];
  }

  /// Visits every row in the order of the result.
  public void forEachRow(RowVisitor visitor) {
    int last = dims.length - 1;
    int[] index = new int[last];
    int a = 0;
    int b = 0;
    for (int out = 0, total = size(); out < total; out += dims[last]) {
      visitor.visit(a, b, out);
      for (int i = last - 1; i >= 0; i--) {
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
      for (int i = 0; i < length(); i++) {
        visitor.visit(a + i * stepA(), b + i * stepB(), out + i);
      }
    });
  }

  private int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }
}
