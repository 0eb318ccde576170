package taut.training.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Dense layers against Keras, with every activation and every kind of regularizer, in FLOAT32 and
/// FLOAT64.
class DenseGoldenTest {
  @TestFactory
  Stream<DynamicTest> dense() {
    return Golden.tests("layers_dense", LayerCase::run);
  }
}
