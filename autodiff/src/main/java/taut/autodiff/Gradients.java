package taut.autodiff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import taut.core.Tensor;

/// The gradients of a target with respect to variables, in the order in which the variables were
/// given.
///
/// A variable on which the target does not depend has no entry, unless zeros were asked for.
public final class Gradients {
  private final Map<Variable, Tensor> byVariable;

  /// For variables without a gradient the operations that keep it from them, where there are some.
  private final Map<Variable, String> blockers;

  private Gradients(Map<Variable, Tensor> byVariable, Map<Variable, String> blockers) {
    this.byVariable = byVariable;
    this.blockers = blockers;
  }

  /// Returns the gradients in a map, in its order.
  ///
  /// @throws IllegalArgumentException if a gradient's shape or type is not its variable's
  public static Gradients of(Map<Variable, Tensor> byVariable) {
    return of(byVariable, Map.of());
  }

  static Gradients of(Map<Variable, Tensor> byVariable, Map<Variable, String> blockers) {
    byVariable.forEach((variable, gradient) -> {
      if (!variable.shape().equals(gradient.shape()) || variable.dtype() != gradient.dtype()) {
        throw new IllegalArgumentException(
            "gradients: variable " + variable + " got a gradient " + gradient.spec());
      }
    });
    return new Gradients(new LinkedHashMap<>(byVariable), blockers);
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
    return Optional.ofNullable(byVariable.get(variable));
  }

  /// Returns the variables that have a gradient.
  public Set<Variable> variables() {
    return Collections.unmodifiableSet(byVariable.keySet());
  }

  /// Returns gradients with a function applied to each.
  public Gradients map(UnaryOperator<Tensor> function) {
    Map<Variable, Tensor> result = new LinkedHashMap<>();
    byVariable.forEach((variable, gradient) -> result.put(variable, function.apply(gradient)));
    return of(result, blockers);
  }

  /// Returns the Euclidean norm of all gradients together, √Σ‖g‖².
  public double globalNorm() {
    double squares = 0;
    for (Tensor gradient : byVariable.values()) {
      squares += gradient.sumOfSquares().item();
    }
    return Math.sqrt(squares);
  }
}
