package taut.core;

/// Describes an operation on tensors: what comes out, which kernel computes it, and both of its
/// derivatives.
///
/// An op is data: a small immutable value whose attributes (axes, flags) are its fields. Everything
/// that can be asked of an operation stands in this one place, so whoever reads an op can check its
/// derivative against its value. Derivatives are written with tensor operations, which are
/// themselves differentiable; that is all that gradients of gradients need.
///
/// Users' own ops (custom gradients) implement this interface and run through [#apply], as Taut's
/// own do.
///
/// The arrays of inputs that an op is given, or of their specs, are used again for other
/// operations: it must not keep them, only what is in them.
///
/// For inputs x₀ … xₙ and output y write Jᵢ for the jacobian ∂y/∂xᵢ. Both derivatives are asked for
/// one input at a time, so that nothing is computed for an input nobody differentiates.
public interface Op {
  /// Returns the name that listings and errors show, such as `matmul`.
  String label();

  /// Checks the inputs and returns shape and dtype of the result, before any number moves.
  ///
  /// @throws IllegalArgumentException if the op cannot work on such inputs; the message says what
  ///   it wants and what it got
  TensorSpec infer(TensorSpec... inputs);

  /// Computes the result. Operations called in here are not recorded: the recording shows this op
  /// alone.
  ///
  /// @param output what [#infer] returned
  Tensor run(TensorSpec output, Tensor... inputs);

  /// Returns Jᵢᵀ·cotangent, in the shape of input i: the step of reverse mode.
  ///
  /// @param input the i of the formula
  /// @param cotangent the gradient that arrived at the output, in the output's shape
  /// @throws NoDerivativeException if the op has no derivative with respect to this input
  Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent);

  /// Returns Jᵢ·tangent, in the shape of the output: the step of forward mode. The tangents of
  /// several inputs add up.
  ///
  /// @param input the i of the formula
  /// @param tangent the direction in which the input moves, in the input's shape
  /// @throws NoDerivativeException if the op has no derivative with respect to this input
  Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent);

  /// Tells whether [#accumulate] works for this input: whether the op can write its [#vjp], or add
  /// it, straight to where gradients add up, which saves passes over memory. Walks that somebody
  /// records use [#vjp] all the same.
  ///
  /// @param add whether it is to be added to what is there
  default boolean accumulates(int input, Tensor[] inputs, boolean add) {
    return false;
  }

  /// Writes what [#vjp] returns into a tensor that the tape owns, or adds it to what is there.
  ///
  /// @param sum the tensor, in the shape of input i
  /// @param add whether to add instead of overwriting
  default void accumulate(
      int input, Tensor[] inputs, Tensor output, Tensor cotangent, Tensor sum, boolean add) {
    throw new UnsupportedOperationException(label() + ": does not accumulate");
  }

  /// Tells whether [#gradients] works: whether the op can find the gradients of all its inputs in
  /// one pass over memory. Walks that somebody records, and those where a part of a gradient has
  /// arrived before, use [#vjp] all the same.
  default boolean derivesAtOnce() {
    return false;
  }

  /// Writes what [#vjp] returns for each input into tensors that the tape owns.
  ///
  /// @param gradients for each input a tensor in its shape, to be overwritten; the array is used
  ///   again
  default void gradients(Tensor[] inputs, Tensor output, Tensor cotangent, Tensor[] gradients) {
    throw new UnsupportedOperationException(label() + ": does not derive at once");
  }

  /// Returns how many floating-point operations the result costs, for profiles: one for each
  /// element of it unless said otherwise.
  default long flops(TensorSpec[] inputs, TensorSpec output) {
    return output.shape().size();
  }

  /// Tells whether tapes and accumulators end here, so that inputs count as unconnected to the
  /// output.
  default boolean blocksGradients() {
    return false;
  }

  /// Runs this op on the inputs and tells the thread's recorders.
  default Tensor apply(Tensor... inputs) {
    return Dispatcher.current().run(this, inputs);
  }

  /// Runs this op on one input, without an array of the caller's.
  default Tensor apply(Tensor x) {
    return Dispatcher.current().run(this, x, null, null);
  }

  /// Runs this op on two inputs, without an array of the caller's.
  default Tensor apply(Tensor x, Tensor y) {
    return Dispatcher.current().run(this, x, y, null);
  }

  /// Runs this op on three inputs, without an array of the caller's.
  default Tensor apply(Tensor x, Tensor y, Tensor z) {
    return Dispatcher.current().run(this, x, y, z);
  }
}
