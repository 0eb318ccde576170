package taut.core.inspect;

import java.util.Locale;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Storage;
import taut.core.Tensor;

/// Stops the current thread at the first operation whose result is not finite, and says where it
/// came from.
///
/// ```java
/// try (var check = FiniteCheck.start()) {
///   model.fit(data, Fit.epochs(1));
/// }
/// ```
///
/// It hears operations, and an optimizer's update is not one: a weight that an update made infinite
/// is found at its next use, by the result of the operation that takes it as an input.
///
/// It reads every result once, so it is for finding a fault, not for every day.
public final class FiniteCheck implements Recorder, AutoCloseable {
  private FiniteCheck() {}

  /// Begins to check, until it is closed.
  public static FiniteCheck start() {
    FiniteCheck check = new FiniteCheck();
    Recorder.start(check);
    return check;
  }

  /// Checks a result.
  ///
  /// @throws ArithmeticException if an element is NaN or infinite; the message names the op, the
  ///   ranges of its inputs and the line of the caller
  @Override
  public void record(Op op, Tensor[] inputs, Tensor output) {
    Storage storage = output.storage();
    for (int i = 0; i < storage.length(); i++) {
      if (!Double.isFinite(storage.get(i))) {
        throw new ArithmeticException(explain(op, inputs, output, i));
      }
    }
  }

  private static String explain(Op op, Tensor[] inputs, Tensor output, int at) {
    StringBuilder text =
        new StringBuilder(
            op.label()
                + ": element "
                + at
                + " of the result "
                + output.spec()
                + " is "
                + output.storage().get(at)
                + ", asked for at "
                + Caller.line());
    for (int i = 0; i < inputs.length; i++) {
      text.append("\n  input ").append(i).append(' ').append(range(inputs[i]));
    }
    return text.toString();
  }

  private static String range(Tensor tensor) {
    Storage storage = tensor.storage();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    int nonFinite = 0;
    for (int i = 0; i < storage.length(); i++) {
      double value = storage.get(i);
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      } else {
        nonFinite++;
      }
    }
    if (nonFinite == storage.length()) {
      return tensor.spec() + " with no finite element";
    }
    return String.format(
        Locale.ROOT, "%s from %.6g to %.6g, %d not finite", tensor.spec(), low, high, nonFinite);
  }

  /// Ends the check.
  @Override
  public void close() {
    Recorder.stop(this);
  }
}
