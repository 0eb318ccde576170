package taut.core.ops;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import taut.core.Shape;
import taut.core.TensorSpec;
import taut.core.kernels.Recent;
import taut.core.kernels.SpatialPlan;

/// How a window moves over the spatial axes of an input [batch, spatial..., channels]: one number
/// for each spatial axis.
///
/// @param size how many elements it covers
/// @param strides how far it moves from one output element to the next
/// @param dilations the distance between neighbouring elements under it
/// @param padding how borders are treated
public record Window(
    List<Integer> size, List<Integer> strides, List<Integer> dilations, Padding padding) {
  /// Checks that the lists agree and all numbers are positive, and copies them.
  public Window {
    size = List.copyOf(size);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    int rank = size.size();
    boolean agree = rank >= 1 && rank <= 3 && strides.size() == rank && dilations.size() == rank;
    boolean positive =
        List.of(size, strides, dilations).stream().flatMap(List::stream).allMatch(n -> n > 0);
    if (!agree || !positive) {
      throw new IllegalArgumentException(
          "window: wants 1 to 3 positive sizes, strides and dilations, got "
              + size
              + ", "
              + strides
              + ", "
              + dilations);
    }
  }

  /// Returns a window that moves by one and has no gaps, without padding.
  public static Window of(int... size) {
    List<Integer> ones = Collections.nCopies(size.length, 1);
    return new Window(Arrays.stream(size).boxed().toList(), ones, ones, Padding.VALID);
  }

  /// Returns this window with other strides, one for each spatial axis or one for all.
  public Window strides(int... strides) {
    return new Window(size, spread(strides), dilations, padding);
  }

  /// Returns this window with other dilations, one for each spatial axis or one for all.
  public Window dilations(int... dilations) {
    return new Window(size, strides, spread(dilations), padding);
  }

  /// Returns this window with another treatment of borders.
  public Window padding(Padding padding) {
    return new Window(size, strides, dilations, padding);
  }

  private List<Integer> spread(int... numbers) {
    return numbers.length == 1
        ? Collections.nCopies(size.size(), numbers[0])
        : Arrays.stream(numbers).boxed().toList();
  }

  /// Returns the number of output elements along spatial axis i for an input of the given size.
  ///
  /// VALID: ⌈(n - span + 1) / stride⌉ with span = (size - 1) · dilation + 1, or 0 where the window
  /// does not fit; else ⌈n / stride⌉.
  int outputSize(int i, int n) {
    return padding == Padding.VALID
        ? Math.max(0, Math.ceilDiv(n - span(i) + 1, strides.get(i)))
        : Math.ceilDiv(n, strides.get(i));
  }

  /// Returns the number of elements along spatial axis i of a transposed convolution's result: the
  /// usual one of those that [#outputSize] takes back to n.
  int transposedSize(int i, int n) {
    int overlap = padding == Padding.VALID && n > 0 ? Math.max(0, span(i) - strides.get(i)) : 0;
    return n * strides.get(i) + overlap;
  }

  private int span(int i) {
    return (size.get(i) - 1) * dilations.get(i) + 1;
  }

  private int before(int i, int n) {
    return switch (padding) {
      case VALID -> 0;
      case SAME -> Math.max(0, (outputSize(i, n) - 1) * strides.get(i) + span(i) - n) / 2;
      case CAUSAL -> span(i) - 1;
    };
  }

  /// Checks rank and element type of an input.
  void checkInput(String op, TensorSpec input) {
    if (input.shape().rank() != size.size() + 2 || !input.dtype().isFloating()) {
      throw new IllegalArgumentException(
          op
              + ": a window over "
              + size.size()
              + " spatial axes wants floating-point input of rank "
              + (size.size() + 2)
              + " [batch, spatial..., channels], got "
              + input);
    }
  }

  /// Checks the rank of an input and returns the shape of the output with the given number of
  /// channels.
  Shape outputShape(String op, TensorSpec input, int filters) {
    checkInput(op, input);
    Shape result = input.shape();
    for (int i = 0; i < size.size(); i++) {
      int n = result.dim(i + 1);
      if (padding == Padding.VALID && n > 0 && span(i) > n) {
        throw new IllegalArgumentException(
            op
                + ": a window that spans "
                + span(i)
                + " does not fit into spatial axis "
                + i
                + " of "
                + input
                + "; use Padding.SAME or a smaller one");
      }
      result = result.with(i + 1, outputSize(i, n));
    }
    return result.with(-1, filters);
  }

  /// What a plan follows from.
  private record Sizes(Window window, Shape input, int filters, int groups) {}

  private static final Recent<Sizes, SpatialPlan> PLANS = new Recent<>();

  SpatialPlan plan(Shape input, int filters, int groups) {
    return PLANS.get(
        new Sizes(this, input, filters, groups),
        sizes -> sizes.window.newPlan(sizes.input, sizes.filters, sizes.groups));
  }

  private SpatialPlan newPlan(Shape input, int filters, int groups) {
    int rank = size.size();
    int[] before = new int[rank];
    int[] output = new int[rank];
    int[] sizes = Arrays.copyOfRange(input.toArray(), 1, rank + 1);
    for (int i = 0; i < rank; i++) {
      before[i] = before(i, sizes[i]);
      output[i] = outputSize(i, sizes[i]);
    }
    return new SpatialPlan(
        input.dim(0),
        lead(1, sizes),
        input.dim(-1),
        lead(1, toArray(size)),
        lead(1, output),
        filters,
        lead(1, toArray(strides)),
        lead(1, toArray(dilations)),
        lead(0, before),
        groups);
  }

  private static int[] toArray(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] lead(int filler, int[] numbers) {
    int[] three = {filler, filler, filler};
    System.arraycopy(numbers, 0, three, 3 - numbers.length, numbers.length);
    return three;
  }
}
