package taut.peers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/// The parameters of a network in a TensorFlow graph, and what changes them.
record TensorFlowOptimizer(
    TensorFlowGraph graph, List<Variable<TFloat32>> parameters, boolean adam, double rate) {
  /// Returns the work of steps with the parameters' gradients.
  Task steps(Operand<TFloat32> loss, Gradients gradients) {
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      all.add(gradients.<TFloat32>dy(i));
    }
    return steps(loss, all);
  }

  /// Returns the work of steps with the parameters' gradients. The updates wait for the loss and
  /// for all gradients, which would else be computed from parameters changed already.
  Task steps(Operand<TFloat32> loss, List<Operand<TFloat32>> gradients) {
    List<Op> earlier = new ArrayList<>(gradients);
    earlier.add(loss);
    Ops tf = graph.ops().withControlDependencies(earlier);
    return graph.training(loss, adam ? adam(tf, gradients) : descent(tf, gradients));
  }

  private List<Op> descent(Ops tf, List<Operand<TFloat32>> gradients) {
    Operand<TFloat32> learningRate = tf.constant((float) rate);
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      updates.add(tf.train.applyGradientDescent(parameters.get(i), learningRate, gradients.get(i)));
    }
    return updates;
  }

  private List<Op> adam(Ops tf, List<Operand<TFloat32>> gradients) {
    Operand<TFloat32> learningRate = tf.constant((float) rate);
    Operand<TFloat32> beta1 = tf.constant((float) Mlp.BETA_1);
    Operand<TFloat32> beta2 = tf.constant((float) Mlp.BETA_2);
    Operand<TFloat32> epsilon = tf.constant((float) Mlp.EPSILON);
    Variable<TFloat32> power1 = graph.variable(new float[] {(float) Mlp.BETA_1});
    Variable<TFloat32> power2 = graph.variable(new float[] {(float) Mlp.BETA_2});
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      Variable<TFloat32> parameter = parameters.get(i);
      long[] shape = parameter.shape().asArray();
      float[] zeros = new float[(int) parameter.shape().size()];
      updates.add(
          tf.train.applyAdam(
              parameter,
              graph.variable(zeros, shape),
              graph.variable(zeros.clone(), shape),
              power1,
              power2,
              learningRate,
              beta1,
              beta2,
              epsilon,
              gradients.get(i)));
    }
    Ops after = tf.withControlDependencies(updates);
    updates.add(after.assign(power1, after.math.mul(power1, beta1)));
    updates.add(after.assign(power2, after.math.mul(power2, beta2)));
    return updates;
  }
}
