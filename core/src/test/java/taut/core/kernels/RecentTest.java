package taut.core.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/// What was made of late.
class RecentTest {
  private final Recent<Integer, String> texts = new Recent<>();

  @Test
  void makesOnceForEqualKeys() {
    String seven = texts.get(1007, key -> "number " + key);
    assertEquals("number 1007", seven);
    assertSame(seven, texts.get(1007, key -> "another"));
  }

  @Test
  void makesAgainWhatHadToGiveWay() {
    String first = texts.get(0, key -> "number " + key);
    for (int key = 0; key < 10_000; key++) {
      assertEquals("number " + key, texts.get(key, k -> "number " + k));
    }
    String again = texts.get(0, key -> "number " + key);
    assertEquals(first, again);
    assertNotSame(first, again);
  }
}
