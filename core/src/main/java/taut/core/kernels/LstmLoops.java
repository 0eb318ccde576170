package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The loops between the products of a long short-term memory, over the rows of one step.
///
/// A row of gates is i, f, g and o one after the other; rows of cells, outputs and their gradients
/// follow each other without gaps. Loops end with single elements, computed with the same fused
/// operations.
final class LstmLoops {
  private LstmLoops() {}

  /// Computes the next cells, f∘old + i∘g.
  static void step(
      int rows,
      int units,
      float[] gates,
      int gate,
      float[] old,
      int before,
      float[] cells,
      int cell) {
    for (int row = 0; row < rows; row++) {
      int i = gate + row * 4 * units;
      int f = i + units;
      int g = f + units;
      int from = before + row * units;
      int to = cell + row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT) {
        FloatVector kept = load(gates, f + k).mul(load(old, from + k));
        load(gates, i + k).fma(load(gates, g + k), kept).intoArray(cells, to + k);
      }
      for (; k < units; k++) {
        cells[to + k] = Math.fma(gates[i + k], gates[g + k], gates[f + k] * old[from + k]);
      }
    }
  }

  /// Computes the outputs, o∘tanh(cell).
  static void output(
      int rows, int units, float[] gates, int gate, float[] cells, int cell, float[] out, int to) {
    int all = rows * units;
    int k = 0;
    for (; k <= all - COUNT; k += COUNT) {
      VectorMath.tanh(load(cells, cell + k)).intoArray(out, to + k);
    }
    for (; k < all; k++) {
      out[to + k] = tanh(cells[cell + k]);
    }
    for (int row = 0; row < rows; row++) {
      multiply(units, gates, gate + (4 * row + 3) * units, out, to + row * units);
    }
  }

  private static void multiply(int count, float[] x, int from, float[] product, int to) {
    int k = 0;
    for (; k <= count - COUNT; k += COUNT) {
      load(product, to + k).mul(load(x, from + k)).intoArray(product, to + k);
    }
    for (; k < count; k++) {
      product[to + k] *= x[from + k];
    }
  }

  /// Computes what the vectors do, so that a value does not depend on where it stands.
  private static float tanh(float x) {
    return VectorMath.tanh(all(x)).lane(0);
  }

  /// Adds to the gradient of the cells what comes through the outputs, h∘o∘(1 - tanh²(cell)), and
  /// computes that of the output gates, h∘tanh(cell)∘o∘(1 - o).
  static void outputGradient(
      int rows,
      int units,
      float[] gates,
      int gate,
      float[] cells,
      int cell,
      float[] h,
      float[] sums,
      float[] out,
      int to) {
    for (int row = 0; row < rows; row++) {
      int o = (4 * row + 3) * units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT, at += COUNT) {
        FloatVector bent = VectorMath.tanh(load(cells, cell + at));
        FloatVector open = load(gates, gate + o + k);
        FloatVector arrived = load(h, at).mul(open);
        FloatVector slope = bent.neg().fma(bent, all(1f));
        arrived.fma(slope, load(sums, at)).intoArray(sums, at);
        arrived.mul(bent).mul(all(1f).sub(open)).intoArray(out, to + o + k);
      }
      for (; k < units; k++, at++) {
        float bent = tanh(cells[cell + at]);
        float open = gates[gate + o + k];
        float arrived = h[at] * open;
        sums[at] = Math.fma(arrived, Math.fma(-bent, bent, 1f), sums[at]);
        out[to + o + k] = arrived * bent * (1f - open);
      }
    }
  }

  /// Computes the gradients of the other gates from that of the cells, `sums`, and carries it on to
  /// the cells before: i gets sums∘g∘i∘(1 - i), f gets sums∘old∘f∘(1 - f), g gets sums∘i∘(1 - g²),
  /// and the cells before get sums∘f.
  static void stepGradient(
      int rows,
      int units,
      float[] gates,
      int gate,
      float[] old,
      int before,
      float[] sums,
      float[] out,
      int to) {
    for (int row = 0; row < rows; row++) {
      int i = 4 * row * units;
      int f = i + units;
      int g = f + units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT, at += COUNT) {
        FloatVector in = load(gates, gate + i + k);
        FloatVector forget = load(gates, gate + f + k);
        FloatVector candidate = load(gates, gate + g + k);
        FloatVector arrived = load(sums, at);
        FloatVector entered = arrived.mul(in);
        FloatVector carried = arrived.mul(forget);
        carried.intoArray(sums, at);
        entered.mul(candidate).mul(all(1f).sub(in)).intoArray(out, to + i + k);
        carried.mul(load(old, before + at)).mul(all(1f).sub(forget)).intoArray(out, to + f + k);
        entered.mul(candidate.neg().fma(candidate, all(1f))).intoArray(out, to + g + k);
      }
      for (; k < units; k++, at++) {
        float in = gates[gate + i + k];
        float forget = gates[gate + f + k];
        float candidate = gates[gate + g + k];
        float entered = sums[at] * in;
        sums[at] *= forget;
        out[to + i + k] = entered * candidate * (1f - in);
        out[to + f + k] = sums[at] * old[before + at] * (1f - forget);
        out[to + g + k] = entered * Math.fma(-candidate, candidate, 1f);
      }
    }
  }
}
