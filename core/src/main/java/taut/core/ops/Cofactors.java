package taut.core.ops;

import java.util.Arrays;
import taut.core.Op;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;

/// Computes the cofactors of square matrices [..., n, n]: Cᵢⱼ is (-1)ⁱ⁺ʲ times the determinant of
/// what is left of A without row i and column j. C is the derivative of the determinant, and det A
/// · A⁻ᵀ where there is an inverse.
///
/// The derivatives of small matrices and of singular ones are made of the cofactors of their n²
/// minors, which takes n⁵ steps and n⁴ numbers; those of other matrices come from the inverse,
/// which takes n³ steps and loses digits where the matrix is nearly singular.
public enum Cofactors implements Op {
  /// The op; it has no attributes.
  INSTANCE;

  /// Up to this size the derivatives come from the minors.
  private static final int SMALL = 4;

  @Override
  public String label() {
    return "cofactors";
  }

  @Override
  public TensorSpec infer(TensorSpec... inputs) {
    return Matrices.checkSquare(label(), inputs[0]);
  }

  @Override
  public Tensor run(TensorSpec spec, Tensor... inputs) {
    int n = spec.shape().dim(-1);
    return Matrices.map(spec, inputs[0], matrix -> new LuFactors(matrix, n).cofactors(matrix));
  }

  /// With Y = A⁻ᵀ: dC = C · tr(A⁻¹·dA) - C·dAᵀ·Y, and so the cotangent of A is C · Σ G∘Y - C·Gᵀ·Y.
  @Override
  public Tensor vjp(int input, Tensor[] inputs, Tensor output, Tensor cotangent) {
    Tensor a = inputs[0];
    if (wantsMinors(a)) {
      return spread(ofMinors(a).mul(signed(cotangent)), a);
    }
    Tensor y = Matrices.transpose(Inverse.INSTANCE.apply(a));
    Tensor mixed = output.matmul(cotangent, false, true).matmul(y);
    return output.mul(cotangent.mul(y).sum(true, -2, -1)).sub(mixed);
  }

  @Override
  public Tensor jvp(int input, Tensor[] inputs, Tensor output, Tensor tangent) {
    Tensor a = inputs[0];
    if (wantsMinors(a)) {
      Tensor slopes = ofMinors(a).mul(minors(tangent)).sum(-2, -1);
      return slopes.mul(signs(a));
    }
    Tensor y = Matrices.transpose(Inverse.INSTANCE.apply(a));
    Tensor mixed = output.matmul(tangent, false, true).matmul(y);
    return output.mul(tangent.mul(y).sum(true, -2, -1)).sub(mixed);
  }

  private static boolean wantsMinors(Tensor a) {
    int n = a.dim(-1);
    if (n <= SMALL) {
      return n > 0;
    }
    double[] elements = a.toDoubles();
    for (int i = 0; i < elements.length; i += n * n) {
      if (new LuFactors(Arrays.copyOfRange(elements, i, i + n * n), n).isSingular()) {
        return true;
      }
    }
    return false;
  }

  private static Tensor ofMinors(Tensor a) {
    return INSTANCE.apply(minors(a));
  }

  /// Returns [..., n, n, n-1, n-1]: at i, j the matrix without row i and column j.
  private static Tensor minors(Tensor a) {
    return a.reshape(flat(a)).gather(places(a.dim(-1)), -1);
  }

  /// The adjoint of [#minors].
  private static Tensor spread(Tensor minors, Tensor a) {
    Shape flat = flat(a);
    return minors.scatterAdd(places(a.dim(-1)), flat, -1).reshape(a.shape());
  }

  private static Shape flat(Tensor a) {
    int n = a.dim(-1);
    return a.shape().reduced(new int[] {a.rank() - 1}, false).with(-1, n * n);
  }

  /// Returns where in a matrix the elements of its minors stand, [n, n, n-1, n-1].
  private static Tensor places(int n) {
    int[] places = new int[n * n * (n - 1) * (n - 1)];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n - 1; k++) {
          for (int l = 0; l < n - 1; l++) {
            places[next++] = (k < i ? k : k + 1) * n + (l < j ? l : l + 1);
          }
        }
      }
    }
    return Tensor.of(Shape.of(n, n, n - 1, n - 1), places);
  }

  private static Tensor signed(Tensor x) {
    return x.mul(signs(x)).expandDims(-1).expandDims(-1);
  }

  /// Returns the matrix of (-1)ⁱ⁺ʲ.
  private static Tensor signs(Tensor like) {
    int n = like.dim(-1);
    double[] signs = new double[n * n];
    Arrays.setAll(signs, i -> (i / n + i % n) % 2 == 0 ? 1 : -1);
    return Tensor.of(Shape.of(n, n), signs).cast(like.dtype());
  }
}
