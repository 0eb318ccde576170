package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// The recurrent cells as they run against those that are read.
class RecurrentKernelsTest {
  private static final int DEFAULT_THREADS = Parallel.threads();
  private static final RecurrentKernels REFERENCE = ReferenceRecurrentKernels.INSTANCE;
  private static final RecurrentKernels VECTOR = VectorRecurrentKernels.INSTANCE;

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  /// What goes into a run.
  private record Inputs(RecurrentPlan plan, Storage z, Storage kernel, Storage bias, Storage c) {
    int rows() {
      return plan.steps() * plan.batch();
    }
  }

  /// Runs one kind of cell forward and backward.
  private enum Cell {
    SIMPLE_RNN(1, 1) {
      @Override
      List<Tensor> run(RecurrentKernels kernels, Inputs in) {
        Tensor outputs = anything(in.rows() * in.plan.units());
        Tensor gradient = anything(in.rows() * in.plan.units());
        kernels.simpleRnn(in.plan, in.z, in.kernel, in.bias, outputs.storage());
        kernels.simpleRnnGradient(in.plan, in.kernel, outputs.storage(), in.c, gradient.storage());
        return List.of(outputs, gradient);
      }
    },
    GRU(3, 2) {
      @Override
      List<Tensor> run(RecurrentKernels kernels, Inputs in) {
        Tensor gates = anything(in.rows() * in.plan.width());
        Tensor inner = anything(in.rows() * in.plan.units());
        Tensor outputs = anything(in.rows() * in.plan.units());
        Tensor x = anything(in.rows() * in.plan.width());
        Tensor p = anything(in.rows() * in.plan.width());
        kernels.gru(
            in.plan, in.z, in.kernel, in.bias, gates.storage(), inner.storage(), outputs.storage());
        kernels.gruGradient(
            in.plan,
            in.kernel,
            gates.storage(),
            inner.storage(),
            outputs.storage(),
            in.c,
            x.storage(),
            p.storage());
        return List.of(outputs, gates, inner, x, p);
      }
    },
    LSTM(4, 1) {
      @Override
      List<Tensor> run(RecurrentKernels kernels, Inputs in) {
        Tensor gates = anything(in.rows() * in.plan.width());
        Tensor cells = anything(in.rows() * in.plan.units());
        Tensor outputs = anything(in.rows() * in.plan.units());
        Tensor gradient = anything(in.rows() * in.plan.width());
        kernels.lstm(
            in.plan, in.z, in.kernel, in.bias, gates.storage(), cells.storage(), outputs.storage());
        kernels.lstmGradient(
            in.plan, in.kernel, gates.storage(), cells.storage(), in.c, gradient.storage());
        return List.of(outputs, gates, cells, gradient);
      }
    };

    private final int gates;
    private final int biases;

    Cell(int gates, int biases) {
      this.gates = gates;
      this.biases = biases;
    }

    /// Returns the results, and whatever else a run leaves behind.
    abstract List<Tensor> run(RecurrentKernels kernels, Inputs inputs);

    RecurrentPlan plan(int steps, int batch, int units) {
      return new RecurrentPlan(steps, batch, units, gates);
    }

    Inputs inputs(RecurrentPlan plan, float[] z, float[] c, Random random) {
      // With a larger kernel a simple network is chaotic: the last bit of one step is a large
      // difference some steps later.
      double scale = Math.min(0.3, 1 / Math.sqrt(plan.units()));
      return new Inputs(
          plan,
          Tensor.vector(z).storage(),
          Tensor.vector(normal(random, plan.units() * plan.width(), scale)).storage(),
          Tensor.vector(normal(random, biases * plan.width(), 0.5)).storage(),
          Tensor.vector(c).storage());
    }
  }

  /// Whatever was in a result before must be gone.
  private static Tensor anything(int length) {
    Tensor result = Tensor.allocate(new TensorSpec(Shape.of(length), DType.FLOAT32));
    for (int i = 0; i < length; i++) {
      result.storage().set(i, 7);
    }
    return result;
  }

  private static float[] normal(Random random, int length, double scale) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  private static void assertClose(
      List<Tensor> wanted, List<Tensor> got, double tolerance, String where) {
    assertEquals(wanted.size(), got.size());
    for (int i = 0; i < wanted.size(); i++) {
      assertArrayEquals(
          wanted.get(i).toFloats(),
          got.get(i).toFloats(),
          (float) tolerance,
          where + ", result " + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithTheReference(Cell cell) {
    int[][] sizes = {{0, 2}, {2, 0}, {1, 1}, {1, 5}, {4, 1}, {3, 16}, {2, 33}, {9, 17}};
    for (int units : new int[] {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 37, 64}) {
      Random random = new Random(units);
      for (int[] size : sizes) {
        RecurrentPlan plan = cell.plan(size[0], size[1], units);
        int rows = plan.steps() * plan.batch();
        float[] z = normal(random, rows * plan.width(), 1);
        Inputs in = cell.inputs(plan, z, normal(random, rows * units, 1), random);
        Parallel.setThreads(1);
        List<Tensor> one = cell.run(VECTOR, in);
        assertClose(cell.run(REFERENCE, in), one, 3e-5, plan.toString());
        Parallel.setThreads(2);
        assertClose(one, cell.run(VECTOR, in), 0, plan + ": one and two threads differ");
      }
    }
  }

  /// So many operations that blocks do go to several threads.
  @ParameterizedTest
  @EnumSource
  void threadsDoNotChangeTheResults(Cell cell) {
    RecurrentPlan plan = cell.plan(20, 49, 50);
    assertTrue(plan.productFlops() > BlockGrid.PARALLEL_FLOPS);
    Random random = new Random(3);
    float[] z = normal(random, 980 * plan.width(), 1);
    Inputs in = cell.inputs(plan, z, normal(random, 980 * 50, 1), random);
    Parallel.setThreads(1);
    List<Tensor> one = cell.run(VECTOR, in);
    assertClose(cell.run(REFERENCE, in), one, 2e-4, plan.toString());
    for (int threads = 2; threads < 5; threads++) {
      Parallel.setThreads(threads);
      assertClose(one, cell.run(VECTOR, in), 0, threads + " threads");
    }
  }

  /// Edges of float32 in what the sequence contributes and in the cotangents: the same elements are
  /// no numbers, and the others agree.
  @ParameterizedTest
  @EnumSource
  void agreesAtTheEdgesOfTheRange(Cell cell) {
    float[] edges = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -0f,
      1e20f,
      -3e38f
    };
    for (int units : new int[] {1, 5, 16, 19}) {
      Random random = new Random(units);
      for (float edge : edges) {
        RecurrentPlan plan = cell.plan(3, 18, units);
        float[] z = normal(random, 54 * plan.width(), 1);
        float[] c = normal(random, 54 * units, 1);
        for (int k = 0; k < 20; k++) {
          z[random.nextInt(z.length)] = edge;
          // Sums of so large cotangents would be infinite in one order and not in another.
          c[random.nextInt(c.length)] = Math.abs(edge) > 1e30f ? Float.NaN : Math.min(edge, 1f);
        }
        Inputs in = cell.inputs(plan, z, c, random);
        String where = units + " units, " + edge;
        assertClose(cell.run(REFERENCE, in), cell.run(VECTOR, in), 1e-4, where);
      }
    }
  }
}
