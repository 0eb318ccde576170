package taut.peers;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import taut.core.Tensor;

/// The recurrent network on PyTorch: its LSTM, the penalty of the last output, and a dense layer.
final class TorchLstm {
  private final PtNDArray x;
  private final PtNDArray y;
  private final PtNDArray states;
  private final PtNDArray secondBias;
  private final PtNDArray strength;
  private final int steps;
  private final int units;

  private TorchLstm(TorchPeer torch, Exercise.Training training) {
    Tensor input = training.study().x();
    int batch = input.dim(0);
    steps = input.dim(1);
    units = training.weights().get(1).dim(0);
    x = (PtNDArray) torch.array(input).transpose(1, 0, 2).duplicate();
    y = torch.array(training.study().y());
    states = torch.array(new float[batch * units], 1, batch, units);
    // PyTorch has two biases where Keras and Taut have one: this one stays 0.
    secondBias = torch.array(new float[4 * units], 4L * units);
    strength = torch.scalar(Exercise.Training.LSTM_PENALTY / batch);
  }

  static Task steps(TorchPeer torch, Exercise.Training training) {
    List<PtNDArray> parameters =
        training.weights().stream().map(weight -> parameter(torch, weight)).toList();
    TorchOptimizer optimizer = new TorchOptimizer(torch, parameters, true, 0.001);
    return new TorchSteps(torch, optimizer, new TorchLstm(torch, training)::loss);
  }

  private static PtNDArray parameter(TorchPeer torch, Tensor weight) {
    PtNDArray array = torch.array(weight);
    return weight.rank() == 2 ? (PtNDArray) JniUtils.transpose(array, 0, 1).duplicate() : array;
  }

  private PtNDArray loss(List<PtNDArray> leaves) {
    NDList weights = new NDList(leaves.get(0), leaves.get(1), leaves.get(2), secondBias);
    PtNDArray outputs =
        (PtNDArray)
            JniUtils.lstm(x, new NDList(states, states), weights, true, 1, 0, true, false, false)
                .get(0);
    PtNDArray last = JniUtils.squeeze(JniUtils.slice(outputs, 0, steps - 1, steps, 1), 0);
    PtNDArray error = JniUtils.sub(JniUtils.linear(last, leaves.get(3), leaves.get(4)), y);
    PtNDArray penalty = JniUtils.mul(JniUtils.sum(JniUtils.abs(last)), strength);
    return JniUtils.add(JniUtils.mean(JniUtils.square(error)), penalty);
  }
}
