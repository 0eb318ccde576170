package taut.layers;

/// Convolves images: [batch, height, width, channels] → [batch, height, width, filters]; see
/// [Convolving].
public final class Conv2D extends Convolving<Conv2D> {
  /// Makes a layer with the given number of outputs at each position.
  ///
  /// @param filters the number of outputs
  /// @param kernelSize the size of the kernel: height and width, or one number for both
  /// @throws IllegalArgumentException if a number is not positive
  public Conv2D(int filters, int... kernelSize) {
    super(filters, 2, kernelSize);
  }

  @Override
  Conv2D self() {
    return this;
  }
}
