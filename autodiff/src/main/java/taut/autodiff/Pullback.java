package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    Backward walk = walk(cotangents);
    for (Tensor source : sources) {
      Node node = tape.find(source);
      if (node != null) {
        walk.want(node);
      }
    }
    try {
      walk.run();
      List<Tensor> gradients = new ArrayList<>(sources.size());
      for (Tensor source : sources) {
        Node node = tape.find(source);
        Tensor gradient = node == null ? null : walk.gradient(node);
        if (gradient == null && unconnected == Unconnected.NONE) {
          throw new IllegalArgumentException(unconnected(source, node));
        }
        gradients.add(gradient != null ? gradient : source.zerosLike());
      }
      return gradients;
    } finally {
      walk.end();
    }
  }

  /// Returns the gradients with respect to variables, each the sum over the values that were read
  /// from it between updates.
  Gradients gradients(Tensor cotangent, List<Variable> sources, Unconnected unconnected) {
    Backward walk = walk(List.of(cotangent));
    for (Variable source : sources) {
      for (Reading read = tape.reads(source); read != null; read = read.next) {
        walk.want(read.node);
      }
    }
    Set<Variable> done = tape.tables().done;
    Gradients.Builder gradients = new Gradients.Builder();
    try {
      walk.run();
      for (Variable source : sources) {
        if (done.add(source)) {
          Tensor sum = sum(walk, source);
          if (sum != null) {
            gradients.add(source, sum);
          } else if (unconnected == Unconnected.ZERO) {
            gradients.add(source, Tensor.full(source.shape(), 0, source.dtype()));
          } else if (tape.hasDeadEnds()) {
            noteBlockers(source, gradients);
          }
        }
      }
    } finally {
      done.clear();
      walk.end();
    }
    return gradients.build();
  }

  private @Nullable Tensor sum(Backward walk, Variable source) {
    Tensor sum = null;
    for (Reading read = tape.reads(source); read != null; read = read.next) {
      Tensor found = walk.gradient(read.node);
      if (found != null) {
        sum = sum == null ? found : sum.add(found);
      }
    }
    return sum;
  }

  private void noteBlockers(Variable source, Gradients.Builder gradients) {
    Reading read = tape.reads(source);
    if (read != null) {
      gradients.block(source, blockers(read.node));
    }
  }

  private Backward walk(List<Tensor> cotangents) {
    Backward walk = new Backward(tape, once);
    for (int i = 0; i < targets.size(); i++) {
      Node node = tape.find(targets.get(i));
      // A target that was not recorded depends on nothing.
      if (node != null) {
        walk.begin(node, cotangents.get(i));
      }
    }
    return walk;
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
