package taut.core;

/// The counter-based generator Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel Random
/// Numbers: As Easy as 1, 2, 3", SC 2011: ten rounds of multiplications turn a 128-bit counter and
/// a 64-bit key into 128 random bits.
///
/// It has no state to advance: any block can be computed on its own, on any thread, in any order.
public final class Philox {
  /// The number of rounds.
  public static final int ROUNDS = 10;

  /// What the first word is multiplied by, an unsigned number.
  public static final int MULTIPLIER_0 = 0xD2511F53;

  /// What the third word is multiplied by, an unsigned number.
  public static final int MULTIPLIER_1 = 0xCD9E8D57;

  /// What the first half of the key grows by in each round.
  public static final int WEYL_0 = 0x9E3779B9;

  /// What the second half of the key grows by in each round.
  public static final int WEYL_1 = 0xBB67AE85;

  private Philox() {}

  /// Computes one block of four random words.
  ///
  /// @param low the lower half of the counter
  /// @param high the upper half of the counter
  /// @param key the key
  /// @param out takes the four words, from index 0
  public static void block(long low, long high, long key, int[] out) {
    int c0 = (int) low;
    int c1 = (int) (low >>> 32);
    int c2 = (int) high;
    int c3 = (int) (high >>> 32);
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
  }
}
