package taut.training.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The other layers against Keras, in FLOAT32 and FLOAT64.
class LayersGoldenTest {
  @TestFactory
  Stream<DynamicTest> normalization() {
    return Golden.tests("layers_norm", LayerCase::run);
  }

  @TestFactory
  Stream<DynamicTest> shape() {
    return Golden.tests("layers_shape", LayerCase::run);
  }

  @TestFactory
  Stream<DynamicTest> convolution() {
    return Golden.tests("layers_conv", LayerCase::run);
  }

  @TestFactory
  Stream<DynamicTest> pooling() {
    return Golden.tests("layers_pooling", LayerCase::run);
  }

  @TestFactory
  Stream<DynamicTest> recurrent() {
    return Golden.tests("layers_rnn", LayerCase::run);
  }
}
