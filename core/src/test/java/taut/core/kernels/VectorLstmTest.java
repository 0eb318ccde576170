package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import taut.core.DType;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// The long short-term memory as it runs against the one that is read.
class VectorLstmTest {
  private static final int DEFAULT_THREADS = Parallel.threads();

  private final Kernels reference = new ReferenceKernels();
  private final Kernels vector = new VectorKernels();

  @AfterEach
  void restoreThreads() {
    Parallel.setThreads(DEFAULT_THREADS);
  }

  /// What a run leaves behind.
  private record Run(float[] outputs, float[] gates, float[] cells, float[] gradient) {
    void assertClose(Run other, double tolerance, String where) {
      assertArrayEquals(outputs, other.outputs, (float) tolerance, where + ", outputs");
      assertArrayEquals(gates, other.gates, (float) tolerance, where + ", gates");
      assertArrayEquals(cells, other.cells, (float) tolerance, where + ", cells");
      assertArrayEquals(gradient, other.gradient, (float) tolerance, where + ", gradient");
    }
  }

  private static Run run(Kernels kernels, LstmPlan plan, float[] z, float[] kernel, float[] c) {
    int rows = plan.steps() * plan.batch();
    Tensor gates = anything(rows * plan.gates());
    Tensor cells = anything(rows * plan.units());
    Tensor outputs = anything(rows * plan.units());
    Tensor gradient = anything(rows * plan.gates());
    Tensor weights = Tensor.vector(kernel);
    Tensor bias = Tensor.vector(normal(new Random(5), plan.gates(), 0.5));
    kernels.lstm(
        plan,
        Tensor.vector(z).storage(),
        weights.storage(),
        bias.storage(),
        gates.storage(),
        cells.storage(),
        outputs.storage());
    kernels.lstmGradient(
        plan,
        weights.storage(),
        gates.storage(),
        cells.storage(),
        Tensor.vector(c).storage(),
        gradient.storage());
    return new Run(outputs.toFloats(), gates.toFloats(), cells.toFloats(), gradient.toFloats());
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 37, 64})
  void agreesWithTheReference(int units) {
    Random random = new Random(units);
    for (int[] size :
        new int[][] {{0, 2}, {2, 0}, {1, 1}, {1, 5}, {4, 1}, {3, 16}, {2, 33}, {9, 17}}) {
      LstmPlan plan = new LstmPlan(size[0], size[1], units);
      int rows = plan.steps() * plan.batch();
      float[] z = normal(random, rows * plan.gates(), 1);
      float[] kernel = normal(random, units * plan.gates(), 0.3);
      float[] c = normal(random, rows * units, 1);
      Run wanted = run(reference, plan, z, kernel, c);
      Parallel.setThreads(1);
      Run one = run(vector, plan, z, kernel, c);
      wanted.assertClose(one, 3e-5, plan.toString());
      Parallel.setThreads(2);
      run(vector, plan, z, kernel, c).assertClose(one, 0, plan + ": one and two threads differ");
    }
  }

  /// Edges of float32 in what the sequence contributes and in the cotangents: the same elements are
  /// no numbers, and the others agree.
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 16, 19})
  void agreesAtTheEdgesOfTheRange(int units) {
    float[] edges = {
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.MIN_VALUE,
      -0f,
      1e20f,
      -3e38f
    };
    Random random = new Random(units);
    for (float edge : edges) {
      LstmPlan plan = new LstmPlan(3, 18, units);
      float[] z = normal(random, 54 * plan.gates(), 1);
      float[] c = normal(random, 54 * units, 1);
      for (int k = 0; k < 20; k++) {
        z[random.nextInt(z.length)] = edge;
        // Sums of so large cotangents would be infinite in one order and not in another.
        c[random.nextInt(c.length)] = Math.abs(edge) > 1e30f ? Float.NaN : Math.min(edge, 1f);
      }
      float[] kernel = normal(random, units * plan.gates(), 0.3);
      Run wanted = run(reference, plan, z, kernel, c);
      Run got = run(vector, plan, z, kernel, c);
      String where = units + " units, " + edge;
      assertEquals(wanted.outputs.length, got.outputs.length);
      wanted.assertClose(got, 1e-4, where);
    }
  }
}
