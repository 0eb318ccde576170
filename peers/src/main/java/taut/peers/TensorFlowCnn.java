package taut.peers;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/// The small convolutional network as a TensorFlow graph.
final class TensorFlowCnn {
  private TensorFlowCnn() {}

  static Task steps(TensorFlowGraph graph, Exercise.Training training) {
    Ops tf = graph.ops();
    List<Variable<TFloat32>> weights = training.weights().stream().map(graph::variable).toList();
    Operand<TFloat32> h = graph.variable(training.study().x());
    h = convolution(tf, h, weights.get(0), weights.get(1));
    h = convolution(tf, h, weights.get(2), weights.get(3));
    Operand<TInt32> two = tf.constant(new int[] {1, 2, 2, 1});
    h = tf.nn.maxPool(h, two, two, "VALID");
    int inputs = training.weights().get(4).dim(0);
    h = tf.reshape(h, tf.constant(new int[] {training.study().x().dim(0), inputs}));
    h = tf.nn.relu(tf.nn.biasAdd(tf.linalg.matMul(h, weights.get(4)), weights.get(5)));
    h = tf.nn.biasAdd(tf.linalg.matMul(h, weights.get(6)), weights.get(7));
    TensorFlowGraph.CrossEntropy entropy = graph.crossEntropy(h, training.study().y().toFloats());
    return new TensorFlowOptimizer(graph, weights, true, 0.001)
        .steps(
            entropy.loss(),
            tf.gradients(List.of(h), weights, Gradients.dx(List.of(entropy.gradient()))));
  }

  private static Operand<TFloat32> convolution(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> kernel, Operand<TFloat32> bias) {
    return tf.nn.relu(
        tf.nn.biasAdd(tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "VALID"), bias));
  }
}
