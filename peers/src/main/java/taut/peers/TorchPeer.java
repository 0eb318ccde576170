package taut.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Optional;
import java.util.function.Supplier;
import taut.core.Tensor;

/// PyTorch, eager, through DJL's bindings: the bindings themselves, because DJL's own tape and
/// optimizers pass over the memory more often.
final class TorchPeer implements Peer {
  private final PtNDManager manager;
  private final PtNDArray one;

  TorchPeer(int threads) {
    manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();
    JniUtils.setNumThreads(threads);
    JniUtils.setGradMode(false);
    one = scalar(1);
  }

  @Override
  public Optional<Task> prepare(Exercise exercise) {
    return switch (exercise) {
      case Exercise.Product(var factors) -> {
        PtNDArray a = turned(array(factors.a()), factors.transposeA());
        PtNDArray b = turned(array(factors.b()), factors.transposeB());
        yield Optional.of(new Call(() -> JniUtils.matmul(a, b)));
      }
      case Exercise.Sum(var axis, var values) -> {
        PtNDArray x = array(values);
        yield Optional.of(
            new Call(
                switch (axis) {
                  case ALL -> () -> JniUtils.sum(x);
                  case ROWS -> () -> JniUtils.sum(x, new long[] {1}, false);
                  case COLUMNS -> () -> JniUtils.sum(x, new long[] {0}, false);
                }));
      }
      case Exercise.Addition(var x, var y) -> {
        PtNDArray left = array(x);
        PtNDArray right = array(y);
        yield Optional.of(new Call(() -> JniUtils.add(left, right)));
      }
      case Exercise.Penalty penalty -> Optional.of(new Penalty(penalty));
      case Exercise.CrossEntropy entropy -> Optional.of(new CrossEntropy(entropy));
      case Exercise.Training training ->
          Optional.of(
              switch (training.network()) {
                case "cnn" -> TorchCnn.steps(this, training);
                case "lstm" -> TorchLstm.steps(this, training);
                default -> TorchMlp.steps(this, Mlp.of(training));
              });
    };
  }

  PtNDArray array(float[] elements, long... shape) {
    return (PtNDArray) manager.create(elements, new Shape(shape));
  }

  PtNDArray array(Tensor tensor) {
    long[] shape = new long[tensor.rank()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.dim(i);
    }
    return array(tensor.toFloats(), shape);
  }

  /// Returns class numbers as PyTorch wants them for picking one element of each row.
  PtNDArray classes(float[] labels) {
    long[] indices = new long[labels.length];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = (long) labels[i];
    }
    return (PtNDArray) manager.create(indices, new Shape(indices.length, 1));
  }

  PtNDArray scalar(double value) {
    return (PtNDArray) manager.create((float) value);
  }

  /// Computes the gradients of a number for all that it depends on.
  void backward(PtNDArray loss) {
    JniUtils.backward(loss, one, false, false);
  }

  /// Returns the same memory as a leaf whose gradient is empty: spares adding to, and clearing, the
  /// gradient of the last call.
  static PtNDArray leaf(PtNDArray array) {
    PtNDArray leaf = JniUtils.detachGradient(array);
    JniUtils.attachGradient(leaf, true);
    return leaf;
  }

  /// Returns the mean cross-entropy of class numbers.
  static PtNDArray crossEntropy(PtNDArray logits, PtNDArray classes) {
    PtNDArray logarithms = JniUtils.logSoftmax(logits, 1, DataType.FLOAT32);
    return JniUtils.neg(JniUtils.mean(JniUtils.gather(logarithms, classes, 1)));
  }

  private static PtNDArray turned(PtNDArray array, boolean transposed) {
    return transposed ? JniUtils.transpose(array, 0, 1) : array;
  }

  private static float[] joined(float value, float[] gradient) {
    float[] result = new float[1 + gradient.length];
    result[0] = value;
    System.arraycopy(gradient, 0, result, 1, gradient.length);
    return result;
  }

  /// One operation whose result is thrown away.
  private record Call(Supplier<PtNDArray> operation) implements Task {
    @Override
    public Object run() {
      PtNDArray result = operation.get();
      result.close();
      return result;
    }

    @Override
    public float[] result() {
      try (PtNDArray result = operation.get()) {
        return result.toFloatArray();
      }
    }
  }

  private final class Penalty implements Task {
    private final boolean absolute;
    private final PtNDArray weights;
    private final PtNDArray strength = scalar(Exercise.Penalty.STRENGTH);

    Penalty(Exercise.Penalty penalty) {
      absolute = penalty.absolute();
      weights = array(penalty.weights());
      JniUtils.attachGradient(weights, true);
    }

    @Override
    public Object run() {
      JniUtils.setGradMode(true);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        PtNDArray value = value();
        backward(value);
        return value;
      }
    }

    /// Not with the dot product and the norm, which read the weights once but are not faster with
    /// their gradients, and add 10⁷ numbers one after the other: their third digit is wrong.
    private PtNDArray value() {
      PtNDArray summands = absolute ? JniUtils.abs(weights) : JniUtils.square(weights);
      return JniUtils.mul(JniUtils.sum(summands), strength);
    }

    @Override
    public float[] result() {
      JniUtils.setGradMode(true);
      PtNDArray value = value();
      backward(value);
      return joined(value.getFloat(), JniUtils.getGradient(weights).toFloatArray());
    }
  }

  private final class CrossEntropy implements Task {
    private final PtNDArray logits;
    private final PtNDArray labels;

    CrossEntropy(Exercise.CrossEntropy entropy) {
      logits = array(entropy.logits());
      labels = classes(entropy.labels().toFloats());
    }

    @Override
    public Object run() {
      JniUtils.setGradMode(true);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        PtNDArray leaf = leaf(logits);
        backward(crossEntropy(leaf, labels));
        return JniUtils.getGradient(leaf);
      }
    }

    @Override
    public float[] result() {
      JniUtils.setGradMode(true);
      PtNDArray leaf = leaf(logits);
      PtNDArray loss = crossEntropy(leaf, labels);
      backward(loss);
      return joined(loss.getFloat(), JniUtils.getGradient(leaf).toFloatArray());
    }
  }
}
