package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import taut.core.DType;
import taut.core.Rearrangements;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

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
    WATCH_NOTHING
  }

  private enum State {
    RECORDING,
    STOPPED,
    USED,
    CLOSED
  }

  private final Thread owner = Thread.currentThread();
  private final boolean persistent;
  private final Tape tape;
  private State state = State.RECORDING;

  /// Makes a tape that records from now on.
  public GradientTape(Option... options) {
    Set<Option> chosen = Set.copyOf(Arrays.asList(options));
    this.persistent = chosen.contains(Option.PERSISTENT);
    this.tape = new Tape(!chosen.contains(Option.WATCH_NOTHING));
    Recorder.start(tape);
  }

  /// Follows a tensor and whatever is computed from it from now on.
  ///
  /// @throws IllegalArgumentException if its elements are not floating-point numbers
  public void watch(Tensor tensor) {
    checkUnused("watch");
    checkFloating(tensor);
    tape.watch(tensor);
  }

  /// Follows a variable, trainable or not, as it is now.
  ///
  /// @throws IllegalArgumentException if its elements are not floating-point numbers
  public void watch(Variable variable) {
    checkUnused("watch");
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
    check("watchedVariables");
    return tape.variables();
  }

  /// Runs a block that is not recorded. Such blocks nest, and gradients may be asked for inside.
  public void stopRecording(Runnable block) {
    check("stopRecording");
    State before = state;
    pause();
    try {
      block.run();
    } finally {
      resume(before);
    }
  }

  /// Forgets everything recorded and watched so far, and records anew; inside [#stopRecording],
  /// from its end.
  public void reset() {
    check("reset");
    tape.clear();
    if (state == State.USED) {
      start();
    }
  }

  /// Returns the gradient of a scalar with respect to a tensor.
  ///
  /// @throws IllegalArgumentException if the target is no scalar, or does not depend on the source
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
    return gradients(target, one(target), sources, unconnected);
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
    List<@Nullable Node> nodes = new ArrayList<>();
    sources.forEach(source -> nodes.add(tape.find(source)));
    @Nullable Tensor[] found = walks(targets, List.of(cotangents), nodes).getFirst();
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      gradients.add(connected(found[i], sources.get(i), unconnected));
    }
    return gradients;
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
    List<@Nullable Node> nodes = new ArrayList<>();
    List<Variable> readers = new ArrayList<>();
    for (Variable source : new LinkedHashSet<>(sources)) {
      for (Node node : tape.reads(source)) {
        nodes.add(node);
        readers.add(source);
      }
    }
    @Nullable Tensor[] found =
        walks(List.of(target), List.of(List.of(one(target))), nodes).getFirst();
    Map<Variable, Tensor> sums = new HashMap<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] != null) {
        sums.merge(readers.get(i), found[i], Tensor::add);
      }
    }
    Map<Variable, Tensor> gradients = new LinkedHashMap<>();
    for (Variable source : sources) {
      Tensor sum = sums.get(source);
      if (sum != null) {
        gradients.put(source, sum);
      } else if (unconnected == Unconnected.ZERO) {
        gradients.put(source, Tensor.full(source.shape(), 0, source.dtype()));
      }
    }
    return Gradients.of(gradients);
  }

  /// Returns the derivatives of every element of a tensor with respect to every element of another,
  /// with the shape of the target followed by that of the source; zeros where they are unconnected.
  /// It takes one backward walk for each element of the target.
  public Tensor jacobian(Tensor target, Tensor source) {
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < target.size(); i++) {
      cotangents.add(basis(target.size(), i, target.dtype()).reshape(target.shape()));
    }
    Shape shape = joined(target.shape().toArray(), source.shape().toArray());
    return stacked(target, cotangents, source, 0).reshape(shape);
  }

  /// Returns, for each sample, the jacobian of its part of the target with respect to its part of
  /// the source: [batch, target..., source...].
  ///
  /// The first axis of both counts the samples, and a sample's target must depend on that sample's
  /// source alone, which is not checked. It takes one backward walk for each element of one
  /// sample's target.
  public Tensor batchJacobian(Tensor target, Tensor source) {
    if (target.rank() == 0 || source.rank() == 0 || target.dim(0) != source.dim(0)) {
      throw new IllegalArgumentException(
          "batchJacobian: target and source must have the same first axis, got "
              + target.spec()
              + " and "
              + source.spec());
    }
    int batch = target.dim(0);
    int width = batch == 0 ? 0 : target.size() / batch;
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Tensor row = basis(width, i, target.dtype());
      cotangents.add(row.broadcastTo(Shape.of(batch, width)).reshape(target.shape()));
    }
    int[] perSample = Arrays.copyOfRange(source.shape().toArray(), 1, source.rank());
    Shape shape = joined(target.shape().toArray(), perSample);
    return stacked(target, cotangents, source, 1).reshape(shape);
  }

  private static Tensor basis(int size, int one, DType dtype) {
    return Tensor.range(size).equal(one).cast(dtype);
  }

  private static Shape joined(int[] first, int[] second) {
    return Shape.of(IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray());
  }

  /// Walks back once for each cotangent and joins the gradients along a new axis.
  private Tensor stacked(Tensor target, List<Tensor> cotangents, Tensor source, int axis) {
    List<@Nullable Node> nodes = new ArrayList<>();
    nodes.add(tape.find(source));
    Tensor[] rows = new Tensor[cotangents.size()];
    List<@Nullable Tensor[]> found =
        walks(List.of(target), cotangents.stream().map(List::of).toList(), nodes);
    for (int i = 0; i < rows.length; i++) {
      Tensor gradient = connected(found.get(i)[0], source, Unconnected.ZERO);
      rows[i] = gradient.expandDims(axis);
    }
    return rows.length == 0
        ? Tensor.full(Shape.of(0), 0, source.dtype())
        : Rearrangements.concat(axis, rows);
  }

  private static Tensor one(Tensor target) {
    if (target.rank() != 0) {
      throw new IllegalArgumentException(
          "gradient: the target must be a scalar, got "
              + target.spec()
              + "; reduce it with sum(), or give a cotangent");
    }
    return Tensor.full(target.shape(), 1, target.dtype());
  }

  private static Tensor connected(
      @Nullable Tensor gradient, Tensor source, Unconnected unconnected) {
    if (gradient != null) {
      return gradient;
    }
    if (unconnected == Unconnected.ZERO) {
      return source.zerosLike();
    }
    throw new IllegalArgumentException(
        "gradient: the target does not depend on a source "
            + source.spec()
            + " through operations on this tape; watch it before it is used, or ask for"
            + " Unconnected.ZERO");
  }

  /// Walks back once for each list of cotangents, one for each target.
  private List<@Nullable Tensor[]> walks(
      List<Tensor> targets, List<List<Tensor>> cotangents, List<@Nullable Node> sources) {
    checkUnused("gradient");
    cotangents.forEach(list -> checkLike(targets, list));
    // The walk is not recorded by the tape that it reads.
    State before = state;
    pause();
    try {
      List<@Nullable Tensor[]> found = new ArrayList<>();
      for (List<Tensor> list : cotangents) {
        found.add(Backward.walk(tape, starts(targets, list), sources));
      }
      return found;
    } finally {
      if (persistent) {
        resume(before);
      } else {
        tape.clear();
        state = State.USED;
      }
    }
  }

  private static void checkLike(List<Tensor> targets, List<Tensor> cotangents) {
    List<TensorSpec> wanted = targets.stream().map(Tensor::spec).toList();
    List<TensorSpec> got = cotangents.stream().map(Tensor::spec).toList();
    if (!wanted.equals(got)) {
      throw new IllegalArgumentException(
          "gradient: the cotangents must be like the targets " + wanted + ", got " + got);
    }
  }

  /// Pairs the targets that were recorded with their cotangents; one that was not depends on
  /// nothing.
  private List<Backward.Start> starts(List<Tensor> targets, List<Tensor> cotangents) {
    List<Backward.Start> starts = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Node node = tape.find(targets.get(i));
      if (node != null) {
        starts.add(new Backward.Start(node, cotangents.get(i)));
      }
    }
    return starts;
  }

  private void pause() {
    if (state == State.RECORDING) {
      Recorder.stop(tape);
      state = State.STOPPED;
    }
  }

  /// Goes on recording if that is what the tape did before a pause, and if nothing in the pause has
  /// used it up.
  private void resume(State before) {
    if (before == State.RECORDING && state == State.STOPPED) {
      start();
    }
  }

  private void start() {
    Recorder.start(tape);
    state = State.RECORDING;
  }

  private void checkUnused(String call) {
    check(call);
    if (state == State.USED) {
      throw new IllegalStateException(
          "tape: "
              + call
              + " after it gave its one gradient; make it with Option.PERSISTENT for more, or"
              + " reset it");
    }
  }

  private void check(String call) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "tape: "
              + call
              + " on thread '"
              + Thread.currentThread().getName()
              + "', but the tape belongs to '"
              + owner.getName()
              + "'");
    }
    if (state == State.CLOSED) {
      throw new IllegalStateException("tape: " + call + " after the tape was closed");
    }
  }

  /// Stops recording and forgets the recording; the second call does nothing.
  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    check("close");
    Recorder.stop(tape);
    tape.clear();
    state = State.CLOSED;
  }
}
