package taut.regularizers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import taut.core.DType;
import taut.core.Tensor;

/// The penalties of one forward pass: those of activities in the order of the calls, then those of
/// weights in the order of the layers.
public final class Penalties implements Iterable<Penalty> {
  /// One penalty, and the next one. A chain takes no array, and a step wants all of them once.
  private static final class Link {
    final Penalty penalty;
    @Nullable Link next;

    Link(Penalty penalty) {
      this.penalty = penalty;
    }
  }

  private final @Nullable Link first;
  private final int size;
  private final DType dtype;

  private Penalties(@Nullable Link first, int size, DType dtype) {
    this.first = first;
    this.size = size;
    this.dtype = dtype;
  }

  /// Returns these penalties.
  ///
  /// @param dtype the element type of the network, which the sum has also where there are no
  ///   penalties
  public static Penalties of(List<Penalty> list, DType dtype) {
    Builder builder = new Builder();
    list.forEach(builder::add);
    return builder.build(dtype);
  }

  /// Collects penalties.
  public static final class Builder {
    private @Nullable Link first;
    private @Nullable Link last;
    private int size;

    /// Makes an empty builder.
    public Builder() {}

    /// Adds a penalty.
    public void add(Penalty penalty) {
      Link link = new Link(penalty);
      if (last == null) {
        first = link;
      } else {
        last.next = link;
      }
      last = link;
      size++;
    }

    /// Returns how many have been added.
    public int size() {
      return size;
    }

    /// Returns what has been added so far; what is added later does not change it.
    public Penalties build(DType dtype) {
      return new Penalties(first, size, dtype);
    }
  }

  /// Returns the penalties as a list.
  public List<Penalty> list() {
    List<Penalty> list = new ArrayList<>(size);
    forEach(list::add);
    return Collections.unmodifiableList(list);
  }

  /// Returns the sum of all penalties, the term to add to the loss; zero if there are none.
  public Tensor total() {
    Tensor total = null;
    for (Penalty penalty : this) {
      total = total == null ? penalty.value() : total.add(penalty.value());
    }
    return total != null ? total : Tensor.scalar(0, dtype);
  }

  /// Tells whether there are no penalties.
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public Iterator<Penalty> iterator() {
    return new Iterator<>() {
      private int left = size;
      private @Nullable Link next = first;

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public Penalty next() {
        Link link = next;
        if (left == 0 || link == null) {
          throw new NoSuchElementException("penalties: there are only " + size);
        }
        left--;
        next = link.next;
        return link.penalty;
      }
    };
  }

  /// Prints one line a penalty: layer, role, value, regularizer.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Penalty p : this) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-20s %-10s %12.6g  %s%n",
              p.layer(),
              p.role(),
              p.value().item(),
              p.regularizer()));
    }
    return text.toString();
  }
}
