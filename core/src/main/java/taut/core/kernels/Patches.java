package taut.core.kernels;

/// The patches of a convolution: a matrix with a row for each output position, which holds the
/// input elements under the window there, in the order of the kernel's rows, and 0 over padding.
///
/// A convolution is then the product of patches and kernel, and its gradients are products too: K.
/// Chellapilla, S. Puri and P. Simard, "High performance convolutional neural networks for document
/// processing" (2006). The matrix is as many times larger than the input as the window has
/// elements, so it is never made as a whole, only some rows at a time.
sealed interface Patches permits PatchRows, PatchColumns {
  /// The floats that must be free behind the patches in a buffer: copies end with a whole vector.
  int SLACK = Lanes.COUNT;

  /// Returns the patches of a convolution in the layout that is faster to make.
  static Patches of(SpatialPlan plan) {
    return plan.channels() == plan.groups() ? new PatchColumns(plan) : new PatchRows(plan);
  }

  /// Returns the number of elements in a patch of one group.
  int length();

  /// Tells whether the matrix is stored transposed, an element of all patches after the other.
  boolean areTransposed();

  /// Tells whether the patches are the input itself.
  boolean areTheInput();

  /// Copies the patches of a group, from output position `first` to before `end`, counted over all
  /// samples, to the start of a buffer.
  void gather(float[] x, int offset, int group, int first, int end, float[] patches);

  /// Adds such patches to the input elements that they were copied from.
  void scatterAdd(float[] patches, int group, int first, int end, float[] sums, int offset);
}
