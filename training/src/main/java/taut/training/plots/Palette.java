package taut.training.plots;

import java.awt.Color;

/// The colours of all figures: those of Okabe and Ito, and a few greys.
final class Palette {
  static final Color BLUE = new Color(0x0072B2);
  static final Color VERMILLION = new Color(0xD55E00);
  static final Color ORANGE = new Color(0xE69F00);

  static final Color INK = new Color(0x222222);
  static final Color QUIET_INK = new Color(0x666666);
  static final Color FRAME = new Color(0x999999);
  static final Color GRID = new Color(0xE4E4E4);
  static final Color PAPER = Color.WHITE;

  private Palette() {}

  /// Mixes two colours: all of the first at share 0, all of the second at 1.
  static Color mix(Color first, Color second, double share) {
    return new Color(
        mix(first.getRed(), second.getRed(), share),
        mix(first.getGreen(), second.getGreen(), share),
        mix(first.getBlue(), second.getBlue(), share));
  }

  private static int mix(int first, int second, double share) {
    return (int) Math.round(first + (second - first) * share);
  }
}
