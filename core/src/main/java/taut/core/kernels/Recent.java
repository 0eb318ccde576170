package taut.core.kernels;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keeps what was made of late for keys, such as plans that follow from shapes: a training step
/// needs the same ones in every step.
///
/// It holds at most [#PLACES] of them, in sets of [#SET] that the hash code of the key chooses. It
/// is for many threads: where two of them write to one place, what one has made is made again when
/// it is next needed, so values must be immutable.
///
/// @param <K> the type of the keys, which are compared by `equals`
/// @param <V> the type of what is made
public final class Recent<K, V> {
  private static final int PLACES = 1 << 10;
  private static final int SET = 4;

  private record Entry<K, V>(K key, V value) {}

  @SuppressWarnings({"unchecked", "rawtypes"})
  private final @Nullable Entry<K, V>[] entries = new Entry[PLACES];

  /// Makes an empty collection.
  public Recent() {}

  /// Returns what belongs to a key, and makes it if need be.
  public V get(K key, Function<? super K, ? extends V> make) {
    int hash = key.hashCode();
    int set = (hash ^ hash >>> 10 ^ hash >>> 20) & (PLACES - SET);
    for (int i = set; i < set + SET; i++) {
      Entry<K, V> entry = entries[i];
      if (entry != null && entry.key.equals(key)) {
        return entry.value;
      }
    }
    V value = make.apply(key);
    // The newest stands first, the oldest falls out.
    System.arraycopy(entries, set, entries, set + 1, SET - 1);
    entries[set] = new Entry<>(key, value);
    return value;
  }
}
