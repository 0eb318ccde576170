package taut.autodiff;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import taut.core.Tensor;
import taut.core.inspect.Listing;

/// Records the operations of the current thread and differentiates what they compute, like
/// TensorFlow's class of this name.
///
/// ```java
/// try (var tape = new GradientTape()) {
///   tape.watch(x);
///   Tensor y = x.square().sum();
///   Tensor gradient = tape.gradient(y, x); // 2x
/// }
/// ```
///
/// A tape follows watched tensors and whatever is computed from them; trainable variables are
/// watched by being read. It belongs to the thread that made it and records until it is closed.
/// Tapes nest: what an inner tape computes as a gradient is recorded by the outer one, which can
/// differentiate it again.
///
/// A tape gives one gradient, unless it is [Option#PERSISTENT].
public final class GradientTape implements AutoCloseable {
  /// How a tape differs from the usual one.
  public enum Option {
    /// Gives any number of gradients, and keeps the recording until it is closed.
    PERSISTENT,
    /// Watches nothing by itself: variables too are watched by [GradientTape#watch] only.
    WATCH_NOTHING,
    /// Notes for every operation the line of code that asked for it, which [GradientTape#listing]
    /// and errors then show. Each operation takes some 2 µs longer.
    CALLERS
  }

  private final boolean persistent;
  private final Tape tape;
  private final TapeState state;

  /// Makes a tape that records from now on.
  public GradientTape() {
    this(Set.of());
  }

  /// Makes a tape that records from now on.
  public GradientTape(Option... options) {
    this(Set.copyOf(Arrays.asList(options)));
  }

  private GradientTape(Set<Option> chosen) {
    this.persistent = chosen.contains(Option.PERSISTENT);
    this.tape = new Tape(!chosen.contains(Option.WATCH_NOTHING), chosen.contains(Option.CALLERS));
    this.state = new TapeState(tape);
  }

  /// Follows a tensor and whatever is computed from it from now on.
  ///
  /// @throws IllegalArgumentException if its elements are not floating-point numbers
  public void watch(Tensor tensor) {
    state.checkUnused("watch");
    checkFloating(tensor);
    tape.watch(tensor);
  }

  /// Follows a variable, trainable or not, as it is now.
  ///
  /// @throws IllegalArgumentException if its elements are not floating-point numbers
  public void watch(Variable variable) {
    state.checkUnused("watch");
    Tensor value = variable.value();
    checkFloating(value);
    tape.watch(variable, value);
  }

  private static void checkFloating(Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "tape: only floating-point tensors have gradients, got " + tensor.spec());
    }
  }

  /// Returns the variables that this tape follows, in the order of their first reading.
  public List<Variable> watchedVariables() {
    state.check("watchedVariables");
    return tape.variables();
  }

  /// Runs a block that is not recorded. Such blocks nest, and gradients may be asked for inside.
  public void stopRecording(Runnable block) {
    state.check("stopRecording");
    boolean paused = state.pause();
    try {
      block.run();
    } finally {
      state.resume(paused);
    }
  }

  /// Forgets everything recorded and watched so far, and records anew; inside [#stopRecording],
  /// from its end.
  public void reset() {
    state.check("reset");
    tape.clear();
    state.renew();
  }

  /// Lists what is recorded: the tensors that are followed and the operations between them, with
  /// shapes, FLOPs and bytes; and, if the tape was made with [Option#CALLERS], with the lines of
  /// code that asked for them. Read from a variable, a tensor has the variable's name; watched, it
  /// is called `watched`; an input without a name is a constant. [Listing#toDot] draws the graph.
  ///
  /// @throws IllegalStateException if this tape has given its one gradient, is closed, or belongs
  ///   to another thread
  public Listing listing() {
    state.checkUnused("listing");
    return tape.listing();
  }

  /// Returns the gradient of a scalar with respect to a tensor.
  ///
  /// @throws IllegalArgumentException if the target is no scalar, or does not depend on the source,
  ///   or only through operations that have no derivative, which the message names
  /// @throws IllegalStateException if this tape has given its one gradient, is closed, or belongs
  ///   to another thread
  public Tensor gradient(Tensor target, Tensor source) {
    return gradient(target, source, Unconnected.NONE);
  }

  /// Returns the gradient of a scalar with respect to a tensor, or zeros where there is none if
  /// asked so.
  public Tensor gradient(Tensor target, Tensor source, Unconnected unconnected) {
    return gradients(target, List.of(source), unconnected).getFirst();
  }

  /// Returns the gradients of a scalar with respect to several tensors.
  public List<Tensor> gradients(Tensor target, List<Tensor> sources, Unconnected unconnected) {
    return gradients(target, Pullback.one(target), sources, unconnected);
  }

  /// Returns, for each source, the product of a cotangent with the jacobian of the target: the
  /// gradient of Σ target ∘ cotangent.
  ///
  /// @param cotangent the weight of each element of the target, in its shape
  public List<Tensor> gradients(
      Tensor target, Tensor cotangent, List<Tensor> sources, Unconnected unconnected) {
    return gradients(List.of(target), List.of(cotangent), sources, unconnected);
  }

  /// Returns, for each source, the gradient of Σ target ∘ cotangent over several targets.
  ///
  /// @param cotangents for each target the weights of its elements, in its shape
  public List<Tensor> gradients(
      List<Tensor> targets,
      List<Tensor> cotangents,
      List<Tensor> sources,
      Unconnected unconnected) {
    Pullback pullback = pullback(targets);
    pullback.check(cotangents);
    return walking("gradient", () -> pullback.gradients(cotangents, sources, unconnected));
  }

  /// Returns the gradients of a scalar with respect to named tensors, in the order of the map.
  public <K> Map<K, Tensor> gradients(
      Tensor target, Map<K, Tensor> sources, Unconnected unconnected) {
    List<K> names = List.copyOf(sources.keySet());
    List<Tensor> found = gradients(target, names.stream().map(sources::get).toList(), unconnected);
    Map<K, Tensor> gradients = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      gradients.put(names.get(i), found.get(i));
    }
    return gradients;
  }

  /// Returns the gradient of a scalar with respect to a variable.
  ///
  /// @throws java.util.NoSuchElementException if the target does not depend on it
  public Tensor gradient(Tensor target, Variable source) {
    return gradient(target, List.of(source)).of(source);
  }

  /// Returns the gradients of a scalar with respect to variables; those on which it does not depend
  /// have no entry.
  public Gradients gradient(Tensor target, List<Variable> sources) {
    return gradient(target, sources, Unconnected.NONE);
  }

  /// Returns the gradients of a scalar with respect to variables.
  ///
  /// @param unconnected what becomes of variables on which the target does not depend: no entry, or
  ///   zeros
  public Gradients gradient(Tensor target, List<Variable> sources, Unconnected unconnected) {
    Pullback pullback = pullback(List.of(target));
    Tensor one = Pullback.one(target);
    return walking("gradient", () -> pullback.gradients(one, sources, unconnected));
  }

  /// Returns the derivatives of every element of a tensor with respect to every element of another,
  /// with the shape of the target followed by that of the source. It takes one backward walk for
  /// each element of the target.
  ///
  /// @throws IllegalArgumentException if the target does not depend on the source
  public Tensor jacobian(Tensor target, Tensor source) {
    return jacobian(target, source, Unconnected.NONE);
  }

  /// Returns the jacobian of a tensor with respect to another, or zeros where they are unconnected
  /// if asked so.
  public Tensor jacobian(Tensor target, Tensor source, Unconnected unconnected) {
    return jacobians(target, List.of(source), unconnected).getFirst();
  }

  /// Returns the jacobians of a tensor with respect to several, by the same walks.
  public List<Tensor> jacobians(Tensor target, List<Tensor> sources, Unconnected unconnected) {
    return walking(
        "jacobian",
        () -> Jacobian.of(target).walk(pullback(List.of(target)), sources, unconnected));
  }

  /// Returns, for each sample, the jacobian of its part of the target with respect to its part of
  /// the source: [batch, target..., source...].
  ///
  /// The first axis of both counts the samples, and a sample's target must depend on that sample's
  /// source alone, which is not checked. It takes one backward walk for each element of one
  /// sample's target.
  ///
  /// @throws IllegalArgumentException if the first axes differ, or the target does not depend on
  ///   the source
  public Tensor batchJacobian(Tensor target, Tensor source) {
    return batchJacobian(target, source, Unconnected.NONE);
  }

  /// Returns the jacobians of all samples, or zeros where target and source are unconnected if
  /// asked so.
  public Tensor batchJacobian(Tensor target, Tensor source, Unconnected unconnected) {
    Jacobian jacobian = Jacobian.ofSamples(target, source);
    return walking(
        "batchJacobian",
        () -> jacobian.walk(pullback(List.of(target)), List.of(source), unconnected).getFirst());
  }

  private Pullback pullback(List<Tensor> targets) {
    return new Pullback(tape, targets, !persistent);
  }

  /// Walks back, which this tape does not record, and which uses it up unless it is persistent.
  private <T> T walking(String call, Supplier<T> walks) {
    state.checkUnused(call);
    boolean paused = state.pause();
    try {
      return walks.get();
    } finally {
      if (persistent) {
        state.resume(paused);
      } else {
        tape.clear();
        state.use();
      }
    }
  }

  /// Stops recording and forgets the recording; the second call does nothing.
  @Override
  public void close() {
    if (state.close()) {
      tape.close();
    }
  }
}
