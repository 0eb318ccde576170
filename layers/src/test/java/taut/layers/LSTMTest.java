package taut.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import taut.core.RandomStream;
import taut.core.Shape;

/// What only this layer has; the rest is in [RecurringTest].
class LSTMTest {
  private static float[] bias(LSTM layer) {
    layer.build(Shape.of(3, 5, 2), RandomStream.of(1));
    return layer.variable("bias").value().toFloats();
  }

  @Test
  void forgetGatesBeginOpen() {
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0, 0, 0}, bias(new LSTM(2)));
    assertArrayEquals(new float[8], bias(new LSTM(2).unitForgetBias(false)));
  }
}
