package taut.layers;

/// Convolves volumes: [batch, depth, height, width, channels] → [batch, depth, height, width,
/// filters]; see [Convolving].
public final class Conv3D extends Convolving<Conv3D> {
  /// Makes a layer with the given number of outputs at each position.
  ///
  /// @param filters the number of outputs
  /// @param kernelSize the size of the kernel: depth, height and width, or one number for all
  /// @throws IllegalArgumentException if a number is not positive
  public Conv3D(int filters, int... kernelSize) {
    super(filters, 3, kernelSize);
  }

  @Override
  Conv3D self() {
    return this;
  }
}
