package taut.training.plots;

import java.awt.Font;

/// The sizes of letters in a figure, in units of which a PNG has two pixels.
final class Type {
  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 20);
  static final Font PANEL_TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font STRONG_TEXT = new Font(Font.SANS_SERIF, Font.BOLD, 14);
  static final Font TICKS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private Type() {}
}
