package taut.autodiff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Carries cotangents of some targets back to sources along a tape, and settles what becomes of
/// sources that nothing reaches.
///
/// @param once whether the tape is used up by it, so that what a walk makes on the way may go
record Pullback(Tape tape, List<Tensor> targets, boolean once) {
  /// Returns a cotangent of one for a scalar.
  static Tensor one(Tensor target) {
    if (target.rank() != 0) {
      throw new IllegalArgumentException(
          "gradient: the target must be a scalar, got "
              + target.spec()
              + "; reduce it with sum(), or give a cotangent");
    }
    return Tensor.full(target.shape(), 1, target.dtype());
  }

  /// Checks that there is a cotangent for each target, and like it.
  void check(List<Tensor> cotangents) {
    List<TensorSpec> wanted = targets.stream().map(Tensor::spec).toList();
    List<TensorSpec> got = cotangents.stream().map(Tensor::spec).toList();
    if (!wanted.equals(got)) {
      throw new IllegalArgumentException(
          "gradient: the cotangents must be like the targets " + wanted + ", got " + got);
    }
  }

  /// Returns the gradient of Σ target ∘ cotangent with respect to each source.
  List<Tensor> gradients(List<Tensor> cotangents, List<Tensor> sources, Unconnected unconnected) {
    List<@Nullable Node> nodes = new ArrayList<>();
    sources.forEach(source -> nodes.add(tape.find(source)));
    @Nullable Tensor[] found = walk(cotangents, nodes);
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      Tensor gradient = found[i];
      if (gradient == null && unconnected == Unconnected.NONE) {
        throw new IllegalArgumentException(unconnected(sources.get(i), nodes.get(i)));
      }
      gradients.add(gradient != null ? gradient : sources.get(i).zerosLike());
    }
    return gradients;
  }

  /// Returns the gradients with respect to variables, each the sum over the values that were read
  /// from it between updates.
  Gradients gradients(Tensor cotangent, List<Variable> sources, Unconnected unconnected) {
    List<@Nullable Node> nodes = new ArrayList<>();
    List<Variable> readers = new ArrayList<>();
    for (Variable source : new LinkedHashSet<>(sources)) {
      for (Node node : tape.reads(source)) {
        nodes.add(node);
        readers.add(source);
      }
    }
    @Nullable Tensor[] found = walk(List.of(cotangent), nodes);
    Map<Variable, Tensor> sums = new HashMap<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] != null) {
        sums.merge(readers.get(i), found[i], Tensor::add);
      }
    }
    Map<Variable, Tensor> gradients = new LinkedHashMap<>();
    Map<Variable, String> blocked = new LinkedHashMap<>();
    for (Variable source : sources) {
      Tensor sum = sums.get(source);
      if (sum != null) {
        gradients.put(source, sum);
      } else if (unconnected == Unconnected.ZERO) {
        gradients.put(source, Tensor.full(source.shape(), 0, source.dtype()));
      } else if (tape.hasDeadEnds()) {
        tape.reads(source).forEach(node -> blocked.merge(source, blockers(node), (a, b) -> a));
      }
    }
    return Gradients.of(gradients, blocked);
  }

  private @Nullable Tensor[] walk(List<Tensor> cotangents, List<@Nullable Node> sources) {
    List<Backward.Start> starts = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Node node = tape.find(targets.get(i));
      // A target that was not recorded depends on nothing.
      if (node != null) {
        starts.add(new Backward.Start(node, cotangents.get(i)));
      }
    }
    return Backward.walk(tape, starts, sources, once);
  }

  private String blockers(Node source) {
    return BlockedPaths.describe(tape, targets, source);
  }

  private String unconnected(Tensor source, @Nullable Node node) {
    String which = "the source " + source.spec();
    String remedy = "; ask for Unconnected.ZERO if the gradient is to be zero";
    if (node == null) {
      return "gradient: " + which + " was not watched before it was used" + remedy;
    }
    String blockers = blockers(node);
    return blockers.isEmpty()
        ? "gradient: the target does not depend on "
            + which
            + " through operations on this tape"
            + remedy
        : "gradient: the target depends on " + which + " only through " + blockers + remedy;
  }
}
