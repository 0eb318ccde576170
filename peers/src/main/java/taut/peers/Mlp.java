package taut.peers;

import java.util.List;
import taut.bench.Study;
import taut.core.Tensor;

/// A study's network of dense layers with ReLU between them, told in a way that every library
/// understands: sizes, penalties, loss and optimizer, with the weights that Taut starts from.
///
/// @param kernels the first kernels, each of inputs × outputs elements
/// @param biases the first biases
/// @param inputs the number of inputs of each layer
/// @param outputs the number of outputs of each layer
/// @param batch the number of examples
/// @param x the examples
/// @param y what is to be predicted
/// @param objective the loss, a mean over the examples
/// @param kernelPenalty λ of λ·Σw²
/// @param penalizedKernels how many kernels have that penalty
/// @param activityPenalty λ of λ·Σ|h| / batch, for what the first layer gives
/// @param adam whether Adam trains, with Keras's default coefficients, instead of SGD
/// @param rate the learning rate
record Mlp(
    List<float[]> kernels,
    List<float[]> biases,
    int[] inputs,
    int[] outputs,
    int batch,
    float[] x,
    float[] y,
    Objective objective,
    double kernelPenalty,
    int penalizedKernels,
    double activityPenalty,
    boolean adam,
    double rate) {
  static final double BETA_1 = 0.9;
  static final double BETA_2 = 0.999;
  static final double EPSILON = 1e-7;

  /// What the last layer's outputs mean.
  enum Objective {
    /// Logits of classes; y are class numbers.
    CLASSES,
    /// The logit of a probability; y are zeros and ones.
    BINARY,
    /// Numbers; the loss is the mean squared error.
    SQUARES
  }

  /// Tells the study of an exercise.
  static Mlp of(Exercise.Training training) {
    String name = training.network();
    Study study = training.study();
    List<Tensor> kernels = training.weights().stream().filter(w -> w.rank() == 2).toList();
    List<Tensor> biases = training.weights().stream().filter(w -> w.rank() == 1).toList();
    return new Mlp(
        kernels.stream().map(Tensor::toFloats).toList(),
        biases.stream().map(Tensor::toFloats).toList(),
        kernels.stream().mapToInt(kernel -> kernel.dim(0)).toArray(),
        kernels.stream().mapToInt(kernel -> kernel.dim(1)).toArray(),
        study.x().dim(0),
        study.x().toFloats(),
        study.y().toFloats(),
        switch (name) {
          case "fashion" -> Objective.CLASSES;
          case "circles" -> Objective.BINARY;
          case "diabetes" -> Objective.SQUARES;
          default -> throw new IllegalArgumentException("peers: '" + name + "' is no MLP");
        },
        switch (name) {
          case "fashion" -> 0.02;
          case "diabetes" -> 0.01;
          default -> 0;
        },
        switch (name) {
          case "fashion" -> 3;
          case "diabetes" -> kernels.size() - 1;
          default -> 0;
        },
        name.equals("circles") ? 1e-4 : 0,
        !name.equals("fashion"),
        name.equals("fashion") ? 0.01 : 0.001);
  }

  int layers() {
    return inputs.length;
  }
}
