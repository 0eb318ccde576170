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

  private final Thread owner = Thread.currentThread();
  private final Recorder recorder = this::carry;
  private boolean closed;

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

  /// Returns how a value changes, the jacobian times the directions; zeros if it does not depend on
  /// the inputs.
  public Tensor jvp(Tensor output) {
    return find(output).orElseGet(output::zerosLike);
  }

  /// Returns how a value changes, if it depends on the inputs.
  public Optional<Tensor> find(Tensor output) {
    check();
    return Optional.ofNullable(tangents.get(output));
  }

  private void carry(Op op, Tensor[] inputs, Tensor output) {
    if (!output.dtype().isFloating() || op.blocksGradients()) {
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
