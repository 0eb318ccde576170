package taut.peers;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/// TensorFlow: a graph in a session. Inputs are variables, so that nothing is fed and nothing is
/// folded into a constant.
final class TensorFlowPeer implements Peer {
  private final int threads;

  TensorFlowPeer(int threads) {
    this.threads = threads;
  }

  @Override
  public Optional<Task> prepare(Exercise exercise) {
    TensorFlowGraph graph = new TensorFlowGraph(threads);
    Ops tf = graph.ops();
    return Optional.of(
        switch (exercise) {
          case Exercise.Product(var factors) ->
              graph.task(
                  tf.linalg.matMul(
                      graph.variable(factors.a()),
                      graph.variable(factors.b()),
                      MatMul.transposeA(factors.transposeA()),
                      MatMul.transposeB(factors.transposeB())));
          case Exercise.Sum(var axis, var values) ->
              graph.task(
                  tf.reduceSum(
                      graph.variable(values),
                      switch (axis) {
                        case ALL, COLUMNS -> tf.constant(0);
                        case ROWS -> tf.constant(1);
                      }));
          case Exercise.Addition(var x, var y) ->
              graph.task(tf.math.add(graph.variable(x), graph.variable(y)));
          case Exercise.Penalty penalty -> penalty(graph, penalty);
          case Exercise.CrossEntropy(var logits, var labels) -> {
            TensorFlowGraph.CrossEntropy entropy =
                graph.crossEntropy(graph.variable(logits), labels.toFloats());
            yield graph.task(entropy.loss(), entropy.gradient());
          }
          case Exercise.Training training ->
              switch (training.network()) {
                case "cnn" -> TensorFlowCnn.steps(graph, training);
                case "lstm" -> TensorFlowLstm.steps(graph, training);
                default -> TensorFlowMlp.steps(graph, Mlp.of(training));
              };
        });
  }

  private static Task penalty(TensorFlowGraph graph, Exercise.Penalty penalty) {
    Ops tf = graph.ops();
    Variable<TFloat32> weights = graph.variable(penalty.weights());
    Operand<TFloat32> value =
        penalty.absolute()
            ? tf.math.mul(
                tf.reduceSum(tf.math.abs(weights), tf.constant(0)),
                tf.constant((float) Exercise.Penalty.STRENGTH))
            : graph.squares(weights, Exercise.Penalty.STRENGTH);
    Variable<TFloat32> sum =
        graph.variable(new float[penalty.weights().dim(0)], penalty.weights().dim(0));
    return graph.task(
        value, tf.assignAdd(sum, tf.gradients(value, List.of(weights)).<TFloat32>dy(0)));
  }
}
