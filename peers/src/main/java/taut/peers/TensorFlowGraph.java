package taut.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;
import taut.core.Tensor;

/// A TensorFlow graph in the making, and the session that runs it.
final class TensorFlowGraph {
  private final int threads;
  private final Graph graph = new Graph();
  private final Ops ops = Ops.create(graph);
  private final List<Start> starts = new ArrayList<>();

  /// A variable's first value.
  private record Start(Op assign, Placeholder<?> placeholder, org.tensorflow.Tensor value) {}

  TensorFlowGraph(int threads) {
    this.threads = threads;
  }

  Ops ops() {
    return ops;
  }

  Variable<TFloat32> variable(float[] elements, long... dimensions) {
    Shape shape = Shape.of(dimensions);
    return variable(TFloat32.class, TFloat32.tensorOf(shape, DataBuffers.of(elements)), shape);
  }

  Variable<TFloat32> variable(Tensor tensor) {
    long[] dimensions = new long[tensor.rank()];
    Arrays.setAll(dimensions, tensor::dim);
    return variable(tensor.toFloats(), dimensions);
  }

  private Variable<TInt32> classes(float[] labels) {
    int[] classes = new int[labels.length];
    Arrays.setAll(classes, i -> (int) labels[i]);
    Shape shape = Shape.of(labels.length);
    return variable(TInt32.class, TInt32.tensorOf(shape, DataBuffers.of(classes)), shape);
  }

  private <T extends TType> Variable<T> variable(Class<T> type, T value, Shape shape) {
    Variable<T> variable = ops.variable(shape, type);
    Placeholder<T> placeholder = ops.placeholder(type, Placeholder.shape(shape));
    starts.add(new Start(ops.assign(variable, placeholder), placeholder, value));
    return variable;
  }

  /// Returns λ·Σw²: l2Loss, half the sum of squares, is the one operation for it that does not
  /// write the squares to memory.
  Operand<TFloat32> squares(Operand<TFloat32> weights, double lambda) {
    return ops.math.mul(ops.nn.l2Loss(weights), ops.constant((float) (2 * lambda)));
  }

  /// Returns the mean cross-entropy of class numbers, with its gradient: the Java bindings know
  /// none for this operation, but it computes it along with the losses.
  CrossEntropy crossEntropy(Operand<TFloat32> logits, float[] labels) {
    var losses = ops.nn.sparseSoftmaxCrossEntropyWithLogits(logits, classes(labels));
    return new CrossEntropy(
        ops.math.mean(losses.loss(), ops.constant(0)),
        ops.math.mul(losses.backprop(), ops.constant(1f / labels.length)));
  }

  /// A mean loss, and its gradient with respect to the logits.
  record CrossEntropy(Operand<TFloat32> loss, Operand<TFloat32> gradient) {}

  /// Returns the work of computing these, whose result is them all, one after the other.
  @SafeVarargs
  final Task task(Operand<TFloat32>... outputs) {
    Session session = start();
    Session.Runner targets = session.runner();
    Session.Runner fetches = session.runner();
    for (Operand<TFloat32> output : outputs) {
      targets.addTarget(output.op());
      fetches.fetch(output);
    }
    return new Task() {
      @Override
      public Object run() {
        targets.run().close();
        return targets;
      }

      @Override
      public float[] result() {
        try (Result result = fetches.run()) {
          float[] all = new float[0];
          for (int i = 0; i < result.size(); i++) {
            float[] part = elements(result.get(i));
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length);
            System.arraycopy(part, 0, all, before, part.length);
          }
          return all;
        }
      }
    };
  }

  private static float[] elements(org.tensorflow.Tensor tensor) {
    float[] elements = new float[(int) tensor.shape().size()];
    ((TFloat32) tensor).copyTo(DataBuffers.of(elements, false, false));
    return elements;
  }

  /// Returns the work of steps: the updates, and the loss, which is read.
  Task training(Operand<TFloat32> loss, List<? extends Op> updates) {
    Session.Runner runner = start().runner().fetch(loss);
    updates.forEach(runner::addTarget);
    return new Task() {
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
        try (Result result = runner.run()) {
          return ((TFloat32) result.get(0)).getFloat();
        }
      }
    };
  }

  private Session start() {
    ConfigProto config =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build();
    Session session = new Session(graph, config);
    for (Start start : starts) {
      session.runner().feed(start.placeholder, start.value).addTarget(start.assign).run().close();
      start.value.close();
    }
    return session;
  }
}
