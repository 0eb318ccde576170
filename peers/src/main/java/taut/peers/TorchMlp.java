package taut.peers;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An MLP on PyTorch.
final class TorchMlp {
  private final Mlp mlp;
  private final PtNDArray x;
  private final PtNDArray y;
  private final PtNDArray kernelPenalty;
  private final PtNDArray activityPenalty;
  private final int layers;

  private TorchMlp(TorchPeer torch, Mlp mlp) {
    this.mlp = mlp;
    layers = mlp.layers();
    x = torch.array(mlp.x(), mlp.batch(), mlp.inputs()[0]);
    y =
        mlp.objective() == Mlp.Objective.CLASSES
            ? torch.classes(mlp.y())
            : torch.array(mlp.y(), mlp.batch(), 1);
    kernelPenalty = torch.scalar(mlp.kernelPenalty());
    activityPenalty = torch.scalar(mlp.activityPenalty() / mlp.batch());
  }

  static Task steps(TorchPeer torch, Mlp mlp) {
    List<PtNDArray> parameters = new ArrayList<>();
    for (int i = 0; i < mlp.layers(); i++) {
      parameters.add(
          torch.array(
              transposed(mlp.kernels().get(i), mlp.inputs()[i], mlp.outputs()[i]),
              mlp.outputs()[i],
              mlp.inputs()[i]));
      parameters.add(torch.array(mlp.biases().get(i), mlp.outputs()[i]));
    }
    TorchOptimizer optimizer = new TorchOptimizer(torch, parameters, mlp.adam(), mlp.rate());
    return new TorchSteps(torch, optimizer, new TorchMlp(torch, mlp)::loss);
  }

  /// Returns the transpose of a matrix, row by row.
  static float[] transposed(float[] matrix, int rows, int columns) {
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[j * rows + i] = matrix[i * columns + j];
      }
    }
    return result;
  }

  private PtNDArray loss(List<PtNDArray> leaves) {
    PtNDArray h = x;
    PtNDArray penalties = null;
    for (int i = 0; i < layers; i++) {
      PtNDArray kernel = leaves.get(2 * i);
      h = JniUtils.linear(h, kernel, leaves.get(2 * i + 1));
      if (i < layers - 1) {
        h = JniUtils.relu(h);
      }
      if (i < mlp.penalizedKernels()) {
        PtNDArray flat = JniUtils.flatten(kernel, 0, 1);
        penalties = plus(penalties, JniUtils.mul(JniUtils.dot(flat, flat), kernelPenalty));
      }
      if (i == 0 && mlp.activityPenalty() > 0) {
        PtNDArray norm = JniUtils.norm(h, 1, new int[] {0, 1}, false);
        penalties = plus(penalties, JniUtils.mul(norm, activityPenalty));
      }
    }
    return plus(penalties, objective(h));
  }

  private PtNDArray objective(PtNDArray h) {
    return switch (mlp.objective()) {
      case CLASSES -> TorchPeer.crossEntropy(h, y);
      case BINARY -> JniUtils.mean(JniUtils.sub(JniUtils.softPlus(h), JniUtils.mul(h, y)));
      case SQUARES -> JniUtils.mean(JniUtils.square(JniUtils.sub(h, y)));
    };
  }

  private static PtNDArray plus(@Nullable PtNDArray sum, PtNDArray summand) {
    return sum == null ? summand : JniUtils.add(sum, summand);
  }
}
