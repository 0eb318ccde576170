package taut.core.kernels;

import static taut.core.kernels.Lanes.all;
import static taut.core.kernels.Lanes.load;

import jdk.incubator.vector.FloatVector;

/// Does what [StepTerms] says to vectors, and to the elements that fill none.
///
/// @param scale what gradients are multiplied by
/// @param limited whether the elements of gradients are limited
/// @param limit their greatest size
/// @param decays whether weights decay
/// @param lost the share that they lose
record VectorStepTerms(float scale, boolean limited, float limit, boolean decays, float lost) {
  static VectorStepTerms of(StepTerms terms) {
    return new VectorStepTerms(
        (float) terms.scale(),
        terms.limit() < Double.POSITIVE_INFINITY,
        (float) terms.limit(),
        terms.lost() != 0,
        (float) terms.lost());
  }

  FloatVector gradient(float[] g, int index) {
    FloatVector scaled = load(g, index).mul(scale);
    return limited ? scaled.min(limit).max(-limit) : scaled;
  }

  float gradient(float g) {
    float scaled = g * scale;
    return limited ? Math.max(-limit, Math.min(limit, scaled)) : scaled;
  }

  /// Writes the weights after decay and a step.
  void move(float[] w, int index, FloatVector step) {
    FloatVector weights = load(w, index);
    FloatVector change = decays ? weights.fma(all(-lost), step) : step;
    weights.add(change).intoArray(w, index);
  }

  float moved(float w, float step) {
    return w + (decays ? Math.fma(w, -lost, step) : step);
  }
}
