package taut.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Prints a tensor laid out as NumPy does: nested brackets, aligned decimal points, at most eight
/// digits behind them, and three elements from either end of a long axis. Words and numbers are
/// spelled as in Java.
final class TensorFormat {
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;
  private static final int DIGITS = 8;

  private final Tensor tensor;
  private final Storage storage;
  private final int[] strides;
  private final boolean shortened;

  private TensorFormat(Tensor tensor) {
    this.tensor = tensor;
    this.storage = tensor.storage();
    this.strides = tensor.shape().strides();
    this.shortened = tensor.size() > THRESHOLD;
  }

  static String format(Tensor tensor) {
    return new TensorFormat(tensor).print() + " " + tensor.spec();
  }

  private String print() {
    DoubleStream.Builder values = DoubleStream.builder();
    collect(0, 0, values);
    StringBuilder text = new StringBuilder();
    write(text, 0, cells(values.build().toArray()).iterator());
    return text.toString();
  }

  private void collect(int axis, int start, DoubleStream.Builder values) {
    if (axis == strides.length) {
      values.add(storage.get(start));
      return;
    }
    for (int i : shown(axis)) {
      collect(axis + 1, start + i * strides[axis], values);
    }
  }

  private void write(StringBuilder text, int axis, Iterator<String> cells) {
    if (axis == strides.length) {
      text.append(cells.next());
      return;
    }
    int inside = strides.length - 1 - axis;
    // One more empty line for each axis that ends here.
    String separator = inside == 0 ? ", " : "," + "\n".repeat(inside) + " ".repeat(axis + 1);
    text.append('[');
    int previous = -1;
    for (int i : shown(axis)) {
      if (i > 0) {
        text.append(separator);
        if (i != previous + 1) {
          text.append("...").append(separator);
        }
      }
      write(text, axis + 1, cells);
      previous = i;
    }
    text.append(']');
  }

  private int[] shown(int axis) {
    int dim = tensor.dim(axis);
    return shortened && dim > 2 * EDGE
        ? IntStream.concat(IntStream.range(0, EDGE), IntStream.range(dim - EDGE, dim)).toArray()
        : IntStream.range(0, dim).toArray();
  }

  /// Spells the values, all as wide as each other.
  private List<String> cells(double[] values) {
    double[] sizes =
        DoubleStream.of(values).map(Math::abs).filter(x -> x > 0 && Double.isFinite(x)).toArray();
    double largest = DoubleStream.of(sizes).max().orElse(1);
    double smallest = DoubleStream.of(sizes).min().orElse(1);
    boolean scientific = largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000;
    List<String> cells = new ArrayList<>();
    for (double value : values) {
      cells.add(
          switch (tensor.dtype()) {
            case INT32 -> Integer.toString((int) value);
            case BOOL -> Boolean.toString(value != 0);
            case FLOAT32, FLOAT64 -> scientific ? scientific(value) : plain(value);
          });
    }
    return aligned(cells);
  }

  private String scientific(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.4e", value)
        : Double.toString(value);
  }

  /// Spells the shortest decimal that means this element and no other, rounded.
  private String plain(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    String shortest =
        tensor.dtype() == DType.FLOAT32 ? Float.toString((float) value) : Double.toString(value);
    BigDecimal rounded =
        new BigDecimal(shortest).setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    String text = rounded.setScale(Math.max(1, rounded.scale())).toPlainString();
    return value == 0 && 1 / value < 0 ? "-" + text : text;
  }

  /// Puts decimal points below each other; what has none, a whole number or a word, ends where the
  /// widest ends.
  private static List<String> aligned(List<String> cells) {
    List<String> decimals = cells.stream().filter(cell -> cell.indexOf('.') >= 0).toList();
    int left = decimals.stream().mapToInt(cell -> cell.indexOf('.')).max().orElse(0);
    int right =
        decimals.stream().mapToInt(cell -> cell.length() - cell.indexOf('.')).max().orElse(0);
    int longest = cells.stream().mapToInt(String::length).max().orElse(0);
    int width = Math.max(left + right, longest);
    return cells.stream()
        .map(cell -> {
          int point = cell.indexOf('.');
          int behind = point < 0 ? 0 : right - (cell.length() - point);
          return " ".repeat(width - behind - cell.length()) + cell + " ".repeat(behind);
        })
        .toList();
  }
}
