package taut.core.kernels;

import taut.core.Storage;
import taut.core.ops.Unary;

/// The textbook of a long short-term memory: one sample after the other, in double.
final class ReferenceLstm {
  private final RecurrentPlan plan;
  private final int units;

  ReferenceLstm(RecurrentPlan plan) {
    this.plan = plan;
    this.units = plan.units();
  }

  /// Computes gates, cells and outputs, with what stands before the first step taken as 0.
  void forward(Storage z, Storage kernel, Storage bias, Storage gates, Storage cells, Storage out) {
    for (int t = 0; t < plan.steps(); t++) {
      for (int b = 0; b < plan.batch(); b++) {
        int now = t * plan.batch() + b;
        int before = now - plan.batch();
        for (int j = 0; j < plan.width(); j++) {
          double sum = z.get(now * plan.width() + j) + bias.get(j);
          for (int k = 0; t > 0 && k < units; k++) {
            sum += out.get(before * units + k) * kernel.get(k * plan.width() + j);
          }
          boolean isCandidate = j / units == 2;
          gates.set(now * plan.width() + j, (isCandidate ? Unary.TANH : Unary.SIGMOID).scalar(sum));
        }
        for (int k = 0; k < units; k++) {
          double old = t == 0 ? 0 : cells.get(before * units + k);
          double cell =
              gate(gates, now, 1, k) * old + gate(gates, now, 0, k) * gate(gates, now, 2, k);
          cells.set(now * units + k, cell);
          out.set(now * units + k, gate(gates, now, 3, k) * Math.tanh(cell));
        }
      }
    }
  }

  private double gate(Storage gates, int row, int gate, int unit) {
    return gates.get(row * plan.width() + gate * units + unit);
  }

  /// Computes the gradient of the pre-activations from the gradient c of the outputs.
  void gradient(Storage kernel, Storage gates, Storage cells, Storage c, Storage out) {
    for (int b = 0; b < plan.batch(); b++) {
      double[] cellGradient = new double[units];
      for (int t = plan.steps() - 1; t >= 0; t--) {
        int now = t * plan.batch() + b;
        int before = now - plan.batch();
        for (int k = 0; k < units; k++) {
          double h = c.get(now * units + k);
          for (int j = 0; t + 1 < plan.steps() && j < plan.width(); j++) {
            int after = now + plan.batch();
            h += out.get(after * plan.width() + j) * kernel.get(k * plan.width() + j);
          }
          double i = gate(gates, now, 0, k);
          double f = gate(gates, now, 1, k);
          double g = gate(gates, now, 2, k);
          double o = gate(gates, now, 3, k);
          double bent = Math.tanh(cells.get(now * units + k));
          double old = t == 0 ? 0 : cells.get(before * units + k);
          double cell = cellGradient[k] + h * o * (1 - bent * bent);
          int at = now * plan.width() + k;
          out.set(at, cell * g * i * (1 - i));
          out.set(at + units, cell * old * f * (1 - f));
          out.set(at + 2 * units, cell * i * (1 - g * g));
          out.set(at + 3 * units, h * bent * o * (1 - o));
          cellGradient[k] = cell * f;
        }
      }
    }
  }
}
