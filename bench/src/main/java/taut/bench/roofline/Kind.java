package taut.bench.roofline;

import java.awt.Color;

/// The groups of kernels, each in its own colour of Okabe and Ito's.
enum Kind {
  PRODUCT("matrix products", new Color(0x0072B2)),
  CONVOLUTION("convolutions", new Color(0x009E73)),
  FUNCTION("functions and softmax", new Color(0xE69F00)),
  REDUCTION("sums", new Color(0xD55E00)),
  UPDATE("penalties, updates, bias", new Color(0xCC79A7));

  private final String label;
  private final Color color;

  Kind(String label, Color color) {
    this.label = label;
    this.color = color;
  }

  String label() {
    return label;
  }

  Color color() {
    return color;
  }
}
