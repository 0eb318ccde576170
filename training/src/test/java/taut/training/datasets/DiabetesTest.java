package taut.training.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import taut.core.Shape;
import taut.training.Dataset;

class DiabetesTest {
  @Test
  void rawValuesAreAsMeasured() {
    Dataset data = Diabetes.raw();
    assertEquals(Shape.of(442, 10), data.x().shape());
    assertEquals(Shape.of(442, 1), data.y().shape());
    float[] x = data.x().toFloats();
    assertEquals(59, x[0]);
    assertEquals(32.1f, x[2]);
    assertEquals(87, x[9]);
    assertEquals(151, data.y().toFloats()[0]);
  }

  @Test
  void featuresAreNamed() {
    assertEquals(
        List.of("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"),
        Diabetes.features());
  }

  @Test
  void loadScalesAsScikitLearnDoes() {
    Dataset data = Diabetes.load();
    float[] x = data.x().toFloats();
    // The first patient's values as load_diabetes() gives them.
    double[] wanted = {
      0.038075906433423026,
      0.05068011873981862,
      0.061696206518683294,
      0.0218723855140367,
      -0.04422349842444599,
      -0.03482076283769895,
      -0.04340084565202491,
      -0.002592261998183278,
      0.019907486170462722,
      -0.01764612515980379
    };
    for (int j = 0; j < wanted.length; j++) {
      assertEquals(wanted[j], x[j], 1e-8);
    }
    for (int j = 0; j < 10; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 442; i++) {
        sum += x[i * 10 + j];
        squares += x[i * 10 + j] * (double) x[i * 10 + j];
      }
      assertEquals(0, sum, 1e-6);
      assertEquals(1, squares, 1e-6);
    }
    assertEquals(151, data.y().toFloats()[0]);
  }
}
