package taut.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/// The published test vectors of Random123 (kat_vectors, philox4x32 with 10 rounds).
class PhiloxTest {
  private static void gives(long low, long high, long key, int... words) {
    int[] out = new int[4];
    Philox.block(low, high, key, out);
    assertArrayEquals(words, out);
  }

  @Test
  void zeros() {
    gives(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
  }

  @Test
  void ones() {
    gives(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
  }

  @Test
  void digitsOfPi() {
    gives(
        0x85a308d3243f6a88L,
        0x0370734413198a2eL,
        0x299f31d0a4093822L,
        0xd16cfe09,
        0x94fdcceb,
        0x5001e420,
        0x24126ea1);
  }
}
