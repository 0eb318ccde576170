package taut.core.kernels;

import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import taut.core.ops.Comparison;

/// Answers a question about every pair of elements of two float32 arrays, or of two arrays of truth
/// values.
///
/// NaN is unequal to everything and neither smaller nor larger, as in Java.
final class VectorCompare {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

  private VectorCompare() {}

  /// Writes the answers for `length` pairs of floats; a step is 1, or 0 for a scalar.
  static void apply(
      Comparison question,
      float[] x,
      int xOffset,
      int xStep,
      float[] y,
      int yOffset,
      int yStep,
      boolean[] out,
      int outOffset,
      int length) {
    if (length == 0) {
      return;
    }
    Objects.checkFromIndexSize(outOffset, length, out.length);
    Operand first = Operand.of(x, xOffset, xStep, length, SpareVectors.HELD_FIRST);
    Operand second = Operand.of(y, yOffset, yStep, length, SpareVectors.HELD_SECOND);
    Blocks.forEach(
        length,
        (start, size) -> {
          Operand a = first.from(start);
          Operand b = second.from(start);
          int whole = loop(question, a, b, out, outOffset + start, Lanes.SPECIES.loopBound(size));
          for (int i = whole; i < size; i++) {
            out[outOffset + start + i] = question.holds(a.get(i), b.get(i));
          }
        });
  }

  /// Answers for whole vectors and returns for how many elements.
  private static int loop(
      Comparison question, Operand x, Operand y, boolean[] out, int outOffset, int length) {
    switch (question) {
      case EQUAL -> equal(x, y, out, outOffset, length);
      case NOT_EQUAL -> notEqual(x, y, out, outOffset, length);
      case LESS -> less(x, y, out, outOffset, length);
      case LESS_EQUAL -> lessEqual(x, y, out, outOffset, length);
      case GREATER -> less(y, x, out, outOffset, length);
      case GREATER_EQUAL -> lessEqual(y, x, out, outOffset, length);
      case AND, OR, XOR -> {
        return 0;
      }
    }
    return length;
  }

  private static void equal(Operand x, Operand y, boolean[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      x.load(i).compare(VectorOperators.EQ, y.load(i)).intoArray(out, outOffset + i);
    }
  }

  private static void notEqual(Operand x, Operand y, boolean[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      x.load(i).compare(VectorOperators.NE, y.load(i)).intoArray(out, outOffset + i);
    }
  }

  private static void less(Operand x, Operand y, boolean[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      x.load(i).compare(VectorOperators.LT, y.load(i)).intoArray(out, outOffset + i);
    }
  }

  private static void lessEqual(Operand x, Operand y, boolean[] out, int outOffset, int length) {
    for (int i = 0; i < length; i += Lanes.COUNT) {
      x.load(i).compare(VectorOperators.LE, y.load(i)).intoArray(out, outOffset + i);
    }
  }

  /// Writes the answers for `length` pairs of truth values; a step is 1, or 0 for a scalar.
  static void apply(
      Comparison question,
      boolean[] x,
      int xOffset,
      int xStep,
      boolean[] y,
      int yOffset,
      int yStep,
      boolean[] out,
      int outOffset,
      int length) {
    int whole = 0;
    if (xStep == 1 && yStep == 1) {
      whole = loop(question, x, xOffset, y, yOffset, out, outOffset, BYTES.loopBound(length));
    }
    for (int i = whole; i < length; i++) {
      double first = x[xOffset + i * xStep] ? 1 : 0;
      double second = y[yOffset + i * yStep] ? 1 : 0;
      out[outOffset + i] = question.holds(first, second);
    }
  }

  private static int loop(
      Comparison question,
      boolean[] x,
      int xOffset,
      boolean[] y,
      int yOffset,
      boolean[] out,
      int outOffset,
      int length) {
    switch (question) {
      case AND -> {
        for (int i = 0; i < length; i += BYTES.length()) {
          load(x, xOffset + i).and(load(y, yOffset + i)).intoBooleanArray(out, outOffset + i);
        }
      }
      case OR -> {
        for (int i = 0; i < length; i += BYTES.length()) {
          load(x, xOffset + i).or(load(y, yOffset + i)).intoBooleanArray(out, outOffset + i);
        }
      }
      default -> {
        return 0;
      }
    }
    return length;
  }

  private static ByteVector load(boolean[] values, int index) {
    return ByteVector.fromBooleanArray(BYTES, values, index);
  }
}
