package taut.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import taut.autodiff.Variable;

/// The weights of a layer and those inside it, as they were found: looking them up again in each
/// step makes nothing as long as they are the same.
final class KnownWeights {
  private final List<Weight> found;
  private final List<Boolean> wasTrainable = new ArrayList<>();
  private final Map<Variable, Weight> byVariable = new LinkedHashMap<>();
  private final List<Variable> trainable = new ArrayList<>();

  /// @param found all weights in order; those of a layer that is used twice stand there twice
  KnownWeights(List<Weight> found) {
    this.found = found;
    for (Weight weight : found) {
      Variable variable = weight.variable();
      wasTrainable.add(variable.isTrainable());
      if (byVariable.put(variable, weight) == null && variable.isTrainable()) {
        trainable.add(variable);
      }
    }
  }

  int size() {
    return found.size();
  }

  /// Tells whether a weight stands at a place and is trainable or frozen as it was.
  boolean has(int place, Weight weight) {
    return place < found.size()
        && found.get(place) == weight
        && wasTrainable.get(place) == weight.variable().isTrainable();
  }

  /// Returns the weights, each once.
  Map<Variable, Weight> byVariable() {
    return byVariable;
  }

  /// Returns the variables that training updates, each once.
  List<Variable> trainable() {
    return Collections.unmodifiableList(trainable);
  }
}
