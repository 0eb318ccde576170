package taut.autodiff;

import java.util.function.Consumer;
import taut.core.DType;
import taut.core.Recorder;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;

/// Holds a value that training changes: a weight, or the state of an optimizer.
///
/// A variable owns its storage and is updated in place. Reading it gives a tensor over that
/// storage, which becomes stale with the next update; a trainable variable that is read is watched
/// by the thread's tapes. Reading from many threads is safe as long as none writes.
public final class Variable {
  private final String name;
  private volatile boolean trainable;
  private volatile Tensor current;

  private Variable(String name, Tensor initial, boolean trainable) {
    this.name = name;
    this.trainable = trainable;
    this.current = initial.persistentCopy();
  }

  /// Makes a trainable variable with a copy of the initial value.
  public static Variable trainable(String name, Tensor initial) {
    checkTrainable(name, initial.dtype());
    return new Variable(name, initial, true);
  }

  /// Makes a variable that tapes do not watch, such as a moving average.
  public static Variable state(String name, Tensor initial) {
    return new Variable(name, initial, false);
  }

  /// Returns the name, such as `dense/kernel`.
  public String name() {
    return name;
  }

  /// Returns the shape, which never changes.
  public Shape shape() {
    return current.shape();
  }

  /// Returns the element type, which never changes.
  public DType dtype() {
    return current.dtype();
  }

  /// Tells whether tapes watch this variable when it is read and optimizers update it.
  public boolean isTrainable() {
    return trainable;
  }

  /// Freezes or unfreezes this variable.
  ///
  /// @throws IllegalArgumentException if it is to be trained and its elements are not
  ///   floating-point numbers
  public void setTrainable(boolean trainable) {
    if (trainable) {
      checkTrainable(name, dtype());
    }
    this.trainable = trainable;
  }

  private static void checkTrainable(String name, DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "variable '" + name + "': only floating-point values are trainable, got " + dtype);
    }
  }

  /// Returns the present value; the tensor is stale after the next update. A trainable variable is
  /// watched by being read.
  public Tensor value() {
    Tensor value = current;
    for (Recorder recorder : Recorder.active()) {
      if (recorder instanceof Tracking tracking) {
        tracking.read(this, value);
      }
    }
    return value;
  }

  /// Replaces the value.
  ///
  /// @throws IllegalArgumentException if shape or type differ
  public void assign(Tensor value) {
    if (!value.spec().equals(current.spec())) {
      throw new IllegalArgumentException(
          "variable '" + name + "' is " + current.spec() + ", got " + value.spec());
    }
    update("assign", storage -> storage.copyFrom(value.storage(), 0, 0, value.size()));
  }

  /// Lets a kernel change the elements in place, and makes every tensor read before stale.
  public void update(Consumer<Storage> kernel) {
    update("update", kernel);
  }

  /// Lets a kernel change the elements in place, and tells the thread's recorders, of which a
  /// [taut.core.inspect.FiniteCheck] looks at the result.
  ///
  /// @param by what changes them, whose string form names it in messages
  public void update(Object by, Consumer<Storage> kernel) {
    Storage storage = current.storage();
    try {
      kernel.accept(storage);
    } finally {
      // Even if the kernel failed: it may have changed some elements.
      storage.modified();
      current = current.refreshed();
    }
    for (Recorder recorder : Recorder.active()) {
      recorder.updated(name, by, current);
    }
  }

  /// Returns name, type and shape.
  @Override
  public String toString() {
    return name + " " + current.spec();
  }
}
