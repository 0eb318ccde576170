package taut.peers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/// An MLP as a TensorFlow graph.
final class TensorFlowMlp {
  private TensorFlowMlp() {}

  static Task steps(TensorFlowGraph graph, Mlp mlp) {
    Ops tf = graph.ops();
    List<Variable<TFloat32>> parameters = new ArrayList<>();
    List<Operand<TFloat32>> summands = new ArrayList<>();
    Operand<TFloat32> h = graph.variable(mlp.x(), mlp.batch(), mlp.inputs()[0]);
    for (int i = 0; i < mlp.layers(); i++) {
      Variable<TFloat32> kernel =
          graph.variable(mlp.kernels().get(i), mlp.inputs()[i], mlp.outputs()[i]);
      Variable<TFloat32> bias = graph.variable(mlp.biases().get(i), mlp.outputs()[i]);
      parameters.add(kernel);
      parameters.add(bias);
      h = tf.nn.biasAdd(tf.linalg.matMul(h, kernel), bias);
      if (i < mlp.layers() - 1) {
        h = tf.nn.relu(h);
      }
      if (i < mlp.penalizedKernels()) {
        summands.add(graph.squares(kernel, mlp.kernelPenalty()));
      }
      if (i == 0 && mlp.activityPenalty() > 0) {
        Operand<TFloat32> norm = tf.reduceSum(tf.math.abs(h), tf.constant(new int[] {0, 1}));
        summands.add(tf.math.mul(norm, tf.constant((float) (mlp.activityPenalty() / mlp.batch()))));
      }
    }
    List<Operand<TFloat32>> seeds = new ArrayList<>();
    List<Operand<TFloat32>> roots = new ArrayList<>(summands);
    summands.forEach(_ -> seeds.add(tf.constant(1f)));
    if (mlp.objective() == Mlp.Objective.CLASSES) {
      TensorFlowGraph.CrossEntropy entropy = graph.crossEntropy(h, mlp.y());
      summands.add(entropy.loss());
      roots.add(h);
      seeds.add(entropy.gradient());
    } else {
      Operand<TFloat32> mean = mean(graph, mlp, h);
      summands.add(mean);
      roots.add(mean);
      seeds.add(tf.constant(1f));
    }
    Gradients gradients = tf.gradients(roots, parameters, Gradients.dx(seeds));
    Operand<TFloat32> loss = tf.math.addN(summands);
    return new TensorFlowOptimizer(graph, parameters, mlp.adam(), mlp.rate())
        .steps(loss, gradients);
  }

  private static Operand<TFloat32> mean(TensorFlowGraph graph, Mlp mlp, Operand<TFloat32> h) {
    Ops tf = graph.ops();
    Operand<TFloat32> y = graph.variable(mlp.y(), mlp.batch(), 1);
    Operand<TFloat32> losses =
        mlp.objective() == Mlp.Objective.BINARY
            ? tf.math.sub(tf.math.softplus(h), tf.math.mul(h, y))
            : tf.math.squaredDifference(h, y);
    return tf.math.mean(losses, tf.constant(new int[] {0, 1}));
  }
}
