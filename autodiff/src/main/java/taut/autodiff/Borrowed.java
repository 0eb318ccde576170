package taut.autodiff;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;

/// Notes what a function uses besides its arguments: the trainable variables that it reads, and the
/// tensors that somebody outside follows.
final class Borrowed implements Tracking {
  private final List<Recorder> outside;
  private final Set<Variable> variables = new LinkedHashSet<>();
  private final Set<Tensor> tensors = new LinkedHashSet<>();

  /// @param outside the recorders that do not hear the function
  Borrowed(List<Recorder> outside) {
    this.outside = outside;
  }

  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    for (Tensor input : inputs) {
      if (tracks(input)) {
        tensors.add(input);
      }
    }
  }

  /// What the function itself computes is not followed outside.
  @Override
  public boolean tracks(Tensor tensor) {
    for (Recorder recorder : outside) {
      if (recorder instanceof Tracking tracking && tracking.tracks(tensor)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void read(Variable variable, Tensor value) {
    if (variable.isTrainable()) {
      variables.add(variable);
    }
  }

  /// Returns all that was noted, for the recorders outside to hear of.
  Set<Tensor> all() {
    Set<Tensor> all = new LinkedHashSet<>(tensors);
    variables.forEach(variable -> all.add(variable.value()));
    return all;
  }
}
