package taut.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Returns FLOAT32 buffers to the pool before their [MemoryScope] closes, for whoever knows what is
/// still needed: a backward walk.
///
/// It looks after the tensors that are made from [#begin] on. [#hold] and [#drop] say which of them
/// are needed; [#sweep], after a piece of work, returns what nobody holds. Tensors may share a
/// buffer, as a reshaped one does: it returns when none of them is held. What [MemoryScope#keep]
/// was called for stays. Where one begins inside another, as a walk inside the derivative of an op
/// does, each looks after what was made in its own time and leaves the other's alone. Where no
/// scope is open, the garbage collector owns all tensors and nothing happens here.
public final class EarlyReturn {
  private final @Nullable MemoryScope scope;
  private int adopted;
  private int swept;

  private EarlyReturn(@Nullable MemoryScope scope) {
    this.scope = scope;
    this.adopted = scope == null ? 0 : scope.allocated().size();
    this.swept = adopted;
  }

  /// Begins to look after what the current thread makes in its innermost scope.
  public static EarlyReturn begin() {
    return new EarlyReturn(Dispatcher.current().scope);
  }

  /// Returns one that looks after nothing.
  public static EarlyReturn never() {
    return new EarlyReturn(null);
  }

  /// Takes note of what has been made since the last call.
  private void adopt(List<FloatStorage> allocated) {
    for (; adopted < allocated.size(); adopted++) {
      allocated.get(adopted).adopt(this);
    }
  }

  /// Holds a tensor until it is dropped as often as it was held. Tensors from before [#begin] are
  /// left alone.
  public void hold(Tensor tensor) {
    if (scope != null && tensor.storage() instanceof FloatStorage storage) {
      adopt(scope.allocated());
      if (storage.pending().isPresent()) {
        storage.array(); // what it is computed from may go
      }
      storage.hold(this);
    }
  }

  /// Ends a hold, and returns the buffer if that was the last one.
  public void drop(Tensor tensor) {
    if (scope != null && tensor.storage() instanceof FloatStorage storage && storage.drop(this)) {
      scope.giveBack(storage);
    }
  }

  /// Returns the buffers of everything made since the last sweep that nobody holds.
  public void sweep() {
    if (scope != null) {
      List<FloatStorage> allocated = scope.allocated();
      adopt(allocated);
      for (; swept < adopted; swept++) {
        FloatStorage storage = allocated.get(swept);
        if (storage.abandon(this)) {
          scope.giveBack(storage);
        }
      }
    }
  }

  /// Ends a hold and leaves the tensor to its scope.
  public void release(Tensor tensor) {
    if (scope != null && tensor.storage() instanceof FloatStorage storage) {
      storage.drop(this);
    }
  }
}
