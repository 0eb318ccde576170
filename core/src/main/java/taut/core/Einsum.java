package taut.core;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Computes sums of products from an equation in Einstein's notation, as NumPy's `einsum` does.
///
/// Each operand's axes are named by letters, `ij,jk->ik`; a letter that is missing on the right is
/// summed over. Without an arrow the result has the letters that occur once, in alphabetical order.
/// A letter may occur twice in one operand (its diagonal). An ellipsis stands for any axes that
/// have no name, `...ij,...jk->...ik`: they broadcast, and are the first axes of a result without
/// arrow.
///
/// Operands are contracted from the left, two at a time, each time as one batched matrix product;
/// so all derivatives come from the operations used.
final class Einsum {
  /// A tensor whose axes are named.
  record Named(String axes, Tensor tensor) {}

  private Einsum() {}

  static Tensor of(String equation, Tensor... operands) {
    EinsumEquation read = EinsumEquation.of(equation, operands);
    List<Named> inputs = read.operands();
    String output = read.output();
    Named result = diagonal(inputs.getFirst());
    for (int i = 1; i < inputs.size(); i++) {
      Set<Integer> later = letters(output);
      for (int j = i + 1; j < inputs.size(); j++) {
        later.addAll(letters(inputs.get(j).axes));
      }
      result = multiply(result, diagonal(inputs.get(i)), later);
    }
    return arrange(sumBut(result, letters(output)), output);
  }

  private static Set<Integer> letters(String axes) {
    return axes.chars().boxed().collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// Takes the diagonal along two axes of one name, until every name occurs once.
  private static Named diagonal(Named x) {
    String axes = x.axes;
    for (int i = 0; i < axes.length(); i++) {
      int twin = axes.indexOf(axes.charAt(i), i + 1);
      if (twin >= 0) {
        int first = i;
        int[] order =
            IntStream.concat(
                    IntStream.range(0, axes.length()).filter(a -> a != first && a != twin),
                    IntStream.of(first, twin))
                .toArray();
        String rest = new StringBuilder(axes).deleteCharAt(twin).deleteCharAt(first).toString();
        Tensor diagonal = x.tensor.transpose(order).diagonal();
        return diagonal(new Named(rest + axes.charAt(first), diagonal));
      }
    }
    return x;
  }

  private static Named sumBut(Named x, Set<Integer> kept) {
    int[] gone =
        IntStream.range(0, x.axes.length())
            .filter(i -> !kept.contains((int) x.axes.charAt(i)))
            .toArray();
    if (gone.length == 0) {
      return x;
    }
    String rest =
        x.axes
            .chars()
            .filter(kept::contains)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return new Named(rest, x.tensor.sum(gone));
  }

  /// Multiplies two tensors and sums over the axes that nobody needs later, as one matrix product
  /// [batch, rows, sum] × [batch, sum, columns].
  private static Named multiply(Named a, Named b, Set<Integer> later) {
    Set<Integer> keptA = letters(b.axes);
    keptA.addAll(later);
    Set<Integer> keptB = letters(a.axes);
    keptB.addAll(later);
    Named x = sumBut(a, keptA);
    Named y = sumBut(b, keptB);
    String batch = select(x.axes, c -> y.axes.indexOf(c) >= 0 && later.contains(c));
    String sum = select(x.axes, c -> y.axes.indexOf(c) >= 0 && !later.contains(c));
    String rows = select(x.axes, c -> y.axes.indexOf(c) < 0);
    String columns = select(y.axes, c -> x.axes.indexOf(c) < 0);
    Tensor left = arrange(x, batch + rows + sum).reshape(sizes(x, batch, rows, sum));
    Tensor right = arrange(y, batch + sum + columns).reshape(sizes(y, batch, sum, columns));
    int[] dims =
        Stream.of(batch, rows, columns)
            .flatMapToInt(group -> group.chars().map(c -> size(x.axes.indexOf(c) >= 0 ? x : y, c)))
            .toArray();
    return new Named(batch + rows + columns, left.matmul(right).reshape(Shape.of(dims)));
  }

  private static String select(String axes, IntPredicate predicate) {
    return axes.chars()
        .filter(predicate)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static Shape sizes(Named x, String... groups) {
    return Shape.of(
        Stream.of(groups)
            .mapToInt(group -> group.chars().map(c -> size(x, c)).reduce(1, (p, q) -> p * q))
            .toArray());
  }

  private static int size(Named x, int letter) {
    return x.tensor.dim(x.axes.indexOf(letter));
  }

  private static Tensor arrange(Named x, String axes) {
    List<Integer> order = new ArrayList<>();
    axes.chars().forEach(c -> order.add(x.axes.indexOf(c)));
    boolean inOrder = IntStream.range(0, order.size()).allMatch(i -> order.get(i) == i);
    return inOrder
        ? x.tensor
        : x.tensor.transpose(order.stream().mapToInt(Integer::intValue).toArray());
  }
}
