package taut.training.golden;

import java.util.List;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;

/// The formulas of the autodiff golden files, in Taut's operations.
final class TorchFormulas {
  private TorchFormulas() {}

  /// Computes a composite operation.
  static Tensor composite(String formula, List<Tensor> x) {
    Tensor a = x.getFirst();
    return switch (formula) {
      case "y = a*a; z = y + sin(y)*a; output z*y" -> {
        Tensor y = a.mul(a);
        yield y.add(y.sin().mul(a)).mul(y);
      }
      case "x_{t+1} = tanh(x_t @ w), t = 0..9; output the last x" -> {
        Tensor state = a;
        for (int t = 0; t < 10; t++) {
          state = state.matmul(x.get(1)).tanh();
        }
        yield state;
      }
      case "softmax(q k^T / sqrt(d)) v over the last two axes" ->
          a.matmul(x.get(1), false, true).div(Math.sqrt(a.dim(-1))).softmax().matmul(x.get(2));
      case "(x - mean) / sqrt(var + 1e-3) * g + b over the last axis" ->
          normalized(a).mul(x.get(1)).add(x.get(2));
      case "mean((x@w - y)**2) + 0.1*sum(w*w) + 0.2*sum(abs(w)); inputs x, w, y" -> {
        Tensor w = x.get(1);
        Tensor error = a.matmul(w).squaredDifference(x.get(2)).mean();
        yield error.add(w.sumOfSquares().mul(0.1)).add(w.sumOfAbsolutes().mul(0.2));
      }
      default -> throw Golden.notCovered("composite " + formula);
    };
  }

  /// Computes a scalar function whose second derivatives are tested.
  static Tensor scalar(String formula, List<Tensor> x) {
    Tensor a = x.getFirst();
    return switch (formula) {
      case "sum(x*x)" -> a.mul(a).sum();
      case "sum(x**3)" -> a.pow(3).sum();
      case "sum over i of 100*(x[i+1] - x[i]**2)**2 + (1 - x[i])**2" -> {
        Tensor here = a.slice(0, 0, -1);
        Tensor next = a.slice(0, 1, a.dim(0));
        yield next.sub(here.square()).square().mul(100).add(here.subFrom(1).square()).sum();
      }
      case "logsumexp(x)" -> a.logSumExp();
      case "log(1 + sum(x*x))" -> a.sumOfSquares().log1p();
      case "prod(x)" -> a.prod();
      case "sum(sin(x) * cos(2*x))" -> a.sin().mul(a.mul(2).cos()).sum();
      case "sum(sigmoid(x) * tanh(x))" -> a.sigmoid().mul(a.tanh()).sum();
      case "sum(x / (1 + x*x))" -> a.div(a.mul(a).add(1)).sum();
      case "sqrt(1 + sum(x*x))" -> a.square().sum().add(1).sqrt();
      case "sum(x ** 2.5)" -> a.pow(2.5).sum();
      case "sum(a ** b)" -> a.pow(x.get(1)).sum();
      case "sum((a @ b) * (a @ b))" -> {
        Tensor product = a.matmul(x.get(1));
        yield product.mul(product).sum();
      }
      case "sum(softplus(softplus(x @ w1) @ w2)); inputs x, w1, w2" ->
          a.matmul(x.get(1)).softplus().matmul(x.get(2)).softplus().sum();
      case "mean(softplus(-s)) + 0.05*sum(w*w), s = x @ w, x and w inputs" -> {
        Tensor s = TorchOps.product(a, x.get(1), false, false);
        yield s.neg().softplus().mean().add(x.get(1).sumOfSquares().mul(0.05));
      }
      case "-sum(softmax(x) * log_softmax(x)) over the last axis" ->
          a.softmax().mul(a.logSoftmax()).sum().neg();
      case "exp(-0.5*sum(x*x))" -> a.sumOfSquares().mul(-0.5).exp();
      case "sum((x^T x)**2)" -> a.matmul(a, true, false).square().sum();
      // The file's numbers are those of the square of what its formula says.
      case "sum(variance of x over axis 0)" -> a.variance(0).sum().square();
      case "sum(concat(x[1:]**2, x[:1]**3) * x)" ->
          Rearrangements.concat(0, a.slice(0, 1, a.dim(0)).square(), a.slice(0, 0, 1).pow(3))
              .mul(a)
              .sum();
      case "sum(x[idx]**3), idx = [0, 2, 2, 1]" ->
          a.gather(Tensor.of(Shape.of(4), 0, 2, 2, 1)).pow(3).sum();
      case "sum(cumsum(x)**3)" -> a.cumulativeSum(0).pow(3).sum();
      case "sum(max(x, axis=1)**2)" -> a.max(1).square().sum();
      case "sum(relu(x @ w)**2)" -> a.matmul(x.get(1)).relu().square().sum();
      case "sum(where(x > 0, x**2, exp(x)))" -> a.greater(0).where(a.square(), a.exp()).sum();
      default -> throw Golden.notCovered("scalar " + formula);
    };
  }

  /// Computes a function whose jacobian is tested.
  static Tensor array(String formula, List<Tensor> x) {
    Tensor a = x.getFirst();
    return switch (formula) {
      case "softmax(x)" -> a.softmax();
      case "w @ x; inputs w, x" -> TorchOps.product(a, x.get(1), false, false);
      case "tanh(w @ x); inputs w, x" -> TorchOps.product(a, x.get(1), false, false).tanh();
      case "a outer b" -> a.outer(x.get(1));
      case "x / sqrt(sum(x*x))" -> a.div(a.sumOfSquares().sqrt());
      case "cumsum(x)**2" -> a.cumulativeSum(0).square();
      case "x @ x" -> a.matmul(a);
      case "(x - mean)/sqrt(var + 1e-3), last axis" -> normalized(a);
      case "softmax(relu(x @ w1) @ w2); inputs x, w1, w2" ->
          a.matmul(x.get(1)).relu().matmul(x.get(2)).softmax();
      default -> throw Golden.notCovered("jacobian " + formula);
    };
  }

  /// Computes an element-wise function with known derivatives of third order.
  static Tensor elementwise(String formula, Tensor x) {
    return switch (formula) {
      case "x**5 - 2*x**3" -> x.pow(5).sub(x.pow(3).mul(2));
      case "sin(x)" -> x.sin();
      case "tanh(x)" -> x.tanh();
      case "exp(2*x)" -> x.mul(2).exp();
      case "sigmoid(x)" -> x.sigmoid();
      case "log(x)" -> x.log();
      case "1/(1 + x*x)" -> x.mul(x).add(1).reciprocal();
      default -> throw Golden.notCovered("higher " + formula);
    };
  }

  /// Computes the function whose gradient is penalized.
  static Tensor penalized(String formula, List<Tensor> x) {
    Tensor a = x.getFirst();
    return switch (penalty(formula)) {
      case "D(x) = sum(tanh(x @ w1) @ w2)" -> a.matmul(x.get(1)).tanh().matmul(x.get(2)).sum();
      case "f(x, w) = sum(sigmoid(x @ w))" -> a.matmul(x.get(1)).sigmoid().sum();
      default -> throw Golden.notCovered("gradient penalty " + formula);
    };
  }

  /// Computes the penalty from that gradient.
  static Tensor penalty(String formula, Tensor gradient) {
    String value = formula.split("; ")[1];
    return switch (value) {
      case "value = mean((sqrt(sum(dD/dx ** 2, axis=1)) - 1)**2)" ->
          gradient.sumOfSquares(1).sqrt().sub(1).square().mean();
      case "value = sum(df/dx ** 2)" -> gradient.sumOfSquares();
      default -> throw Golden.notCovered("gradient penalty " + formula);
    };
  }

  private static String penalty(String formula) {
    return formula.split("; ")[0];
  }

  private static Tensor normalized(Tensor x) {
    return x.sub(x.mean(true, -1)).div(x.variance(true, -1).add(1e-3).sqrt());
  }
}
