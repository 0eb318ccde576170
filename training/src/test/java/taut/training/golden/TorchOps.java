package taut.training.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import taut.core.DType;
import taut.core.LinearAlgebra;
import taut.core.Rearrangements;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.ops.CumulativeProduct;
import taut.core.ops.CumulativeSum;

/// Computes the operations of autodiff_ops.json with Taut's.
final class TorchOps {
  private final JsonNode attrs;
  private final JsonNode named;
  private final List<Tensor> x;

  private TorchOps(JsonNode json, List<Tensor> inputs) {
    this.attrs = json.get("attrs");
    this.named = json.get("int_inputs");
    this.x = inputs;
  }

  /// Returns the output of a case.
  static Tensor apply(JsonNode json, List<Tensor> inputs) {
    TorchOps ops = new TorchOps(json, inputs);
    String op = json.get("op").asText();
    return op.equals("composite")
        ? TorchFormulas.composite(json.get("formula").asText(), inputs)
        : ops.apply(op);
  }

  private Tensor apply(String op) {
    Tensor a = x.getFirst();
    return switch (op) {
      case "add" -> a.add(x.get(1));
      case "subtract" -> a.sub(x.get(1));
      case "multiply" -> a.mul(x.get(1));
      case "divide" -> a.div(x.get(1));
      case "power" -> a.pow(x.get(1));
      case "power_scalar" -> a.pow(attrs.get("exponent").doubleValue());
      case "maximum" -> a.maximum(x.get(1));
      case "minimum" -> a.minimum(x.get(1));
      case "negative" -> a.neg();
      case "square" -> a.square();
      case "sqrt" -> a.sqrt();
      case "rsqrt" -> a.rsqrt();
      case "exp" -> a.exp();
      case "expm1" -> a.expm1();
      case "log" -> a.log();
      case "log1p" -> a.log1p();
      case "sin" -> a.sin();
      case "cos" -> a.cos();
      case "tan" -> a.tan();
      case "tanh" -> a.tanh();
      case "sinh" -> a.sinh();
      case "cosh" -> a.cosh();
      case "asin" -> a.asin();
      case "acos" -> a.acos();
      case "atan" -> a.atan();
      case "erf" -> a.erf();
      case "sigmoid" -> a.sigmoid();
      case "softplus" -> a.softplus();
      case "relu" -> a.relu();
      case "abs" -> a.abs();
      case "reciprocal" -> a.reciprocal();
      case "clip" -> a.clip(attrs.get("lo").doubleValue(), attrs.get("hi").doubleValue());
      case "stop_gradient" -> a.mul(a.stopGradient());
      case "where" -> named("cond").cast(DType.BOOL).where(a, x.get(1));
      default -> reduction(op);
    };
  }

  private Tensor reduction(String op) {
    Tensor a = x.getFirst();
    return switch (op) {
      case "reduce_sum" -> a.sum(keep(), axes());
      case "reduce_mean" -> a.mean(keep(), axes());
      case "reduce_prod" -> a.prod(keep(), axes());
      case "reduce_max" -> a.max(keep(), axes());
      case "reduce_min" -> a.min(keep(), axes());
      case "reduce_variance" -> a.variance(keep(), axes());
      case "reduce_std" -> a.variance(keep(), axes()).sqrt();
      case "logsumexp" -> a.logSumExp(keep(), axes());
      case "l2_norm" -> a.norm(keep(), axes());
      case "softmax" -> lastAxis(a).softmax().transpose(lastAxisOrder(a));
      case "log_softmax" -> lastAxis(a).logSoftmax().transpose(lastAxisOrder(a));
      case "cumsum" -> new CumulativeSum(axis(a), flag("exclusive"), flag("reverse")).apply(a);
      case "cumprod" -> new CumulativeProduct(axis(a), flag("exclusive"), flag("reverse")).apply(a);
      case "matmul" -> product(a, x.get(1), flag("transpose_a"), flag("transpose_b"));
      case "outer" -> a.outer(x.get(1));
      case "trace" -> a.trace();
      case "einsum" ->
          LinearAlgebra.einsum(attrs.get("equation").asText(), x.toArray(Tensor[]::new));
      default -> arrangement(op);
    };
  }

  private Tensor arrangement(String op) {
    Tensor a = x.getFirst();
    return switch (op) {
      case "transpose" -> a.transpose(Golden.ints(attrs.get("perm")));
      case "reshape" -> a.reshape(Golden.ints(attrs.get("shape")));
      case "expand_dims" -> a.expandDims(number("axis"));
      case "squeeze" -> a.squeeze(number("axis"));
      case "broadcast_to" -> a.broadcastTo(Shape.of(Golden.ints(attrs.get("shape"))));
      case "slice" -> attrs.has("index") ? indexed(a) : sliced(a);
      case "concat" -> Rearrangements.concat(number("axis"), parts());
      case "stack" -> Rearrangements.stack(number("axis"), x.toArray(Tensor[]::new));
      case "split" -> split(a);
      case "tile" -> a.tile(Golden.ints(attrs.get("repeats")));
      case "repeat" -> a.repeat(axis(a), number("n"));
      case "flip" -> flip(a);
      case "pad" -> pad(a);
      case "roll" -> a.roll(axis(a), number("shift"));
      case "gather" -> gather(a);
      case "take_along_axis" -> a.takeAlongAxis(named("indices"), axis(a));
      case "tril" -> {
        if (number("k") != 0) {
          throw Golden.notCovered("tril with k");
        }
        yield a.lowerTriangle();
      }
      default -> throw Golden.notCovered(op);
    };
  }

  private Tensor named(String name) {
    return Golden.tensor(named.get(name));
  }

  private int number(String attribute) {
    return attrs.get(attribute).intValue();
  }

  private boolean flag(String attribute) {
    return attrs.path(attribute).asBoolean(false);
  }

  private boolean keep() {
    return flag("keepdims");
  }

  private int[] axes() {
    return Golden.absent(attrs, "axes") ? new int[0] : Golden.ints(attrs.get("axes"));
  }

  private int axis(Tensor a) {
    return a.shape().axis(number("axis"));
  }

  /// The same order leads there and back: it exchanges the axis and the last one.
  private int[] lastAxisOrder(Tensor a) {
    int[] order = IntStream.range(0, a.rank()).toArray();
    order[axis(a)] = a.rank() - 1;
    order[a.rank() - 1] = axis(a);
    return order;
  }

  private Tensor lastAxis(Tensor a) {
    return a.transpose(lastAxisOrder(a));
  }

  /// Multiplies by NumPy's rules: a vector on the left is a row, on the right a column, and that
  /// axis goes away again.
  static Tensor product(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Tensor rows = a.rank() == 1 ? a.expandDims(0) : a;
    Tensor columns = b.rank() == 1 ? b.expandDims(1) : b;
    Tensor product = rows.matmul(columns, transposeA, transposeB);
    product = b.rank() == 1 ? product.squeeze(-1) : product;
    return a.rank() == 1 ? product.squeeze(b.rank() == 1 ? -1 : -2) : product;
  }

  private Tensor[] parts() {
    // The same tensor twice, where the formula says so and there is one input.
    return x.size() > 1
        ? x.toArray(Tensor[]::new)
        : Stream.of(x.getFirst(), x.getFirst()).toArray(Tensor[]::new);
  }

  private Tensor split(Tensor a) {
    int first = attrs.get("sizes").get(0).intValue();
    if (attrs.get("sizes").size() != 2) {
      throw Golden.notCovered("split into other than two");
    }
    Tensor head = a.slice(axis(a), 0, first);
    Tensor tail = a.slice(axis(a), first, a.dim(axis(a)));
    return head.mul(tail.sum());
  }

  private Tensor flip(Tensor a) {
    Tensor result = a;
    for (int axis : axes()) {
      result = result.flip(axis);
    }
    return result;
  }

  private Tensor pad(Tensor a) {
    Tensor result = a;
    for (int axis = 0; axis < a.rank(); axis++) {
      JsonNode padding = attrs.get("paddings").get(axis);
      result = result.pad(axis, padding.get(0).intValue(), padding.get(1).intValue(), 0);
    }
    return result;
  }

  private Tensor gather(Tensor a) {
    Tensor indices = named("indices");
    if (axis(a) == 0) {
      return a.gather(indices);
    }
    if (indices.rank() != 1) {
      throw Golden.notCovered("gather of several axes along an inner axis");
    }
    return a.gather(indices, axis(a));
  }

  private Tensor sliced(Tensor a) {
    Tensor result = a;
    for (int axis = 0; axis < attrs.get("begin").size(); axis++) {
      int step = attrs.get("stride").get(axis).intValue();
      int dim = a.dim(axis);
      int begin = position(attrs.get("begin").get(axis), dim, step > 0 ? 0 : dim - 1);
      int end = position(attrs.get("end").get(axis), dim, step > 0 ? dim : -1);
      result = result.slice(axis, begin, end, step);
    }
    return result;
  }

  private static int position(JsonNode json, int dim, int missing) {
    if (json.isNull()) {
      return missing;
    }
    return json.intValue() < 0 ? json.intValue() + dim : json.intValue();
  }

  private Tensor indexed(Tensor a) {
    Tensor result = a;
    JsonNode index = attrs.get("index");
    for (int axis = index.size() - 1; axis >= 0; axis--) {
      if (!index.get(axis).isNull()) {
        int at = position(index.get(axis), a.dim(axis), 0);
        result = result.slice(axis, at, at + 1).squeeze(axis);
      }
    }
    return result;
  }
}
