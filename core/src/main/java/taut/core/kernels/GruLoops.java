package taut.core.kernels;

import static taut.core.kernels.Lanes.COUNT;
import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// The loops between the products of gated recurrent units, over the rows of one step.
///
/// A row of gates is z, r and g one after the other, and so is one of p, the product of the state
/// with the recurrent kernel; rows of states and gradients follow each other without gaps. Loops
/// end with single elements, computed with the same fused operations.
final class GruLoops {
  private GruLoops() {}

  /// Computes z and r, sigmoid(x + p), where x stands.
  static void gates(int rows, int units, float[] p, float[] gates, int gate) {
    for (int row = 0; row < rows; row++) {
      int from = 3 * row * units;
      int to = gate + from;
      int k = 0;
      for (; k <= 2 * units - COUNT; k += COUNT) {
        FloatVector sum = load(gates, to + k).add(load(p, from + k));
        VectorMath.sigmoid(sum).intoArray(gates, to + k);
      }
      for (; k < 2 * units; k++) {
        gates[to + k] = GateLoops.sigmoid(gates[to + k] + p[from + k]);
      }
    }
  }

  /// Computes g, tanh(x + r∘p), where x stands, and keeps its part of p.
  static void candidates(
      int rows, int units, float[] p, float[] gates, int gate, float[] inner, int at) {
    for (int row = 0; row < rows; row++) {
      int from = (3 * row + 2) * units;
      int g = gate + from;
      int r = g - units;
      int to = at + row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT) {
        FloatVector product = load(p, from + k);
        product.intoArray(inner, to + k);
        FloatVector sum = product.fma(load(gates, r + k), load(gates, g + k));
        VectorMath.tanh(sum).intoArray(gates, g + k);
      }
      for (; k < units; k++) {
        inner[to + k] = p[from + k];
        gates[g + k] = GateLoops.tanh(Math.fma(p[from + k], gates[r + k], gates[g + k]));
      }
    }
  }

  /// Computes the outputs, z∘old + (1 - z)∘g.
  static void output(
      int rows, int units, float[] gates, int gate, float[] old, int before, float[] out, int to) {
    for (int row = 0; row < rows; row++) {
      int z = gate + 3 * row * units;
      int g = z + 2 * units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT) {
        FloatVector candidate = load(gates, g + k);
        FloatVector kept = load(old, before + at + k).sub(candidate);
        load(gates, z + k).fma(kept, candidate).intoArray(out, to + at + k);
      }
      for (; k < units; k++) {
        float kept = old[before + at + k] - gates[g + k];
        out[to + at + k] = Math.fma(gates[z + k], kept, gates[g + k]);
      }
    }
  }

  /// Computes the gradients of x and of p at a step from h, that of the outputs, of which it leaves
  /// what the outputs before get directly:
  ///
  /// ```text
  /// z: h∘(old - g)∘z∘(1 - z)    g: h∘(1 - z)∘(1 - g²)    r: (gradient of g)∘inner∘r∘(1 - r)
  /// p: those of z and r, (gradient of g)∘r               h = h∘z
  /// ```
  static void gradient(
      int rows,
      int units,
      float[] gates,
      int gate,
      float[] inner,
      int in,
      float[] old,
      int before,
      float[] h,
      float[] x,
      int toX,
      float[] p,
      int toP) {
    for (int row = 0; row < rows; row++) {
      int z = 3 * row * units;
      int r = z + units;
      int g = r + units;
      int at = row * units;
      int k = 0;
      for (; k <= units - COUNT; k += COUNT, at += COUNT) {
        FloatVector update = load(gates, gate + z + k);
        FloatVector candidate = load(gates, gate + g + k);
        FloatVector arrived = load(h, at);
        FloatVector kept = arrived.mul(update);
        kept.intoArray(h, at);
        FloatVector open = all(1f).sub(update);
        FloatVector change = load(old, before + at).sub(candidate);
        FloatVector updated = kept.mul(open).mul(change);
        updated.intoArray(x, toX + z + k);
        updated.intoArray(p, toP + z + k);
        FloatVector slope = candidate.neg().fma(candidate, all(1f));
        FloatVector entered = arrived.mul(open).mul(slope);
        entered.intoArray(x, toX + g + k);
        FloatVector reset = load(gates, gate + r + k);
        FloatVector through = entered.mul(reset);
        through.intoArray(p, toP + g + k);
        FloatVector cleared = through.mul(load(inner, in + at)).mul(all(1f).sub(reset));
        cleared.intoArray(x, toX + r + k);
        cleared.intoArray(p, toP + r + k);
      }
      for (; k < units; k++, at++) {
        float update = gates[gate + z + k];
        float candidate = gates[gate + g + k];
        float arrived = h[at];
        h[at] = arrived * update;
        float open = 1f - update;
        float updated = h[at] * open * (old[before + at] - candidate);
        x[toX + z + k] = updated;
        p[toP + z + k] = updated;
        float entered = arrived * open * Math.fma(-candidate, candidate, 1f);
        x[toX + g + k] = entered;
        float reset = gates[gate + r + k];
        float through = entered * reset;
        p[toP + g + k] = through;
        float cleared = through * inner[in + at] * (1f - reset);
        x[toX + r + k] = cleared;
        p[toP + r + k] = cleared;
      }
    }
  }
}
