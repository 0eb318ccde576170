package taut.autodiff;

import java.util.ArrayList;
import java.util.List;
import taut.core.Tensor;
import taut.core.ops.Gru;
import taut.core.ops.Lstm;
import taut.core.ops.SimpleRnn;

/// The cases of operations over time.
final class RecurrentCases {
  private RecurrentCases() {}

  static List<OpCase> all() {
    Draw draw = new Draw(6);
    List<OpCase> cases = new ArrayList<>();
    int[][] sizes = {{1, 1, 1}, {3, 2, 3}, {2, 17, 1}, {2, 1, 17}, {0, 2, 3}, {2, 0, 3}, {2, 3, 0}};
    for (int[] size : sizes) {
      int units = size[2];
      Tensor z = draw.any(size[0], size[1], 4 * units);
      Tensor u = draw.any(units, 4 * units);
      cases.add(OpCase.of(z.shape().toString(), new Lstm(), z, u));
      cases.add(OpCase.of(z.shape() + " + bias", new Lstm(), z, u, draw.any(4 * units)));
    }
    for (int[] size : sizes) {
      int units = size[2];
      Tensor x = draw.any(size[0], size[1], 3 * units);
      Tensor u = draw.any(units, 3 * units);
      cases.add(OpCase.of(x.shape().toString(), new Gru(), x, u));
      cases.add(OpCase.of(x.shape() + " + bias", new Gru(), x, u, draw.any(2, 3 * units)));
    }
    for (int[] size : sizes) {
      Tensor z = draw.any(size);
      Tensor u = draw.any(size[2], size[2]);
      cases.add(OpCase.of(z.shape().toString(), new SimpleRnn(), z, u));
      cases.add(OpCase.of(z.shape() + " + bias", new SimpleRnn(), z, u, draw.any(size[2])));
    }
    return cases;
  }
}
