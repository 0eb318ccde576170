package taut.autodiff;

import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Tensor;

/// Differentiates forward: carries, along with each value, how it changes when the watched inputs
/// move in a direction.
///
/// ```java
/// try (var forward = new ForwardAccumulator()) {
///   forward.watch(x, direction);
///   Tensor y = f(x);
///   Tensor change = forward.jvp(y); // J · direction
/// }
/// ```
///
/// One run gives one directional derivative of everything computed, at about twice the cost of the
/// values, and keeps no recording. Around a [GradientTape] it gives products with second
/// derivatives (forward over reverse). Like TensorFlow's class of this name; Wengert 1964.
public final class ForwardAccumulator implements AutoCloseable {
  /// Tensors nobody else holds any more drop out, so that a long run keeps what it needs only.
  private final Map<Tensor, Tensor> tangents = new WeakHashMap<>();

  /// For tensors that depend on watched ones, but pass no change on, what keeps it from them.
  private final Map<Tensor, DeadEnd.Blocker> blockers = new WeakHashMap<>();

  private final Thread owner = Thread.currentThread();
  private final Recorder recorder = new Carrier();
  private boolean closed;

  /// Hears the operations.
  private final class Carrier implements Tracking {
    @Override
    public void record(Op op, Tensor[] inputs, Tensor output) {
      carry(op, inputs, output);
    }

    @Override
    public boolean tracks(Tensor tensor) {
      return tangents.containsKey(tensor);
    }

    /// Variables are watched by hand.
    @Override
    public void read(Variable variable, Tensor value) {}
  }

  /// Makes an accumulator that hears the current thread's operations from now on.
  public ForwardAccumulator() {
    Recorder.start(recorder);
  }

  /// Sets the direction in which an input moves; directions of several inputs act together.
  ///
  /// @throws IllegalArgumentException if the tangent is not like the input
  public void watch(Tensor input, Tensor tangent) {
    check();
    if (!input.dtype().isFloating() || !input.spec().equals(tangent.spec())) {
      throw new IllegalArgumentException(
          "forward: the tangent must be like its floating-point input "
              + input.spec()
              + ", got "
              + tangent.spec());
    }
    tangents.put(input, tangent);
  }

  /// Sets the direction in which a variable moves.
  public void watch(Variable variable, Tensor tangent) {
    watch(variable.value(), tangent);
  }

  /// Returns how a value changes, the jacobian times the directions.
  ///
  /// @throws IllegalArgumentException if it does not depend on the inputs, or only through
  ///   operations that have no derivative, of which the message names one
  public Tensor jvp(Tensor output) {
    return jvp(output, Unconnected.NONE);
  }

  /// Returns how a value changes, or zeros if it does not depend on the inputs and that is asked
  /// for.
  public Tensor jvp(Tensor output, Unconnected unconnected) {
    Optional<Tensor> tangent = find(output);
    if (tangent.isEmpty() && unconnected == Unconnected.NONE) {
      DeadEnd.Blocker blocker = blockers.get(output);
      throw new IllegalArgumentException(
          "forward: the value "
              + output.spec()
              + (blocker == null
                  ? " does not depend on a watched input"
                  : " depends on the watched inputs only through " + blocker)
              + "; ask for Unconnected.ZERO if its change is to be zero");
    }
    return tangent.orElseGet(output::zerosLike);
  }

  /// Returns how a value changes, if it depends on the inputs.
  public Optional<Tensor> find(Tensor output) {
    check();
    return Optional.ofNullable(tangents.get(output));
  }

  private void carry(Op op, Tensor[] inputs, Tensor output) {
    if (!output.dtype().isFloating() || op.blocksGradients()) {
      noteBlocker(op, inputs, output);
      return;
    }
    @Nullable Tensor sum = null;
    for (int i = 0; i < inputs.length; i++) {
      Tensor tangent = tangents.get(inputs[i]);
      if (tangent != null) {
        Tensor part = op.jvp(i, inputs, output, tangent);
        if (!part.spec().equals(output.spec())) {
          throw new IllegalStateException(
              op.label()
                  + ": the tangent for input "
                  + i
                  + " must be like the output "
                  + output.spec()
                  + ", but jvp returned "
                  + part.spec());
        }
        sum = sum == null ? part : sum.add(part);
      }
    }
    if (sum != null) {
      tangents.put(output, sum);
    } else if (!blockers.isEmpty()) {
      passOn(inputs, output);
    }
  }

  private void noteBlocker(Op op, Tensor[] inputs, Tensor output) {
    for (Tensor input : inputs) {
      if (tangents.containsKey(input)) {
        blockers.put(output, new DeadEnd.Blocker(op, output.spec(), ""));
        return;
      }
    }
    passOn(inputs, output);
  }

  private void passOn(Tensor[] inputs, Tensor output) {
    for (Tensor input : inputs) {
      DeadEnd.Blocker blocker = blockers.get(input);
      if (blocker != null) {
        blockers.put(output, blocker);
        return;
      }
    }
  }

  private void check() {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException("forward: used from a thread that did not make it");
    }
    if (closed) {
      throw new IllegalStateException("forward: used after it was closed");
    }
  }

  /// Stops listening; the second call does nothing.
  @Override
  public void close() {
    if (!closed) {
      check();
      Recorder.stop(recorder);
      closed = true;
    }
  }
}
