package taut.core.inspect;

import java.util.Locale;
import taut.core.Op;
import taut.core.Recorder;
import taut.core.Storage;
import taut.core.Tensor;

/// Stops the current thread at the first operation, or the first update of a variable, whose result
/// is not finite, and says where it came from.
///
/// ```java
/// try (var check = FiniteCheck.start()) {
///   model.fit(data, Fit.epochs(1));
/// }
/// ```
///
/// It hears of updates in place too: a weight that an optimizer makes infinite is found right then,
/// and the message names the variable and the optimizer.
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
    int at = firstNonFinite(output.storage());
    if (at >= 0) {
      throw new ArithmeticException(explain(op, inputs, output, at));
    }
  }

  /// Checks a new value.
  ///
  /// @throws ArithmeticException if an element is NaN or infinite; the message names what was
  ///   changed, what changed it, the range of the other elements and the line of the caller
  @Override
  public void updated(String name, Object by, Tensor value) {
    int at = firstNonFinite(value.storage());
    if (at >= 0) {
      throw new ArithmeticException(
          by
              + ": element "
              + at
              + " of '"
              + name
              + "' "
              + value.spec()
              + " became "
              + value.storage().get(at)
              + ", asked for at "
              + Caller.line()
              + "\n  value "
              + range(value));
    }
  }

  private static int firstNonFinite(Storage storage) {
    for (int i = 0; i < storage.length(); i++) {
      if (!Double.isFinite(storage.get(i))) {
        return i;
      }
    }
    return -1;
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
