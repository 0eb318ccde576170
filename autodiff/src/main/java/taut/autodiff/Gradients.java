package taut.autodiff;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import taut.core.Tensor;

/// The gradients of a target with respect to variables, in the order in which the variables were
/// given.
///
/// A variable on which the target does not depend has no entry, unless zeros were asked for.
public final class Gradients {
  /// With more entries a search goes through an index.
  private static final int FEW = 16;

  /// One variable's gradient, and the next one's. A chain of them takes no array, and an optimizer
  /// wants them all, one after the other.
  private static final class Entry {
    final Variable variable;
    final Tensor gradient;
    @Nullable Entry next;

    Entry(Variable variable, Tensor gradient) {
      this.variable = variable;
      this.gradient = gradient;
    }
  }

  private final @Nullable Entry first;
  private final int size;

  /// For variables without a gradient the operations that keep it from them, where there are some.
  private final Map<Variable, String> blockers;

  /// The gradients by variable, made when one of many is looked for.
  private volatile @Nullable Map<Variable, Tensor> index;

  private Gradients(@Nullable Entry first, int size, Map<Variable, String> blockers) {
    this.first = first;
    this.size = size;
    this.blockers = blockers;
  }

  /// Puts gradients together.
  static final class Builder {
    private @Nullable Entry first;
    private @Nullable Entry last;
    private int size;
    private Map<Variable, String> blockers = Map.of();

    /// Adds the gradient of a variable that has none yet.
    ///
    /// @throws IllegalArgumentException if its shape or type is not the variable's
    void add(Variable variable, Tensor gradient) {
      if (!variable.shape().equals(gradient.shape()) || variable.dtype() != gradient.dtype()) {
        throw new IllegalArgumentException(
            "gradients: variable " + variable + " got a gradient " + gradient.spec());
      }
      Entry entry = new Entry(variable, gradient);
      if (last == null) {
        first = entry;
      } else {
        last.next = entry;
      }
      last = entry;
      size++;
    }

    /// Notes what keeps the gradient from a variable, if anything does.
    void block(Variable variable, String blockers) {
      if (this.blockers.isEmpty()) {
        this.blockers = new LinkedHashMap<>();
      }
      this.blockers.put(variable, blockers);
    }

    Gradients build() {
      return new Gradients(first, size, blockers);
    }
  }

  /// Returns the gradients in a map, in its order.
  ///
  /// @throws IllegalArgumentException if a gradient's shape or type is not its variable's
  public static Gradients of(Map<Variable, Tensor> byVariable) {
    Builder builder = new Builder();
    byVariable.forEach(builder::add);
    return builder.build();
  }

  /// Returns the gradient with respect to a variable.
  ///
  /// @throws NoSuchElementException if the target does not depend on it
  public Tensor of(Variable variable) {
    return find(variable).orElseThrow(() -> new NoSuchElementException(missing(variable)));
  }

  private String missing(Variable variable) {
    String through = blockers.getOrDefault(variable, "");
    return through.isEmpty()
        ? "gradients: the target does not depend on variable " + variable
        : "gradients: the target depends on variable " + variable + " only through " + through;
  }

  /// Returns the gradient with respect to a variable, if the target depends on it.
  public Optional<Tensor> find(Variable variable) {
    if (size > FEW) {
      return Optional.ofNullable(index().get(variable));
    }
    for (Entry entry = first; entry != null; entry = entry.next) {
      if (entry.variable == variable) {
        return Optional.of(entry.gradient);
      }
    }
    return Optional.empty();
  }

  private Map<Variable, Tensor> index() {
    Map<Variable, Tensor> known = index;
    if (known == null) {
      known = new HashMap<>();
      forEach(known::put);
      index = known;
    }
    return known;
  }

  /// Hands each variable with its gradient to an action, in order.
  public void forEach(BiConsumer<? super Variable, ? super Tensor> action) {
    for (Entry entry = first; entry != null; entry = entry.next) {
      action.accept(entry.variable, entry.gradient);
    }
  }

  /// Returns the variables that have a gradient.
  public Set<Variable> variables() {
    Set<Variable> variables = new LinkedHashSet<>();
    forEach((variable, gradient) -> variables.add(variable));
    return Collections.unmodifiableSet(variables);
  }

  /// Returns gradients with a function applied to each.
  public Gradients map(UnaryOperator<Tensor> function) {
    Builder builder = new Builder();
    forEach((variable, gradient) -> builder.add(variable, function.apply(gradient)));
    builder.blockers = blockers;
    return builder.build();
  }

  /// Returns the Euclidean norm of all gradients together, √Σ‖g‖².
  public double globalNorm() {
    double squares = 0;
    for (Entry entry = first; entry != null; entry = entry.next) {
      squares += entry.gradient.sumOfSquares().item();
    }
    return Math.sqrt(squares);
  }
}
