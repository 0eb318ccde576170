package taut.peers;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import taut.core.Tensor;

/// ND4J, and DL4J's networks on it.
final class Nd4jPeer implements Peer {
  Nd4jPeer(int threads) {
    Nd4j.create(1); // loads the library
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
    org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads(threads);
  }

  @Override
  public Optional<Task> prepare(Exercise exercise) {
    return switch (exercise) {
      case Exercise.Product(var factors) -> {
        INDArray a = array(factors.a());
        INDArray b = array(factors.b());
        // Column by column, or gemm would copy its result.
        INDArray product = Nd4j.create(new long[] {factors.m(), factors.n()}, 'f');
        yield Optional.of(
            new Call(
                () -> Nd4j.gemm(a, b, product, factors.transposeA(), factors.transposeB(), 1, 0)));
      }
      case Exercise.Sum(var axis, var values) -> {
        INDArray x = array(values);
        yield Optional.of(
            new Call(
                switch (axis) {
                  case ALL -> x::sum;
                  case ROWS -> () -> x.sum(1);
                  case COLUMNS -> () -> x.sum(0);
                }));
      }
      case Exercise.Addition(var x, var y) -> {
        INDArray left = array(x);
        INDArray right = array(y);
        yield Optional.of(new Call(() -> left.add(right)));
      }
      case Exercise.Training training when !training.network().matches("cnn|lstm") ->
          Dl4jMlp.steps(Mlp.of(training));
      case Exercise.Penalty _, Exercise.CrossEntropy _, Exercise.Training _ -> Optional.empty();
    };
  }

  static INDArray array(Tensor tensor) {
    long[] shape = new long[tensor.rank()];
    Arrays.setAll(shape, tensor::dim);
    return Nd4j.createFromArray(tensor.toFloats()).reshape(shape);
  }

  private record Call(Supplier<INDArray> operation) implements Task {
    @Override
    public Object run() {
      return operation.get();
    }

    @Override
    public float[] result() {
      INDArray result = operation.get();
      return result.data().length() == 1
          ? new float[] {result.getFloat(0)}
          : result.dup('c').data().asFloat();
    }
  }
}
