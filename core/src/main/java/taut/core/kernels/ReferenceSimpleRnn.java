package taut.core.kernels;

import taut.core.Storage;

/// The textbook of a simple recurrent network: one sample after the other, in double.
final class ReferenceSimpleRnn {
  private final RecurrentPlan plan;
  private final int units;

  ReferenceSimpleRnn(RecurrentPlan plan) {
    this.plan = plan;
    this.units = plan.units();
  }

  /// Computes the outputs, with what stands before the first step taken as 0.
  void forward(Storage z, Storage kernel, Storage bias, Storage out) {
    for (int t = 0; t < plan.steps(); t++) {
      for (int b = 0; b < plan.batch(); b++) {
        int now = t * plan.batch() + b;
        int before = now - plan.batch();
        for (int j = 0; j < units; j++) {
          double sum = z.get(now * units + j) + bias.get(j);
          for (int k = 0; t > 0 && k < units; k++) {
            sum += out.get(before * units + k) * kernel.get(k * units + j);
          }
          out.set(now * units + j, Math.tanh(sum));
        }
      }
    }
  }

  /// Computes the gradient of the pre-activations from the gradient c of the outputs.
  void gradient(Storage kernel, Storage outputs, Storage c, Storage out) {
    for (int t = plan.steps() - 1; t >= 0; t--) {
      for (int b = 0; b < plan.batch(); b++) {
        int now = t * plan.batch() + b;
        int after = now + plan.batch();
        for (int k = 0; k < units; k++) {
          double h = outputs.get(now * units + k);
          double sum = c.get(now * units + k);
          for (int j = 0; t + 1 < plan.steps() && j < units; j++) {
            sum += out.get(after * units + j) * kernel.get(k * units + j);
          }
          out.set(now * units + k, sum * (1 - h * h));
        }
      }
    }
  }
}
