package taut.core.kernels;

import taut.core.FloatStorage;
import taut.core.Storage;

/// What runs of recurrent cells: SIMD loops for FLOAT32, the reference for FLOAT64.
enum VectorRecurrentKernels implements RecurrentKernels {
  INSTANCE;

  private final RecurrentKernels reference = ReferenceRecurrentKernels.INSTANCE;

  @Override
  public void lstm(
      RecurrentPlan plan,
      Storage z,
      Storage kernel,
      Storage bias,
      Storage gates,
      Storage cells,
      Storage out) {
    if (z instanceof FloatStorage zs
        && kernel instanceof FloatStorage ks
        && bias instanceof FloatStorage bs
        && gates instanceof FloatStorage gs
        && cells instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      new LstmForward(
              plan,
              zs.array(),
              zs.offset(),
              ks.array(),
              ks.offset(),
              bs.array(),
              bs.offset(),
              gs.array(),
              gs.offset(),
              cs.array(),
              cs.offset(),
              os.array(),
              os.offset())
          .run();
    } else {
      reference.lstm(plan, z, kernel, bias, gates, cells, out);
    }
  }

  @Override
  public void lstmGradient(
      RecurrentPlan plan, Storage kernel, Storage gates, Storage cells, Storage c, Storage out) {
    if (kernel instanceof FloatStorage ks
        && gates instanceof FloatStorage gs
        && cells instanceof FloatStorage cells32
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      new LstmBackward(plan)
          .gradient(
              ks.array(),
              ks.offset(),
              gs.array(),
              gs.offset(),
              cells32.array(),
              cells32.offset(),
              cs.array(),
              cs.offset(),
              os.array(),
              os.offset());
    } else {
      reference.lstmGradient(plan, kernel, gates, cells, c, out);
    }
  }

  @Override
  public void simpleRnn(RecurrentPlan plan, Storage z, Storage kernel, Storage bias, Storage out) {
    if (z instanceof FloatStorage zs
        && kernel instanceof FloatStorage ks
        && bias instanceof FloatStorage bs
        && out instanceof FloatStorage os) {
      new VectorSimpleRnn(plan)
          .forward(
              zs.array(),
              zs.offset(),
              ks.array(),
              ks.offset(),
              bs.array(),
              bs.offset(),
              os.array(),
              os.offset());
    } else {
      reference.simpleRnn(plan, z, kernel, bias, out);
    }
  }

  @Override
  public void simpleRnnGradient(
      RecurrentPlan plan, Storage kernel, Storage outputs, Storage c, Storage out) {
    if (kernel instanceof FloatStorage ks
        && outputs instanceof FloatStorage hs
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      new VectorSimpleRnn(plan)
          .gradient(
              ks.array(),
              ks.offset(),
              hs.array(),
              hs.offset(),
              cs.array(),
              cs.offset(),
              os.array(),
              os.offset());
    } else {
      reference.simpleRnnGradient(plan, kernel, outputs, c, out);
    }
  }

  @Override
  public void gru(
      RecurrentPlan plan,
      Storage x,
      Storage kernel,
      Storage bias,
      Storage gates,
      Storage inner,
      Storage out) {
    if (x instanceof FloatStorage xs
        && kernel instanceof FloatStorage ks
        && bias instanceof FloatStorage bs
        && gates instanceof FloatStorage gs
        && inner instanceof FloatStorage is
        && out instanceof FloatStorage os) {
      new GruForward(
              plan,
              xs.array(),
              xs.offset(),
              ks.array(),
              ks.offset(),
              bs.array(),
              bs.offset(),
              gs.array(),
              gs.offset(),
              is.array(),
              is.offset(),
              os.array(),
              os.offset())
          .run();
    } else {
      reference.gru(plan, x, kernel, bias, gates, inner, out);
    }
  }

  @Override
  public void gruGradient(
      RecurrentPlan plan,
      Storage kernel,
      Storage gates,
      Storage inner,
      Storage outputs,
      Storage c,
      Storage x,
      Storage p) {
    if (kernel instanceof FloatStorage ks
        && gates instanceof FloatStorage gs
        && inner instanceof FloatStorage is
        && outputs instanceof FloatStorage hs
        && c instanceof FloatStorage cs
        && x instanceof FloatStorage xs
        && p instanceof FloatStorage ps) {
      new GruBackward(plan)
          .gradient(
              ks.array(),
              ks.offset(),
              gs.array(),
              gs.offset(),
              is.array(),
              is.offset(),
              hs.array(),
              hs.offset(),
              cs.array(),
              cs.offset(),
              xs.array(),
              xs.offset(),
              ps.array(),
              ps.offset());
    } else {
      reference.gruGradient(plan, kernel, gates, inner, outputs, c, x, p);
    }
  }
}
