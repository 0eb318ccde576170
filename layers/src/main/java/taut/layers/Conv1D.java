package taut.layers;

/// Convolves sequences: [batch, steps, channels] → [batch, steps, filters]; see [Convolving].
public final class Conv1D extends Convolving<Conv1D> {
  /// Makes a layer with the given number of outputs at each position.
  ///
  /// @param filters the number of outputs
  /// @param kernelSize the size of the kernel: one number
  /// @throws IllegalArgumentException if a number is not positive
  public Conv1D(int filters, int... kernelSize) {
    super(filters, 1, kernelSize);
  }

  @Override
  Conv1D self() {
    return this;
  }
}
