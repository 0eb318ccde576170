package taut.peers;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import taut.core.Tensor;

/// The small convolutional network on PyTorch, with the channels last as in Taut: PyTorch's faster
/// order, which its arrays keep through permutations.
final class TorchCnn {
  private static final long[] CHANNELS_SECOND = {0, 3, 1, 2};
  private static final long[] CHANNELS_LAST = {0, 2, 3, 1};
  private static final long[] FILTERS_FIRST = {3, 2, 0, 1};
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private static final Shape NONE = new Shape(0, 0);

  private final PtNDArray x;
  private final PtNDArray y;

  private TorchCnn(TorchPeer torch, Exercise.Training training) {
    x = JniUtils.permute(torch.array(training.study().x()), CHANNELS_SECOND);
    y = torch.classes(training.study().y().toFloats());
  }

  static Task steps(TorchPeer torch, Exercise.Training training) {
    List<PtNDArray> parameters =
        training.weights().stream().map(weight -> parameter(torch, weight)).toList();
    TorchOptimizer optimizer = new TorchOptimizer(torch, parameters, true, 0.001);
    return new TorchSteps(torch, optimizer, new TorchCnn(torch, training)::loss);
  }

  /// Returns a weight as PyTorch wants it: filters × channels × height × width, or outputs ×
  /// inputs.
  private static PtNDArray parameter(TorchPeer torch, Tensor weight) {
    PtNDArray array = torch.array(weight);
    return switch (weight.rank()) {
      case 4 -> (PtNDArray) JniUtils.permute(array, FILTERS_FIRST).duplicate();
      case 2 -> (PtNDArray) JniUtils.transpose(array, 0, 1).duplicate();
      default -> array;
    };
  }

  private PtNDArray loss(List<PtNDArray> leaves) {
    PtNDArray h = convolution(x, leaves.get(0), leaves.get(1));
    h = convolution(h, leaves.get(2), leaves.get(3));
    h = JniUtils.maxPool(h, TWO, TWO, NONE, false);
    h = JniUtils.flatten(JniUtils.permute(h, CHANNELS_LAST), 1, 3);
    h = JniUtils.relu(JniUtils.linear(h, leaves.get(4), leaves.get(5)));
    return TorchPeer.crossEntropy(JniUtils.linear(h, leaves.get(6), leaves.get(7)), y);
  }

  private static PtNDArray convolution(PtNDArray x, PtNDArray kernel, PtNDArray bias) {
    return JniUtils.relu(JniUtils.convolution(x, kernel, bias, ONE, NONE, ONE, 1));
  }
}
