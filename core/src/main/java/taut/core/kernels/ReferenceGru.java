package taut.core.kernels;

import taut.core.Storage;
import taut.core.ops.Unary;

/// The textbook of gated recurrent units: one sample after the other, in double.
final class ReferenceGru {
  private final RecurrentPlan plan;
  private final int units;
  private final int width;

  ReferenceGru(RecurrentPlan plan) {
    this.plan = plan;
    this.units = plan.units();
    this.width = plan.width();
  }

  /// Computes gates, what is reset of p, and outputs, with what stands before the first step taken
  /// as 0.
  void forward(Storage x, Storage kernel, Storage bias, Storage gates, Storage inner, Storage out) {
    for (int t = 0; t < plan.steps(); t++) {
      for (int b = 0; b < plan.batch(); b++) {
        int now = t * plan.batch() + b;
        int before = now - plan.batch();
        for (int j = 0; j < units; j++) {
          double[] p = new double[3];
          double[] sums = new double[3];
          for (int gate = 0; gate < 3; gate++) {
            int column = gate * units + j;
            p[gate] = bias.get(width + column);
            for (int k = 0; t > 0 && k < units; k++) {
              p[gate] += out.get(before * units + k) * kernel.get(k * width + column);
            }
            sums[gate] = x.get(now * width + column) + bias.get(column);
          }
          double z = Unary.SIGMOID.scalar(sums[0] + p[0]);
          double r = Unary.SIGMOID.scalar(sums[1] + p[1]);
          double g = Math.tanh(sums[2] + r * p[2]);
          double old = t == 0 ? 0 : out.get(before * units + j);
          gates.set(now * width + j, z);
          gates.set(now * width + units + j, r);
          gates.set(now * width + 2 * units + j, g);
          inner.set(now * units + j, p[2]);
          out.set(now * units + j, z * old + (1 - z) * g);
        }
      }
    }
  }

  /// Computes the gradients of x and p from the gradient c of the outputs.
  void gradient(
      Storage kernel,
      Storage gates,
      Storage inner,
      Storage outputs,
      Storage c,
      Storage x,
      Storage p) {
    for (int b = 0; b < plan.batch(); b++) {
      double[] kept = new double[units];
      for (int t = plan.steps() - 1; t >= 0; t--) {
        int now = t * plan.batch() + b;
        int after = now + plan.batch();
        int before = now - plan.batch();
        for (int k = 0; k < units; k++) {
          double h = c.get(now * units + k) + kept[k];
          for (int j = 0; t + 1 < plan.steps() && j < width; j++) {
            h += p.get(after * width + j) * kernel.get(k * width + j);
          }
          int at = now * width + k;
          double z = gates.get(at);
          double r = gates.get(at + units);
          double g = gates.get(at + 2 * units);
          double old = t == 0 ? 0 : outputs.get(before * units + k);
          double entered = h * (1 - z) * (1 - g * g);
          double cleared = entered * inner.get(now * units + k) * r * (1 - r);
          double updated = h * (old - g) * z * (1 - z);
          x.set(at, updated);
          p.set(at, updated);
          x.set(at + units, cleared);
          p.set(at + units, cleared);
          x.set(at + 2 * units, entered);
          p.set(at + 2 * units, entered * r);
          kept[k] = h * z;
        }
      }
    }
  }
}
