package taut.regularizers;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import taut.core.DType;
import taut.core.Tensor;

/// Lists the penalties of one forward pass.
///
/// @param list the penalties: those of activities in the order of the calls, then those of weights
///   in the order of the layers
/// @param dtype the element type of the network, which the sum has also where there are no
///   penalties
public record Penalties(List<Penalty> list, DType dtype) implements Iterable<Penalty> {
  /// Copies the list.
  public Penalties {
    list = List.copyOf(list);
  }

  /// Returns the sum of all penalties, the term to add to the loss; zero if there are none.
  public Tensor total() {
    return list.stream()
        .map(Penalty::value)
        .reduce(Tensor::add)
        .orElseGet(() -> Tensor.scalar(0, dtype));
  }

  /// Tells whether there are no penalties.
  public boolean isEmpty() {
    return list.isEmpty();
  }

  @Override
  public Iterator<Penalty> iterator() {
    return list.iterator();
  }

  /// Prints one line a penalty: layer, role, value, regularizer.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Penalty p : list) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-20s %-10s %12.6g  %s%n",
              p.layer(),
              p.role(),
              p.value().item(),
              p.regularizer()));
    }
    return text.toString();
  }
}
