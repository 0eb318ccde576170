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
    for (int row = 0; row < rows; row++) {
      int o = gate + (4 * row + 3) * units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT) {
        FloatVector bent = VectorMath.tanh(load(cells, cell + at + k));
        load(gates, o + k).mul(bent).intoArray(out, to + at + k);
      }
      for (; k < units; k++) {
        out[to + at + k] = gates[o + k] * GateLoops.tanh(cells[cell + at + k]);
      }
    }
  }

  /// Bends the cells of a step: tanh(cell).
  static void bend(int count, float[] cells, int cell, float[] bent) {
    int k = 0;
    for (; k <= count - COUNT; k += COUNT) {
      VectorMath.tanh(load(cells, cell + k)).intoArray(bent, k);
    }
    for (; k < count; k++) {
      bent[k] = GateLoops.tanh(cells[cell + k]);
    }
  }

  /// Computes the gradients of all gates of a step, from h, that of the outputs, and `sums`, that
  /// of the cells, which it carries on to the cells before: with bent = GateLoops.tanh(cell)
  ///
  /// ```text
  /// sums += h∘o∘(1 - bent²)
  /// i: sums∘g∘i∘(1 - i)    f: sums∘old∘f∘(1 - f)    g: sums∘i∘(1 - g²)    o: h∘bent∘o∘(1 - o)
  /// sums = sums∘f
  /// ```
  static void gradient(
      int rows,
      int units,
      float[] gates,
      int gate,
      float[] old,
      int before,
      float[] bent,
      float[] h,
      float[] sums,
      float[] out,
      int to) {
    for (int row = 0; row < rows; row++) {
      int i = 4 * row * units;
      int f = i + units;
      int g = f + units;
      int o = g + units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT, at += COUNT) {
        FloatVector open = load(gates, gate + o + k);
        FloatVector tanh = load(bent, at);
        FloatVector left = load(h, at).mul(open);
        left.mul(tanh).mul(all(1f).sub(open)).intoArray(out, to + o + k);
        FloatVector arrived = left.fma(tanh.neg().fma(tanh, all(1f)), load(sums, at));
        FloatVector in = load(gates, gate + i + k);
        FloatVector candidate = load(gates, gate + g + k);
        FloatVector entered = arrived.mul(in);
        entered.mul(candidate).mul(all(1f).sub(in)).intoArray(out, to + i + k);
        entered.mul(candidate.neg().fma(candidate, all(1f))).intoArray(out, to + g + k);
        FloatVector forget = load(gates, gate + f + k);
        FloatVector carried = arrived.mul(forget);
        carried.intoArray(sums, at);
        carried.mul(load(old, before + at)).mul(all(1f).sub(forget)).intoArray(out, to + f + k);
      }
      for (; k < units; k++, at++) {
        float open = gates[gate + o + k];
        float left = h[at] * open;
        out[to + o + k] = left * bent[at] * (1f - open);
        float arrived = Math.fma(left, Math.fma(-bent[at], bent[at], 1f), sums[at]);
        float in = gates[gate + i + k];
        float candidate = gates[gate + g + k];
        float entered = arrived * in;
        out[to + i + k] = entered * candidate * (1f - in);
        out[to + g + k] = entered * Math.fma(-candidate, candidate, 1f);
        float forget = gates[gate + f + k];
        sums[at] = arrived * forget;
        out[to + f + k] = sums[at] * old[before + at] * (1f - forget);
      }
    }
  }
}
