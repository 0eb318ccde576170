package taut.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import taut.autodiff.GradientCheck;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.core.DType;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;

/// What the tests of layers share.
final class Layers {
  private Layers() {}

  /// Returns normal numbers of a fixed seed.
  static Tensor normal(int... dims) {
    return RandomStream.of(11).normal(Shape.of(dims), 0, 1);
  }

  /// Compares the gradients of a smooth function of output and penalties, with respect to the input
  /// and all trainable variables, with central differences in FLOAT64.
  ///
  /// @param layer built with FLOAT64 inputs
  static void checkGradients(Layer layer, Tensor x, Supplier<Pass> passes) {
    GradientCheck.check(in -> loss(layer, in.getFirst(), passes), x).orThrow();
    for (Variable variable : layer.trainableVariables()) {
      checkGradient(layer, x, variable, passes);
    }
  }

  private static void checkGradient(
      Layer layer, Tensor x, Variable variable, Supplier<Pass> passes) {
    Tensor gradient;
    try (GradientTape tape = new GradientTape()) {
      gradient = tape.gradient(loss(layer, x, passes), variable);
    }
    Tensor original = variable.value().copy();
    List<GradientCheck.Element> elements = new ArrayList<>();
    for (int i = 0; i < original.size(); i++) {
      double difference =
          (moved(layer, x, variable, original, i, 1e-6, passes)
                  - moved(layer, x, variable, original, i, -1e-6, passes))
              / 2e-6;
      elements.add(new GradientCheck.Element(0, i, gradient.toDoubles()[i], difference));
    }
    variable.assign(original);
    new GradientCheck.Report(elements, GradientCheck.TOLERANCE).orThrow();
  }

  private static double moved(
      Layer layer,
      Tensor x,
      Variable variable,
      Tensor original,
      int element,
      double by,
      Supplier<Pass> passes) {
    variable.assign(original);
    variable.update(storage -> storage.set(element, storage.get(element) + by));
    return loss(layer, x, passes).item();
  }

  private static Tensor loss(Layer layer, Tensor x, Supplier<Pass> passes) {
    try (Pass pass = passes.get()) {
      Tensor loss = layer.apply(x, pass).sin().sum();
      return loss.add(pass.penalties().total().cast(DType.FLOAT64));
    }
  }
}
