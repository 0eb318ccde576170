package taut.optim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import taut.autodiff.Variable;
import taut.core.Storage;
import taut.core.Tensor;

/// What an optimizer keeps for one variable, in storages that belong to no memory scope.
final class VariableState {
  private final Variable variable;
  private final List<Variable> slots = new ArrayList<>();
  private final List<Storage> storages = new ArrayList<>();
  private @Nullable Variable average;
  private @Nullable Storage scratch;

  VariableState(Variable variable, List<String> slotNames) {
    this.variable = variable;
    for (String name : slotNames) {
      Variable slot = zeros(name);
      slots.add(slot);
      storages.add(storage(slot));
    }
  }

  private Variable zeros(String name) {
    Tensor zeros = Tensor.full(variable.shape(), 0, variable.dtype());
    return Variable.state(variable.name() + "/" + name, zeros);
  }

  private static Storage storage(Variable owner) {
    List<Storage> found = new ArrayList<>();
    owner.update(found::add);
    return found.getFirst();
  }

  /// Returns the slots' storages, for a kernel to change, and makes tensors read from them stale.
  List<Storage> slotsToChange() {
    slots.forEach(slot -> slot.update(storage -> {}));
    return storages;
  }

  /// Returns a storage whose elements mean nothing between two steps.
  Storage scratch() {
    Storage storage = scratch;
    if (storage == null) {
      storage = storage(zeros("scratch"));
      scratch = storage;
    }
    return storage;
  }

  /// Returns the moving average, which starts as the variable's value.
  Variable average() {
    Variable current = average;
    if (current == null) {
      current = zeros("average");
      copy(variable, current);
      average = current;
    }
    return current;
  }

  /// Replaces the variable's value by its moving average.
  void overwriteWithAverage() {
    copy(average(), variable);
  }

  /// Copies without reading a value: a read of a trainable variable would appear on tapes.
  private static void copy(Variable from, Variable to) {
    Storage source = storage(from);
    to.update(target -> target.copyFrom(source, 0, 0, source.length()));
  }

  /// Lists the slots and, if there is one, the average.
  List<Variable> list() {
    List<Variable> all = new ArrayList<>(slots);
    if (average != null) {
      all.add(average);
    }
    return all;
  }
}
