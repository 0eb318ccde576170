package taut.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import taut.core.DType;
import taut.core.Op;
import taut.core.Tensor;
import taut.core.ops.BiasActivation;
import taut.core.ops.Binary;
import taut.core.ops.Cast;
import taut.core.ops.Clip;
import taut.core.ops.Comparison;
import taut.core.ops.StopGradient;
import taut.core.ops.Unary;
import taut.core.ops.Where;

/// The cases of element-wise ops: every constant, on vectors, scalars, empty and broadcast shapes.
final class ElementwiseCases {
  private static final int[][] SHAPES = {{3, 37}, {}, {0, 3}, {1}};

  /// Pairs of shapes that broadcast.
  private static final int[][][] PAIRS = {
    {{3, 37}, {3, 37}},
    {{2, 3, 5}, {5}},
    {{3, 1}, {2, 1, 4}},
    {{4, 3}, {4, 1}},
    {{}, {5}},
    {{33}, {}},
    {{}, {}},
    {{0, 3}, {3}},
    {{1, 3}, {0, 1}},
  };

  private final Draw draw = new Draw(1);
  private final List<OpCase> cases = new ArrayList<>();

  static List<OpCase> all() {
    ElementwiseCases made = new ElementwiseCases();
    made.unary();
    made.binary();
    made.comparison();
    made.biased();
    made.others();
    return made.cases;
  }

  private void add(String name, Op op, Tensor... inputs) {
    cases.add(OpCase.of(name, op, inputs));
  }

  private void unary() {
    for (Unary op : Unary.values()) {
      for (int[] shape : SHAPES) {
        add(Arrays.toString(shape), op, domain(op, shape));
      }
    }
  }

  /// Draws from where the function is smooth.
  private Tensor domain(Unary op, int... shape) {
    return switch (op) {
      case SQRT, SAFE_SQRT, RSQRT, LOG -> draw.from(0.3, 3, shape);
      case LOG1P -> draw.from(-0.6, 3, shape);
      case ASIN, ACOS -> draw.from(-0.8, 0.8, shape);
      case TAN -> draw.from(-1.1, 1.1, shape);
      case RELU6 -> draw.where(-3, 8, awayFrom(0, 6), shape);
      case HARD_SIGMOID, HARD_SILU -> draw.where(-5, 5, awayFrom(-3, 3), shape);
      case FLOOR, CEIL, ROUND ->
          draw.where(-3, 3, x -> Math.abs(2 * x - Math.rint(2 * x)) > 0.1, shape);
      default -> draw.any(shape);
    };
  }

  private static DoublePredicate awayFrom(double first, double second) {
    return x -> Math.abs(x - first) > 0.1 && Math.abs(x - second) > 0.1;
  }

  private void binary() {
    for (Binary op : Binary.values()) {
      for (int[][] pair : PAIRS) {
        Tensor a = op == Binary.POWER ? draw.positive(pair[0]) : draw.any(pair[0]);
        Tensor b =
            switch (op) {
              case DIVIDE, XLOGY -> draw.positive(pair[1]);
              // Beyond every a, so that none is near a step but 0.
              case REMAINDER -> draw.from(2.5, 4, pair[1]);
              default -> draw.any(pair[1]);
            };
        add(a.shape() + " and " + b.shape(), op, a, b);
      }
    }
  }

  private void comparison() {
    for (Comparison op : Comparison.values()) {
      boolean logical = op.ordinal() >= Comparison.AND.ordinal();
      for (int[][] pair : PAIRS) {
        // Few different values, so that some are equal.
        Tensor a = draw.indices(3, pair[0]);
        Tensor b = draw.indices(3, pair[1]);
        DType dtype = logical ? DType.BOOL : DType.FLOAT64;
        add(a.shape() + " and " + b.shape(), op, a.cast(dtype), b.cast(dtype));
        if (!logical) {
          add("INT32 " + a.shape() + " and " + b.shape(), op, a, b);
        }
      }
    }
  }

  private void biased() {
    for (Unary function : Unary.values()) {
      if (function.slopeOfValue().isEmpty()) {
        continue;
      }
      for (int[] shape : new int[][] {{3, 4}, {2, 3, 17}, {5, 1}, {9, 33}, {6}, {0, 3}, {2, 0}}) {
        // The sum stays away from the kink of ReLU.
        Tensor x = draw.where(-2, 2, v -> Math.abs(v) > 0.2, shape);
        Tensor bias = draw.from(-0.15, 0.15, shape[shape.length - 1]);
        add(x.shape().toString(), new BiasActivation(function), x, bias);
      }
    }
  }

  private void others() {
    for (int[] shape : SHAPES) {
      Tensor x = draw.where(-2, 2, awayFrom(-0.5, 0.8), shape);
      add(x.shape().toString(), new Clip(-0.5, 0.8), x);
      add(x.shape().toString(), StopGradient.INSTANCE, x);
      add(
          "to FLOAT32 " + x.shape(),
          new Cast(DType.FLOAT32),
          x.cast(DType.FLOAT32).cast(DType.FLOAT64));
      add("to FLOAT64 " + x.shape(), new Cast(DType.FLOAT64), x);
      add("to INT32 " + x.shape(), new Cast(DType.INT32), x);
      add("to BOOL " + x.shape(), new Cast(DType.BOOL), x);
      add("INT32 to BOOL " + x.shape(), new Cast(DType.BOOL), draw.indices(2, shape));
      add("INT32 to FLOAT64 " + x.shape(), new Cast(DType.FLOAT64), draw.indices(9, shape));
    }
    for (int[][] pair : PAIRS) {
      Tensor condition = draw.indices(2, pair[0]).cast(DType.BOOL);
      add(
          "condition " + condition.shape(),
          Where.INSTANCE,
          condition,
          draw.any(pair[1]),
          draw.any(pair[0]));
      add(
          "condition " + condition.shape() + ", scalar",
          Where.INSTANCE,
          condition,
          draw.any(),
          draw.any(pair[1]));
    }
  }
}
