package taut.core.ops;

import java.util.List;
import java.util.stream.IntStream;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// The derivative of a product: for each element, the product of all the others along the reduced
/// axes.
///
/// Dividing the product by the element would fail at zeros. A tree of pairwise products gives it
/// exactly: going up, each node is the product of its two children; going down, the product of all
/// others of a child is that of its parent times its sibling. Made of ordinary differentiable
/// operations, it has derivatives of any order.
final class ProductOfOthers {
  private ProductOfOthers() {}

  static Tensor of(Tensor x, List<Integer> axes) {
    int[] kept = IntStream.range(0, x.rank()).filter(i -> !axes.contains(i)).toArray();
    int[] order = IntStream.concat(IntStream.of(kept), axes.stream().mapToInt(i -> i)).toArray();
    Tensor moved = x.transpose(order);
    int count = axes.stream().mapToInt(x::dim).reduce(1, (a, b) -> a * b);
    if (count == 0) {
      return x;
    }
    Tensor rows = moved.reshape(x.size() / count, count);
    int[] back = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      back[order[i]] = i;
    }
    return alongRows(rows).reshape(moved.shape()).transpose(back);
  }

  private static Tensor alongRows(Tensor x) {
    int count = x.dim(1);
    if (count == 1) {
      return Tensor.full(x.shape(), 1, x.dtype());
    }
    int even = count + count % 2;
    Tensor padded =
        even == count
            ? x
            : Rearrangements.concat(1, x, Tensor.full(x.shape().with(1, 1), 1, x.dtype()));
    Tensor pairs = padded.reshape(x.dim(0), even / 2, 2);
    Tensor first = pairs.slice(2, 0, 1);
    Tensor second = pairs.slice(2, 1, 2);
    Tensor othersOfParents = alongRows(first.mul(second).reshape(x.dim(0), even / 2));
    Tensor siblings = Rearrangements.concat(2, second, first);
    Tensor others = othersOfParents.expandDims(-1).mul(siblings);
    return others.reshape(Shape.of(x.dim(0), even)).slice(1, 0, count);
  }
}
