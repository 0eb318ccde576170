package taut.core.ops;

import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.core.kernels.SpatialKernels;

/// Convolves (cross-correlates) over 1 to 3 spatial axes.
///
/// Inputs: x [batch, spatial..., channels] and a kernel [window..., channels / groups, filters];
/// result: [batch, spatial..., filters]. With as many groups as channels it is a depthwise
/// convolution.
///
/// A convolution is linear in either input. With ⟨·,·⟩ the sum of products, the three ops here are
/// one trilinear form seen from three sides, ⟨c, conv(x, k)⟩ = ⟨x, inputGradient(c, k)⟩ = ⟨k,
/// kernelGradient(x, c)⟩, and so the derivatives of each are the other two.
///
/// @param window how the kernel moves
/// @param groups into how many groups channels and filters fall
public record Convolution(Window window, int groups) implements Op {
  @Override
  public String label() {
    return "convolution";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return infer(inputs[0], inputs[1]);
  }

  private TensorSpec infer(TensorSpec x, TensorSpec kernel) {
    Elementwise.sameDType(label(), x, kernel);
    checkKernel(label(), kernel);
    Shape output = window.outputShape(label(), x, kernel.shape().dim(-1));
    checkChannels(label(), "input", x, x.shape().dim(-1), kernel);
    return new TensorSpec(output, x.dtype());
  }

  private void checkKernel(String op, TensorSpec kernel) {
    int rank = window.size().size();
    if (kernel.shape().rank() != rank + 2) {
      throw new IllegalArgumentException(
          op
              + ": a window over "
              + rank
              + " spatial axes wants a kernel of rank "
              + (rank + 2)
              + " [window..., channels / groups, filters], got "
              + kernel);
    }
    for (int i = 0; i < rank; i++) {
      if (kernel.shape().dim(i) != window.size().get(i)) {
        throw new IllegalArgumentException(
            op + ": the window " + window.size() + " wants a kernel of that size, got " + kernel);
      }
    }
    int filters = kernel.shape().dim(-1);
    if (groups < 1 || filters % groups != 0) {
      throw new IllegalArgumentException(
          op + ": " + filters + " filters of the kernel " + kernel + " make no groups " + groups);
    }
  }

  private void checkChannels(
      String op, String what, Object whose, int channels, TensorSpec kernel) {
    if (kernel.shape().dim(-2) * groups != channels) {
      throw new IllegalArgumentException(
          op
              + ": channels do not fit: the "
              + what
              + " "
              + whose
              + " has "
              + channels
              + ", a kernel "
              + kernel
              + " in groups "
              + groups
              + " works on "
              + kernel.shape().dim(-2) * groups);
    }
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    Tensor output = Tensor.allocate(spec);
    SpatialKernels.active()
        .convolve(
            window.plan(inputs[0].shape(), spec.shape().dim(-1), groups),
            inputs[0].storage(),
            inputs[1].storage(),
            output.storage());
    return output;
  }

  /// A product and a sum for each output element and each element of its filter.
  @Override
  public long flops(TensorSpec[] inputs, TensorSpec output) {
    Shape kernel = inputs[1].shape();
    return 2L * output.shape().size() * (kernel.size() / Math.max(1, kernel.dim(-1)));
  }

  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    return input == 0
        ? new InputGradient(this, inputs[0].shape()).apply(cotangent, inputs[1])
        : new KernelGradient(this, inputs[1].shape()).apply(inputs[0], cotangent);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    return input == 0 ? apply(tangent, inputs[1]) : apply(inputs[0], tangent);
  }

  /// Carries c, like a convolution's output, back to its input: also called transposed convolution.
  /// Inputs: c and the kernel.
  ///
  /// @param forward the convolution
  /// @param shape the shape of its input
  public record InputGradient(Convolution forward, Shape shape) implements Op {
    /// What errors name: the method by which users come here.
    private static final String METHOD = "convolveTransposed";

    /// Returns the transposed convolution of an input, with the shape of the result that TensorFlow
    /// and Keras take: n elements become n · stride with [Padding#SAME] or [Padding#CAUSAL], and n
    /// · stride + max(span - stride, 0) with [Padding#VALID], where the window spans (size - 1) ·
    /// dilation + 1.
    public static InputGradient of(Window window, int groups, TensorSpec input, TensorSpec kernel) {
      Convolution forward = new Convolution(window, groups);
      forward.checkKernel(METHOD, kernel);
      window.checkInput(METHOD, input);
      int[] dims = input.shape().toArray();
      for (int i = 0; i < dims.length - 2; i++) {
        dims[i + 1] = window.transposedSize(i, dims[i + 1]);
      }
      dims[dims.length - 1] = kernel.shape().dim(-2) * groups;
      return new InputGradient(forward, Shape.of(dims));
    }

    @Override
    public String label() {
      return "convolutionInputGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec input = inputs[0];
      TensorSpec kernel = inputs[1];
      TensorSpec result = new TensorSpec(shape, Elementwise.sameDType(METHOD, input, kernel));
      forward.checkKernel(METHOD, kernel);
      forward.window.checkInput(METHOD, input);
      int filters = kernel.shape().dim(-1);
      if (input.shape().dim(-1) != filters) {
        throw new IllegalArgumentException(
            METHOD
                + ": channels do not fit: the input "
                + input
                + " has "
                + input.shape().dim(-1)
                + ", the kernel "
                + kernel
                + " has "
                + filters
                + " filters");
      }
      Shape back = forward.window.outputShape(METHOD, result, filters);
      forward.checkChannels(METHOD, "result", shape, shape.dim(-1), kernel);
      if (!back.equals(input.shape())) {
        throw new IllegalArgumentException(
            METHOD
                + ": a result "
                + shape
                + " belongs to an input "
                + back
                + ", which is what the convolution makes of it; got "
                + input);
      }
      return result;
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      SpatialKernels.active()
          .convolveInputGradient(
              forward.window.plan(shape, inputs[0].dim(-1), forward.groups),
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage());
      return output;
    }

    @Override
    public long flops(TensorSpec[] inputs, TensorSpec output) {
      return forward.flops(new TensorSpec[] {output, inputs[1]}, inputs[0]);
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return input == 0
          ? forward.apply(cotangent, inputs[1])
          : new KernelGradient(forward, inputs[1].shape()).apply(cotangent, inputs[0]);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return input == 0 ? apply(tangent, inputs[1]) : apply(inputs[0], tangent);
    }
  }

  /// Carries c, like a convolution's output, back to its kernel. Inputs: x and c.
  ///
  /// @param forward the convolution
  /// @param shape the shape of its kernel
  public record KernelGradient(Convolution forward, Shape shape) implements Op {
    @Override
    public String label() {
      return "convolutionKernelGradient";
    }

    @Override
    public TensorSpec infer(TensorSpec... inputs) {
      TensorSpec kernel = new TensorSpec(shape, inputs[0].dtype());
      TensorSpec output = forward.infer(inputs[0], kernel);
      if (!output.equals(inputs[1])) {
        throw new IllegalArgumentException(
            label() + ": wants a cotangent like the output " + output + ", got " + inputs[1]);
      }
      return kernel;
    }

    @Override
    public Tensor run(TensorSpec spec, Tensor... inputs) {
      Tensor output = Tensor.allocate(spec);
      SpatialKernels.active()
          .convolveKernelGradient(
              forward.window.plan(inputs[0].shape(), shape.dim(-1), forward.groups),
              inputs[0].storage(),
              inputs[1].storage(),
              output.storage());
      return output;
    }

    @Override
    public long flops(TensorSpec[] inputs, TensorSpec output) {
      return forward.flops(new TensorSpec[] {inputs[0], output}, inputs[1]);
    }

    @Override
    public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
      return input == 0
          ? new InputGradient(forward, inputs[0].shape()).apply(inputs[1], cotangent)
          : forward.apply(inputs[0], cotangent);
    }

    @Override
    public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
      return input == 0 ? apply(tangent, inputs[1]) : apply(inputs[0], tangent);
    }
  }
}
