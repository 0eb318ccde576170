package taut.core;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Returns to the pool, at close, every FLOAT32 and INT32 buffer that the current thread's
/// operations allocated inside it.
///
/// ```java
/// try (var scope = MemoryScope.open()) {
///   Tensor loss = step(batch);
///   total += loss.item();
/// }
/// ```
///
/// Without a scope the garbage collector owns tensors and nothing can go wrong; a scope makes a
/// loop reach a steady state that allocates no arrays. Touching a tensor whose buffer has gone back
/// is an `IllegalStateException`. Scopes nest; a variable's own storage belongs to no scope. A
/// scope belongs to the thread that opened it.
public final class MemoryScope implements AutoCloseable {
  private final Dispatcher owner;
  private final @Nullable MemoryScope enclosing;

  /// What was allocated, in order; nothing any more once this is closed.
  private List<FloatStorage> allocated;

  /// The INT32 storages that were allocated, as a chain.
  private @Nullable IntStorage integers;

  private final long usedBefore;
  private final long peakBefore;
  private final long madeBefore;
  private Set<Storage> kept = Set.of();
  private long peak;
  private long made;
  private long allocatedAtClose;
  private boolean closed;

  private MemoryScope(Dispatcher owner) {
    this.owner = owner;
    this.allocated = owner.takeList();
    this.enclosing = owner.scope;
    this.usedBefore = owner.pool.used();
    this.peakBefore = owner.pool.restartPeak();
    this.madeBefore = owner.pool.made();
  }

  /// Opens a scope inside the current one.
  public static MemoryScope open() {
    Dispatcher dispatcher = Dispatcher.current();
    MemoryScope scope = new MemoryScope(dispatcher);
    dispatcher.scope = scope;
    return scope;
  }

  /// Lets a tensor outlive this scope: it passes to the enclosing scope, or to the garbage
  /// collector where there is none.
  ///
  /// @return the tensor
  public Tensor keep(Tensor tensor) {
    check();
    Storage storage = tensor.storage();
    if (storage instanceof FloatStorage floats && floats.pending().isPresent()) {
      floats.array(); // what it is computed from may go
    }
    if (kept.isEmpty()) {
      kept = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    kept.add(storage);
    return tensor;
  }

  /// Returns the bytes of the FLOAT32 buffers that were allocated in this scope so far.
  public long allocatedBytes() {
    return closed ? allocatedAtClose : bytes();
  }

  private long bytes() {
    long floats = 0;
    for (FloatStorage storage : allocated) {
      floats += storage.hasArray() ? storage.array().length : 0;
    }
    return floats * Float.BYTES;
  }

  /// Returns the most bytes of FLOAT32 buffers that were in use at one time since this scope was
  /// opened, those of scopes inside it included: what a step needs.
  ///
  /// @throws IllegalStateException on another thread, or while a scope inside this one is open
  public long peakBytes() {
    if (!closed) {
      check();
      measure();
    }
    return peak;
  }

  /// Returns the bytes of FLOAT32 buffers that had to be allocated since this scope was opened
  /// because the pool had none to give: 0 for a loop in its steady state.
  ///
  /// @throws IllegalStateException on another thread, or while a scope inside this one is open
  public long newBytes() {
    if (!closed) {
      check();
      measure();
    }
    return made;
  }

  private void measure() {
    peak = (owner.pool.peak() - usedBefore) * Float.BYTES;
    made = (owner.pool.made() - madeBefore) * Float.BYTES;
  }

  void add(FloatStorage storage) {
    allocated.add(storage);
  }

  void add(IntStorage storage) {
    storage.next = integers;
    integers = storage;
  }

  /// Returns what was allocated in this scope, in order; FLOAT32 buffers that have gone back early
  /// included.
  List<FloatStorage> allocated() {
    return allocated;
  }

  /// Returns a buffer to the pool, unless it is kept or has gone already.
  void giveBack(FloatStorage storage) {
    if (!storage.isReleased() && !kept.contains(storage)) {
      storage.release();
      owner.pool.give(storage);
    }
  }

  /// Returns the buffers to the pool; the second call does nothing.
  ///
  /// @throws IllegalStateException on another thread, or while a scope inside this one is open
  @Override
  public void close() {
    if (closed) {
      return;
    }
    check();
    allocatedAtClose = bytes();
    closed = true;
    owner.scope = enclosing;
    measure();
    owner.pool.endPeak(peakBefore);
    for (FloatStorage storage : allocated) {
      giveBack(storage);
      if (enclosing != null && !storage.isReleased()) {
        enclosing.add(storage);
      }
    }
    closeIntegers();
    List<FloatStorage> list = allocated;
    allocated = List.of();
    owner.giveList(list);
  }

  private void closeIntegers() {
    IntStorage storage = integers;
    integers = null;
    while (storage != null) {
      IntStorage next = storage.next;
      storage.next = null;
      if (!kept.contains(storage)) {
        storage.release();
        owner.integers.give(storage.array());
      } else if (enclosing != null) {
        enclosing.add(storage);
      }
      storage = next;
    }
  }

  private void check() {
    if (Dispatcher.current() != owner) {
      throw new IllegalStateException("memory scope: used from a thread that did not open it");
    }
    if (owner.scope != this) {
      throw new IllegalStateException(
          closed
              ? "memory scope: used after it was closed"
              : "memory scope: a scope opened inside it is still open; close that one first");
    }
  }
}
