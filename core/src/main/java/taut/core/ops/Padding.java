package taut.core.ops;

/// How a convolution or pooling treats the borders of its input.
public enum Padding {
  /// No padding: the window stays inside the input, and the output is smaller.
  VALID,
  /// Zeros around the input, so that the output has ⌈input / stride⌉ elements; of an odd number the
  /// smaller half goes before (TensorFlow).
  SAME,
  /// Zeros before the input only, so that an output sees nothing that comes after it.
  CAUSAL
}
