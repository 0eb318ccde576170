package taut.peers;

import java.util.List;
import taut.autodiff.GradientTape;
import taut.autodiff.Variable;
import taut.bench.MatMulBenchmark;
import taut.bench.PenaltyBenchmark;
import taut.bench.ReductionBenchmark;
import taut.bench.SmallOpBenchmark;
import taut.bench.SoftmaxCrossEntropyBenchmark;
import taut.bench.Study;
import taut.core.Tensor;
import taut.core.ops.SoftmaxCrossEntropy;
import taut.regularizers.L1;
import taut.regularizers.L2;
import taut.regularizers.Regularizer;

/// What all libraries are asked to do, with the inputs of Taut's benchmark of the same work.
///
/// Every exercise computes with Taut what the others must find as well.
sealed interface Exercise {
  /// Returns Taut's result, in the order that [Task#result()] wants it.
  float[] expected();

  /// Returns the largest difference allowed, as a part of the largest expected number. Libraries
  /// add in different orders: a float has 24 bits, and 10⁷ of them are added.
  default double tolerance() {
    return 1e-4;
  }

  /// A matrix product. Its result has the elements row by row.
  record Product(MatMulBenchmark.Product factors) implements Exercise {
    @Override
    public float[] expected() {
      return factors.a().matmul(factors.b(), factors.transposeA(), factors.transposeB()).toFloats();
    }
  }

  /// λ·Σ|w| or λ·Σw² through the library's differentiation, the gradient added to the weights'
  /// gradient. Its result is the value, then the gradient after one call.
  record Penalty(boolean absolute, Tensor weights) implements Exercise {
    static final double STRENGTH = PenaltyBenchmark.STRENGTH;

    @Override
    public float[] expected() {
      Regularizer regularizer = absolute ? new L1(STRENGTH) : new L2(STRENGTH);
      try (GradientTape tape = new GradientTape()) {
        tape.watch(weights);
        Tensor value = regularizer.penalty(weights);
        return joined(value, tape.gradient(value, weights));
      }
    }
  }

  /// The sum of a vector, or of each row or column of a matrix.
  record Sum(Axis axis, Tensor values) implements Exercise {
    /// Which axis is summed.
    enum Axis {
      ALL,
      ROWS,
      COLUMNS
    }

    @Override
    public float[] expected() {
      Tensor sums =
          switch (axis) {
            case ALL -> values.sum();
            case ROWS -> values.sum(1);
            case COLUMNS -> values.sum(0);
          };
      return sums.toFloats();
    }
  }

  /// The mean softmax cross-entropy and the gradient of the logits. Its result is the loss, then
  /// the gradient.
  record CrossEntropy(Tensor logits, Tensor labels) implements Exercise {
    @Override
    public float[] expected() {
      try (GradientTape tape = new GradientTape()) {
        tape.watch(logits);
        Tensor loss = SoftmaxCrossEntropy.Sparse.INSTANCE.apply(logits, labels).mean();
        return joined(loss, tape.gradient(loss, logits));
      }
    }
  }

  /// The sum of two small vectors.
  record Addition(Tensor x, Tensor y) implements Exercise {
    @Override
    public float[] expected() {
      return x.add(y).toFloats();
    }
  }

  /// A training step of a study's network. Its result are the losses before the first steps, which
  /// agree only if values, penalties, gradients and optimizer do.
  record Training(String name, Study study) implements Exercise {
    /// The number of losses that are compared.
    static final int STEPS = 5;

    /// λ of the LSTM's λ·Σ|h| / batch.
    static final double LSTM_PENALTY = 1e-4;

    /// Returns the study's name without the batch size.
    String network() {
      return name.split(" ", -1)[0];
    }

    /// Returns the weights that training starts from, as the network has them in order.
    List<Tensor> weights() {
      return study.network().trainableVariables().stream().map(Variable::value).toList();
    }

    @Override
    public float[] expected() {
      Study own = Study.of(name);
      float[] losses = new float[STEPS];
      for (int i = 0; i < STEPS; i++) {
        losses[i] = (float) own.step();
      }
      return losses;
    }
  }

  /// Makes the exercise of a name: its kind, a colon, and the parameters of Taut's benchmark.
  static Exercise of(String name) {
    String[] words = name.split(":", 2);
    String rest = words[1];
    return switch (words[0]) {
      case "product" -> new Product(MatMulBenchmark.Product.of(rest));
      case "l1" -> new Penalty(true, PenaltyBenchmark.drawWeights(Integer.parseInt(rest)));
      case "l2" -> new Penalty(false, PenaltyBenchmark.drawWeights(Integer.parseInt(rest)));
      case "sum" -> {
        ReductionBenchmark inputs = new ReductionBenchmark();
        Sum.Axis axis = Sum.Axis.valueOf(rest);
        yield new Sum(axis, axis == Sum.Axis.ALL ? inputs.vector : inputs.matrix);
      }
      case "cross-entropy" -> {
        SoftmaxCrossEntropyBenchmark inputs = new SoftmaxCrossEntropyBenchmark();
        yield new CrossEntropy(inputs.logits, inputs.labels);
      }
      case "add" -> {
        SmallOpBenchmark inputs = new SmallOpBenchmark();
        yield new Addition(inputs.x, inputs.y);
      }
      case "step" -> new Training(rest, Study.of(rest));
      default -> throw new IllegalArgumentException("peers: no exercise '" + name + "'");
    };
  }

  private static float[] joined(Tensor value, Tensor gradient) {
    float[] elements = gradient.toFloats();
    float[] result = new float[1 + elements.length];
    result[0] = (float) value.item();
    System.arraycopy(elements, 0, result, 1, elements.length);
    return result;
  }
}
