package taut.core.kernels;

import taut.core.BooleanStorage;
import taut.core.FloatStorage;
import taut.core.IntStorage;
import taut.core.Storage;
import taut.core.ops.Binary;
import taut.core.ops.Comparison;
import taut.core.ops.Reduction;
import taut.core.ops.Unary;

/// What runs: SIMD loops for FLOAT32, the reference for every other element type and for the
/// kernels that have no SIMD form.
final class VectorKernels implements Kernels {
  private final Kernels reference = new ReferenceKernels();

  @Override
  public void unary(Unary function, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      VectorUnary.apply(function, xs.array(), xs.offset(), os.array(), os.offset(), os.length());
    } else {
      reference.unary(function, x, out);
    }
  }

  @Override
  public void binary(Binary function, Storage a, Storage b, Storage out, Broadcast plan) {
    if (a instanceof FloatStorage as
        && b instanceof FloatStorage bs
        && out instanceof FloatStorage os) {
      BroadcastOperand left = BroadcastOperand.of(as, plan.stepA(), SpareVectors.HELD_FIRST);
      BroadcastOperand right = BroadcastOperand.of(bs, plan.stepB(), SpareVectors.HELD_SECOND);
      VectorBroadcast.apply(function, left, right, os.array(), os.offset(), os.length(), plan);
    } else {
      reference.binary(function, a, b, out, plan);
    }
  }

  @Override
  public void compare(Comparison question, Storage a, Storage b, Storage out, Broadcast plan) {
    if (a instanceof FloatStorage as
        && b instanceof FloatStorage bs
        && out instanceof BooleanStorage os) {
      BroadcastOperand left = BroadcastOperand.of(as, plan.stepA(), SpareVectors.HELD_FIRST);
      BroadcastOperand right = BroadcastOperand.of(bs, plan.stepB(), SpareVectors.HELD_SECOND);
      plan.forEachRow((i, j, o) ->
          VectorCompare.apply(
              question,
              left.array(),
              left.start(i),
              left.step(),
              right.array(),
              right.start(j),
              right.step(),
              os.array(),
              o,
              plan.length()));
    } else if (a instanceof BooleanStorage as
        && b instanceof BooleanStorage bs
        && out instanceof BooleanStorage os) {
      plan.forEachRow((i, j, o) ->
          VectorCompare.apply(
              question,
              as.array(),
              i,
              plan.stepA(),
              bs.array(),
              j,
              plan.stepB(),
              os.array(),
              o,
              plan.length()));
    } else {
      reference.compare(question, a, b, out, plan);
    }
  }

  @Override
  public void where(Storage condition, Storage a, Storage b, Storage out) {
    if (condition instanceof BooleanStorage cs
        && a instanceof FloatStorage as
        && b instanceof FloatStorage bs
        && out instanceof FloatStorage os) {
      BroadcastOperand yes = BroadcastOperand.of(as, 1, SpareVectors.HELD_FIRST);
      BroadcastOperand no = BroadcastOperand.of(bs, 1, SpareVectors.HELD_SECOND);
      VectorSelect.where(
          cs.array(),
          0,
          yes.array(),
          yes.start(0),
          yes.step(),
          no.array(),
          no.start(0),
          no.step(),
          os.array(),
          os.offset(),
          os.length());
    } else {
      reference.where(condition, a, b, out);
    }
  }

  @Override
  public void clip(double low, double high, Storage x, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      VectorSelect.clip(
          (float) low, (float) high, xs.array(), xs.offset(), os.array(), os.offset(), os.length());
    } else {
      reference.clip(low, high, x, out);
    }
  }

  @Override
  public void biasActivation(Unary function, Storage x, Storage bias, Storage out) {
    if (x instanceof FloatStorage xs
        && bias instanceof FloatStorage bs
        && out instanceof FloatStorage os) {
      VectorBias.activate(function, xs, bs, os);
    } else {
      reference.biasActivation(function, x, bias, out);
    }
  }

  @Override
  public void biasActivationGradients(
      Binary slope, Storage c, Storage y, Storage dx, Storage dbias) {
    if (c instanceof FloatStorage cs
        && y instanceof FloatStorage ys
        && dx instanceof FloatStorage xs
        && dbias instanceof FloatStorage bs) {
      VectorBias.gradients(slope, cs, ys, xs, bs);
    } else {
      reference.biasActivationGradients(slope, c, y, dx, dbias);
    }
  }

  @Override
  public void reduce(Reduction kind, Storage x, Storage out, int outer, int count, int inner) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      VectorReduce.apply(
          kind, xs.array(), xs.offset(), os.array(), os.offset(), outer, count, inner);
    } else {
      reference.reduce(kind, x, out, outer, count, inner);
    }
  }

  @Override
  public void matmul(
      int m,
      int n,
      int k,
      Storage a,
      int aStart,
      boolean transposeA,
      Storage b,
      int bStart,
      boolean transposeB,
      Storage out,
      int outStart,
      boolean add) {
    if (a instanceof FloatStorage as
        && b instanceof FloatStorage bs
        && out instanceof FloatStorage os) {
      VectorMatMul.multiply(
          m,
          n,
          k,
          as.array(),
          as.offset() + aStart,
          transposeA,
          bs.array(),
          bs.offset() + bStart,
          transposeB,
          os.array(),
          os.offset() + outStart,
          add);
    } else {
      reference.matmul(m, n, k, a, aStart, transposeA, b, bStart, transposeB, out, outStart, add);
    }
  }

  @Override
  public void softmax(Storage x, Storage out, int rows, int classes) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      VectorSoftmax.softmax(xs.array(), xs.offset(), os.array(), os.offset(), rows, classes);
    } else {
      reference.softmax(x, out, rows, classes);
    }
  }

  @Override
  public void logSoftmax(Storage x, Storage out, int rows, int classes) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      VectorSoftmax.logSoftmax(xs.array(), xs.offset(), os.array(), os.offset(), rows, classes);
    } else {
      reference.logSoftmax(x, out, rows, classes);
    }
  }

  @Override
  public void softmaxGradient(Storage c, Storage y, Storage out, int rows, int classes) {
    if (c instanceof FloatStorage cs
        && y instanceof FloatStorage ys
        && out instanceof FloatStorage os) {
      VectorSoftmax.softmaxGradient(
          cs.array(), cs.offset(), ys.array(), ys.offset(), os.array(), os.offset(), rows, classes);
    } else {
      reference.softmaxGradient(c, y, out, rows, classes);
    }
  }

  @Override
  public void crossEntropy(Storage logits, Storage targets, Storage out, int rows, int classes) {
    if (logits instanceof FloatStorage xs
        && targets instanceof FloatStorage ts
        && out instanceof FloatStorage os) {
      VectorCrossEntropy.loss(
          xs.array(), xs.offset(), ts.array(), ts.offset(), os.array(), os.offset(), rows, classes);
    } else {
      reference.crossEntropy(logits, targets, out, rows, classes);
    }
  }

  @Override
  public void crossEntropyGradient(
      Storage logits, Storage targets, Storage c, Storage out, int rows, int classes) {
    if (logits instanceof FloatStorage xs
        && targets instanceof FloatStorage ts
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      VectorCrossEntropy.lossGradient(
          xs.array(),
          xs.offset(),
          ts.array(),
          ts.offset(),
          cs.array(),
          cs.offset(),
          os.array(),
          os.offset(),
          rows,
          classes);
    } else {
      reference.crossEntropyGradient(logits, targets, c, out, rows, classes);
    }
  }

  @Override
  public void sparseCrossEntropy(
      Storage logits, Storage labels, Storage out, int rows, int classes) {
    if (logits instanceof FloatStorage xs
        && labels instanceof IntStorage ls
        && out instanceof FloatStorage os) {
      VectorCrossEntropy.sparseLoss(
          xs.array(), xs.offset(), ls.array(), 0, os.array(), os.offset(), rows, classes);
    } else {
      reference.sparseCrossEntropy(logits, labels, out, rows, classes);
    }
  }

  @Override
  public void sparseCrossEntropyGradient(
      Storage logits, Storage labels, Storage c, Storage out, int rows, int classes) {
    if (logits instanceof FloatStorage xs
        && labels instanceof IntStorage ls
        && c instanceof FloatStorage cs
        && out instanceof FloatStorage os) {
      VectorCrossEntropy.sparseLossGradient(
          xs.array(),
          xs.offset(),
          ls.array(),
          0,
          cs.array(),
          cs.offset(),
          os.array(),
          os.offset(),
          rows,
          classes);
    } else {
      reference.sparseCrossEntropyGradient(logits, labels, c, out, rows, classes);
    }
  }

  /// Of element types other than FLOAT32, runs that are contiguous are copied whole.
  @Override
  public void copy(Storage x, Walk walk, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      new VectorCopy(walk).gather(xs.array(), xs.offset(), os.array(), os.offset());
      return;
    }
    walk.forEachRun((start, stride, position, length) -> {
      if (stride == 1) {
        out.copyFrom(x, start, position, length);
      } else {
        for (int i = 0; i < length; i++) {
          out.set(position + i, x.get(start + i * stride));
        }
      }
    });
  }

  @Override
  public void scatter(Storage x, Walk walk, Storage out) {
    if (x instanceof FloatStorage xs && out instanceof FloatStorage os) {
      new VectorCopy(walk).scatter(xs.array(), xs.offset(), os.array(), os.offset());
      return;
    }
    walk.forEachRun((start, stride, position, length) -> {
      if (stride == 1) {
        out.copyFrom(x, position, start, length);
      } else {
        for (int i = 0; i < length; i++) {
          out.set(start + i * stride, x.get(position + i));
        }
      }
    });
  }

  @Override
  public void addInPlace(Storage x, Storage sum) {
    if (x instanceof FloatStorage xs && sum instanceof FloatStorage ss) {
      VectorUpdate.add(xs.array(), xs.offset(), ss.array(), ss.offset(), ss.length());
    } else {
      reference.addInPlace(x, sum);
    }
  }
}
