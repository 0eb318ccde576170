package taut.training;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Samples with their targets, in an order.
///
/// Choosing and shuffling change only the order; rows are copied when a batch is made. A data set
/// does not change.
public final class Dataset {
  private final Tensor x;
  private final Tensor y;
  private final int[] order;

  private Dataset(Tensor x, Tensor y, int[] order) {
    this.x = x;
    this.y = y;
    this.order = order;
  }

  /// Makes a data set from samples and targets, whose first axes count the samples.
  ///
  /// @throws IllegalArgumentException if the counts differ
  public static Dataset of(Tensor x, Tensor y) {
    if (x.rank() == 0 || y.rank() == 0 || x.dim(0) != y.dim(0)) {
      throw new IllegalArgumentException(
          "data set: wants as many targets as samples, got samples "
              + x.spec()
              + " and targets "
              + y.spec());
    }
    return new Dataset(x, y, IntStream.range(0, x.dim(0)).toArray());
  }

  /// Returns the number of samples.
  public int size() {
    return order.length;
  }

  /// Returns all samples as one tensor, in order.
  public Tensor x() {
    return rows(x, 0, order.length);
  }

  /// Returns all targets as one tensor, in order.
  public Tensor y() {
    return rows(y, 0, order.length);
  }

  /// Returns the samples from begin up to, not including, end.
  ///
  /// @throws IllegalArgumentException if that is no range within the data set
  public Dataset slice(int begin, int end) {
    if (begin < 0 || end > order.length || begin > end) {
      throw new IllegalArgumentException(
          "data set: " + begin + " to " + end + " is no range within " + order.length + " samples");
    }
    return new Dataset(x, y, Arrays.copyOfRange(order, begin, end));
  }

  /// Returns the first samples.
  public Dataset take(int count) {
    return slice(0, count);
  }

  /// Returns all but the first samples.
  public Dataset skip(int count) {
    return slice(count, order.length);
  }

  /// Returns the samples in random order.
  public Dataset shuffle(RandomStream random) {
    int[] permutation = random.permutation(order.length);
    return new Dataset(x, y, IntStream.of(permutation).map(i -> order[i]).toArray());
  }

  /// Cuts the data set into batches of the given size; the last one may be smaller.
  public Batches batch(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch: the size must be 1 or more, got " + size);
    }
    return new Batches(this, size);
  }

  Batch rows(int begin, int end) {
    return new Batch(rows(x, begin, end), rows(y, begin, end));
  }

  private Tensor rows(Tensor from, int begin, int end) {
    Shape shape = from.shape().with(0, end - begin);
    Tensor result = Tensor.allocate(new TensorSpec(shape, from.dtype()));
    Storage source = from.storage();
    Storage target = result.storage();
    int width = shape.dim(0) == 0 ? 0 : shape.size() / shape.dim(0);
    for (int i = begin; i < end; i++) {
      target.copyFrom(source, order[i] * width, (i - begin) * width, width);
    }
    return result;
  }

  /// A data set cut into batches.
  ///
  /// @param data the samples
  /// @param size the number of samples in every batch but perhaps the last
  public record Batches(Dataset data, int size) implements Iterable<Batch> {
    /// Returns the number of batches.
    public int count() {
      return Math.ceilDiv(data.size(), size);
    }

    /// Makes batch i, counted from 0.
    public Batch get(int i) {
      int begin = i * size;
      // Not begin + size, which leaves the int range for the largest sizes.
      return data.rows(begin, begin + Math.min(size, data.size() - begin));
    }

    @Override
    public Iterator<Batch> iterator() {
      return IntStream.range(0, count()).mapToObj(this::get).iterator();
    }
  }
}
