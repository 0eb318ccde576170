package taut.core.kernels;

import taut.core.Storage;

/// The textbook of recurrent cells, in double.
enum ReferenceRecurrentKernels implements RecurrentKernels {
  INSTANCE;

  @Override
  public void lstm(
      RecurrentPlan plan,
      Storage z,
      Storage kernel,
      Storage bias,
      Storage gates,
      Storage cells,
      Storage out) {
    new ReferenceLstm(plan).forward(z, kernel, bias, gates, cells, out);
  }

  @Override
  public void lstmGradient(
      RecurrentPlan plan, Storage kernel, Storage gates, Storage cells, Storage c, Storage out) {
    new ReferenceLstm(plan).gradient(kernel, gates, cells, c, out);
  }

  @Override
  public void simpleRnn(RecurrentPlan plan, Storage z, Storage kernel, Storage bias, Storage out) {
    new ReferenceSimpleRnn(plan).forward(z, kernel, bias, out);
  }

  @Override
  public void simpleRnnGradient(
      RecurrentPlan plan, Storage kernel, Storage outputs, Storage c, Storage out) {
    new ReferenceSimpleRnn(plan).gradient(kernel, outputs, c, out);
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
    new ReferenceGru(plan).forward(x, kernel, bias, gates, inner, out);
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
    new ReferenceGru(plan).gradient(kernel, gates, inner, outputs, c, x, p);
  }
}
