package taut.peers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.BlockLSTM;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import taut.core.Rearrangements;
import taut.core.Tensor;

/// The recurrent network as a TensorFlow graph, with the one operation that runs an LSTM over all
/// steps. The Java bindings know no derivative of it, but have the operation that computes it.
final class TensorFlowLstm {
  private final TensorFlowGraph graph;
  private final Exercise.Training training;
  private final int batch;
  private final int steps;
  private final int units;

  private TensorFlowLstm(TensorFlowGraph graph, Exercise.Training training) {
    this.graph = graph;
    this.training = training;
    batch = training.study().x().dim(0);
    steps = training.study().x().dim(1);
    units = training.weights().get(1).dim(0);
  }

  static Task steps(TensorFlowGraph graph, Exercise.Training training) {
    return new TensorFlowLstm(graph, training).steps();
  }

  private Task steps() {
    Ops tf = graph.ops();
    List<Tensor> weights = training.weights();
    Operand<TFloat32> x = graph.variable(training.study().x().transpose(1, 0, 2));
    Operand<TFloat32> zeros = graph.variable(new float[batch * units], batch, units);
    Operand<TFloat32> peephole = graph.variable(new float[units], units);
    Operand<TInt64> count = tf.constant((long) steps);
    Variable<TFloat32> kernel = graph.variable(stacked(weights.get(0), weights.get(1)));
    Variable<TFloat32> bias = graph.variable(weights.get(2));
    BlockLSTM<TFloat32> lstm =
        tf.nn.blockLSTM(count, x, zeros, zeros, kernel, peephole, peephole, peephole, bias);
    Operand<TFloat32> last =
        tf.reshape(
            tf.slice(
                lstm.h(),
                tf.constant(new int[] {steps - 1, 0, 0}),
                tf.constant(new int[] {1, batch, units})),
            tf.constant(new int[] {batch, units}));
    Variable<TFloat32> dense = graph.variable(weights.get(3));
    Variable<TFloat32> denseBias = graph.variable(weights.get(4));
    Operand<TFloat32> loss = loss(last, dense, denseBias);
    Gradients gradients = tf.gradients(loss, List.of(last, dense, denseBias));
    Operand<TFloat32> outputs =
        tf.pad(
            tf.expandDims(gradients.<TFloat32>dy(0), tf.constant(0)),
            tf.constant(new int[][] {{steps - 1, 0}, {0, 0}, {0, 0}}),
            tf.constant(0f));
    Operand<TFloat32> states =
        graph.variable(new float[steps * batch * units], steps, batch, units);
    var backward =
        tf.nn.blockLSTMGrad(
            count, x, zeros, zeros, kernel, peephole, peephole, peephole, bias, lstm.i(), lstm.cs(),
            lstm.f(), lstm.o(), lstm.ci(), lstm.co(), lstm.h(), states, outputs, false);
    List<Operand<TFloat32>> all = new ArrayList<>();
    all.add(backward.wGrad());
    all.add(backward.bGrad());
    all.add(gradients.<TFloat32>dy(1));
    all.add(gradients.<TFloat32>dy(2));
    return new TensorFlowOptimizer(graph, List.of(kernel, bias, dense, denseBias), true, 0.001)
        .steps(loss, all);
  }

  /// Returns the kernel above the recurrent kernel, both being applied in one product.
  private static Tensor stacked(Tensor kernel, Tensor recurrentKernel) {
    return Rearrangements.concat(0, kernel, recurrentKernel);
  }

  private Operand<TFloat32> loss(
      Operand<TFloat32> last, Operand<TFloat32> dense, Operand<TFloat32> denseBias) {
    Ops tf = graph.ops();
    Operand<TFloat32> prediction = tf.nn.biasAdd(tf.linalg.matMul(last, dense), denseBias);
    Operand<TFloat32> y = graph.variable(training.study().y());
    Operand<TFloat32> error =
        tf.math.mean(tf.math.squaredDifference(prediction, y), tf.constant(new int[] {0, 1}));
    Operand<TFloat32> norm = tf.reduceSum(tf.math.abs(last), tf.constant(new int[] {0, 1}));
    return tf.math.add(
        error, tf.math.mul(norm, tf.constant((float) (Exercise.Training.LSTM_PENALTY / batch))));
  }
}
