package taut.core.kernels;

import taut.core.FloatStorage;
import taut.core.IntStorage;
import taut.core.Storage;

/// What runs of convolution and pooling: SIMD loops for FLOAT32, the reference for FLOAT64.
enum VectorSpatialKernels implements SpatialKernels {
  INSTANCE;

  private final SpatialKernels reference = ReferenceSpatialKernels.INSTANCE;

  @Override
  public void convolve(SpatialPlan plan, Storage x, Storage kernel, Storage out) {
    if (x instanceof FloatStorage xs
        && kernel instanceof FloatStorage ks
        && out instanceof FloatStorage os) {
      if (DepthwiseConvolution.suits(plan)) {
        new DepthwiseConvolution(plan)
            .forward(xs.array(), xs.offset(), ks.array(), ks.offset(), os.array(), os.offset());
      } else {
        new VectorConvolution(plan)
            .forward(xs.array(), xs.offset(), ks.array(), ks.offset(), os.array(), os.offset());
      }
    } else {
      reference.convolve(plan, x, kernel, out);
    }
  }

  @Override
  public void convolveInputGradient(SpatialPlan plan, Storage c, Storage kernel, Storage out) {
    if (c instanceof FloatStorage cs
        && kernel instanceof FloatStorage ks
        && out instanceof FloatStorage os) {
      if (DepthwiseConvolution.suits(plan)) {
        new DepthwiseConvolution(plan)
            .inputGradient(
                cs.array(), cs.offset(), ks.array(), ks.offset(), os.array(), os.offset());
      } else {
        new VectorConvolution(plan)
            .inputGradient(
                cs.array(), cs.offset(), ks.array(), ks.offset(), os.array(), os.offset());
      }
    } else {
      reference.convolveInputGradient(plan, c, kernel, out);
    }
  }

  @Override
  public void convolveKernelGradient(SpatialPlan plan, Storage x, Storage c, Storage out) {
    if (x instanceof FloatStorage xs
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      if (DepthwiseConvolution.suits(plan)) {
        new DepthwiseConvolution(plan)
            .kernelGradient(
                xs.array(), xs.offset(), cs.array(), cs.offset(), os.array(), os.offset());
      } else {
        ConvolutionKernelGradient.compute(
            plan, xs.array(), xs.offset(), cs.array(), cs.offset(), os.array(), os.offset());
      }
    } else {
      reference.convolveKernelGradient(plan, x, c, out);
    }
  }

  @Override
  public void maxPoolWinners(SpatialPlan plan, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof IntStorage os) {
      new VectorPooling(plan).winners(xs.array(), xs.offset(), os.array());
    } else {
      reference.maxPoolWinners(plan, x, out);
    }
  }

  @Override
  public void maxPool(SpatialPlan plan, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      new VectorMaxPooling(plan).forward(xs.array(), xs.offset(), os.array(), os.offset());
    } else {
      reference.maxPool(plan, x, out);
    }
  }

  @Override
  public void maxPoolGradient(SpatialPlan plan, Storage x, Storage c, Storage out) {
    if (x instanceof FloatStorage xs
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      new VectorMaxPooling(plan)
          .gradient(xs.array(), xs.offset(), cs.array(), cs.offset(), os.array(), os.offset());
    } else {
      reference.maxPoolGradient(plan, x, c, out);
    }
  }

  @Override
  public void averagePool(SpatialPlan plan, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      new VectorPooling(plan).average(xs.array(), xs.offset(), os.array(), os.offset());
    } else {
      reference.averagePool(plan, x, out);
    }
  }

  @Override
  public void averagePoolGradient(SpatialPlan plan, Storage c, Storage out) {
    if (c instanceof FloatStorage cs && out instanceof FloatStorage os) {
      new VectorPooling(plan).averageGradient(cs.array(), cs.offset(), os.array(), os.offset());
    } else {
      reference.averagePoolGradient(plan, c, out);
    }
  }
}
