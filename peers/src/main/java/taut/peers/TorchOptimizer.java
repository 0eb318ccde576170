package taut.peers;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/// The parameters of a network on PyTorch, and what changes them.
final class TorchOptimizer {
  private final List<PtNDArray> parameters;
  private final List<PtNDArray> means = new ArrayList<>();
  private final List<PtNDArray> variances = new ArrayList<>();
  private final boolean adam;
  private final double rate;
  private final PtNDArray sgdRate;
  private int step;

  TorchOptimizer(TorchPeer torch, List<PtNDArray> parameters, boolean adam, double rate) {
    this.parameters = parameters;
    this.adam = adam;
    this.rate = rate;
    sgdRate = torch.scalar(rate);
    if (adam) {
      for (PtNDArray parameter : parameters) {
        means.add((PtNDArray) parameter.zerosLike());
        variances.add((PtNDArray) parameter.zerosLike());
      }
    }
  }

  /// Returns the parameters as leaves for the next step.
  List<PtNDArray> leaves() {
    List<PtNDArray> leaves = new ArrayList<>(parameters.size());
    for (PtNDArray parameter : parameters) {
      leaves.add(TorchPeer.leaf(parameter));
    }
    return leaves;
  }

  /// Changes the parameters by the gradients of the leaves.
  void apply(List<PtNDArray> leaves) {
    JniUtils.setGradMode(false);
    step++;
    double corrected =
        rate * Math.sqrt(1 - Math.pow(Mlp.BETA_2, step)) / (1 - Math.pow(Mlp.BETA_1, step));
    for (int i = 0; i < leaves.size(); i++) {
      PtNDArray gradient = JniUtils.getGradient(leaves.get(i));
      if (adam) {
        JniUtils.adamUpdate(
            parameters.get(i),
            gradient,
            means.get(i),
            variances.get(i),
            (float) rate,
            (float) corrected,
            0,
            1,
            -1,
            (float) Mlp.BETA_1,
            (float) Mlp.BETA_2,
            (float) Mlp.EPSILON,
            false);
      } else {
        // Two passes, where sgdUpdate makes four.
        JniUtils.muli(gradient, sgdRate);
        JniUtils.subi(parameters.get(i), gradient);
      }
    }
  }
}
