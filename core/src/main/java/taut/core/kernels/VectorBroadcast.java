package taut.core.kernels;

import java.util.Objects;
import taut.core.ops.Binary;

/// Applies a function of two arguments to broadcast float32 operands, row after row of the result.
///
/// Rows are computed as whole vectors. What sticks out of a row is wrong and is written over by the
/// next row; only rows with nothing behind them need care. A value that is held for a row fills one
/// vector. A short row that repeats is copied side by side first ([RepeatedRow]).
final class VectorBroadcast implements Broadcast.RowVisitor {
  private final Binary f;
  private final BroadcastOperand x;
  private final BroadcastOperand y;
  private final float[] out;
  private final int outOffset;
  private final int end;
  private final int length;
  private final int padded;
  private final boolean wholeVectors;

  private VectorBroadcast(
      Binary f,
      BroadcastOperand x,
      BroadcastOperand y,
      float[] out,
      int outOffset,
      int total,
      int length) {
    this.f = f;
    this.x = x;
    this.y = y;
    this.out = out;
    this.outOffset = outOffset;
    this.end = outOffset + total;
    this.length = length;
    this.padded = RepeatedRow.padded(length);
    this.wholeVectors = out != x.array() && out != y.array();
  }

  /// Writes the `total` results of f(x, y) in the order of the plan.
  static void apply(
      Binary f,
      BroadcastOperand x,
      BroadcastOperand y,
      float[] out,
      int outOffset,
      int total,
      Broadcast plan) {
    Objects.checkFromIndexSize(outOffset, total, out.length);
    int length = plan.length();
    if (total == 0) {
      return;
    }
    if (length == total) {
      VectorBinary.apply(
          f,
          x.array(),
          x.start(0),
          x.step(),
          y.array(),
          y.start(0),
          y.step(),
          out,
          outOffset,
          length);
    } else if (length >= Blocks.PARALLEL_FROM) {
      plan.forEachRow((i, j, o) ->
          VectorBinary.apply(
              f,
              x.array(),
              x.start(i),
              x.step(),
              y.array(),
              y.start(j),
              y.step(),
              out,
              outOffset + o,
              length));
    } else if (plan.repeatsB() && !x.uniform() && !y.uniform()) {
      repeat(f, x, RepeatedRow.of(y, length, total / length), false, out, outOffset, total);
    } else if (plan.repeatsA() && !x.uniform() && !y.uniform()) {
      repeat(f, y, RepeatedRow.of(x, length, total / length), true, out, outOffset, total);
    } else {
      plan.forEachRow(new VectorBroadcast(f, x, y, out, outOffset, total, length));
    }
  }

  /// Combines a matrix with a row; many rows are split among threads.
  private static void repeat(
      Binary f,
      BroadcastOperand matrix,
      RepeatedRow row,
      boolean rowFirst,
      float[] out,
      int outOffset,
      int total) {
    int length = row.length();
    boolean exact = out == matrix.array() || out == row.values();
    Blocks.forEachRow(
        Math.ceilDiv(total, length),
        length,
        (start, size) -> {
          for (int i = start; i < start + size; i++) {
            int at = i * length;
            Operand rest = new Operand(matrix.array(), matrix.offset() + at, 1);
            Operand first = rowFirst ? row.operand() : rest;
            Operand second = rowFirst ? rest : row.operand();
            // Another thread may have been at the row behind the last.
            if (exact || i == start + size - 1) {
              int left = Math.min(length, total - at);
              VectorBinary.block(f, first, second, out, outOffset + at, left);
            } else {
              int whole = RepeatedRow.padded(length);
              VectorBinary.loop(f, first, second, out, outOffset + at, whole);
            }
          }
        });
  }

  /// Computes one row.
  @Override
  public void visit(int startX, int startY, int startOut) {
    Operand first = row(x, startX, SpareVectors.HELD_FIRST);
    Operand second = row(y, startY, SpareVectors.HELD_SECOND);
    int to = outOffset + startOut;
    if (wholeVectors
        && to <= end - padded
        && x.hasRoom(startX, padded)
        && y.hasRoom(startY, padded)) {
      VectorBinary.loop(f, first, second, out, to, padded);
    } else {
      VectorBinary.block(f, first, second, out, to, length);
    }
  }

  private static Operand row(BroadcastOperand operand, int start, SpareVectors spare) {
    int from = operand.start(start);
    return operand.step() == 1
        ? new Operand(operand.array(), from, 1)
        : Operand.held(operand.array()[from], spare);
  }
}
