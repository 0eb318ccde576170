package taut.peers;

import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Training steps of an MLP on DL4J, which has no activity penalty.
final class Dl4jMlp implements Task {
  private final MultiLayerNetwork network;
  private final INDArray x;
  private final INDArray y;

  private Dl4jMlp(Mlp mlp) {
    network = network(mlp);
    for (int i = 0; i < mlp.layers(); i++) {
      network.setParam(i + "_W", matrix(mlp.kernels().get(i), mlp.inputs()[i], mlp.outputs()[i]));
      network.setParam(i + "_b", matrix(mlp.biases().get(i), 1, mlp.outputs()[i]));
    }
    x = matrix(mlp.x(), mlp.batch(), mlp.inputs()[0]);
    y = mlp.objective() == Mlp.Objective.CLASSES ? classes(mlp) : matrix(mlp.y(), mlp.batch(), 1);
  }

  /// Makes the steps ready, unless the network has a penalty that DL4J lacks.
  static Optional<Task> steps(Mlp mlp) {
    return mlp.activityPenalty() > 0 ? Optional.empty() : Optional.of(new Dl4jMlp(mlp));
  }

  private static MultiLayerNetwork network(Mlp mlp) {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .updater(
                mlp.adam()
                    ? new Adam(mlp.rate(), Mlp.BETA_1, Mlp.BETA_2, Mlp.EPSILON)
                    : new Sgd(mlp.rate()))
            .list();
    int last = mlp.layers() - 1;
    for (int i = 0; i < last; i++) {
      // DL4J's penalty is λ/2·Σw².
      layers.layer(
          new DenseLayer.Builder()
              .nIn(mlp.inputs()[i])
              .nOut(mlp.outputs()[i])
              .activation(Activation.RELU)
              .l2(i < mlp.penalizedKernels() ? 2 * mlp.kernelPenalty() : 0)
              .build());
    }
    boolean classes = mlp.objective() == Mlp.Objective.CLASSES;
    layers.layer(
        new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
            .nIn(mlp.inputs()[last])
            .nOut(mlp.outputs()[last])
            .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
            .build());
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return network;
  }

  private static INDArray matrix(float[] elements, int rows, int columns) {
    return Nd4j.createFromArray(elements).reshape(rows, columns);
  }

  private static INDArray classes(Mlp mlp) {
    int columns = mlp.outputs()[mlp.layers() - 1];
    float[] ones = new float[mlp.batch() * columns];
    for (int i = 0; i < mlp.batch(); i++) {
      ones[i * columns + (int) mlp.y()[i]] = 1;
    }
    return matrix(ones, mlp.batch(), columns);
  }

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
    network.fit(x, y);
    return (float) network.score();
  }
}
