package taut.peers;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import java.util.function.Function;

/// Training steps on PyTorch.
///
/// @param torch the library
/// @param optimizer the parameters, and what changes them
/// @param loss what is to be small, given the parameters as leaves
record TorchSteps(
    TorchPeer torch, TorchOptimizer optimizer, Function<List<PtNDArray>, PtNDArray> loss)
    implements Task {
  @Override
  public Object run() {
    return step();
  }

  @Override
  public float[] result() {
    float[] losses = new float[Exercise.Training.STEPS];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = step();
    }
    return losses;
  }

  private float step() {
    JniUtils.setGradMode(true);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<PtNDArray> leaves = optimizer.leaves();
      PtNDArray value = loss.apply(leaves);
      torch.backward(value);
      optimizer.apply(leaves);
      return value.getFloat();
    }
  }
}
