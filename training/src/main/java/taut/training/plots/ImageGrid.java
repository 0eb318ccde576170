package taut.training.plots;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import taut.core.Tensor;

/// Shows grey images side by side, each with a caption; captions of wrong predictions are red.
public final class ImageGrid {
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 40;
  private static final int IMAGE_SIDE = 140;
  private static final int CELL_WIDTH = 172;
  private static final int CELL_HEIGHT = 200;

  /// What stands under an image.
  ///
  /// @param first the first line
  /// @param second the second line, smaller
  /// @param wrong whether it is shown as wrong
  public record Caption(String first, String second, boolean wrong) {}

  private ImageGrid() {}

  /// Draws images.
  ///
  /// @param title what they are
  /// @param images the images, `[n, height, width]`, from 0 (white) to 1 (black)
  /// @param captions one for each image
  /// @param columns how many images a row has
  /// @throws IllegalArgumentException if the shape is another one, or there are more or fewer
  ///   captions than images
  public static Figure of(String title, Tensor images, List<Caption> captions, int columns) {
    if (images.rank() != 3 || images.dim(0) != captions.size() || columns < 1) {
      throw new IllegalArgumentException(
          "image grid: wants images [n, height, width], n captions and 1 column or more, got "
              + images.spec()
              + ", "
              + captions.size()
              + " captions and "
              + columns
              + " columns");
    }
    int rows = (captions.size() + columns - 1) / columns;
    int width =
        2 * MARGIN
            + Math.max(
                Math.min(columns, captions.size()) * CELL_WIDTH - CELL_WIDTH + IMAGE_SIDE,
                titleWidth(title));
    int height = MARGIN + TITLE_HEIGHT + rows * CELL_HEIGHT + MARGIN / 2;
    return new Figure(width, height, graphics -> paint(graphics, title, images, captions, columns));
  }

  private static int titleWidth(String title) {
    FontRenderContext measure = new FontRenderContext(new AffineTransform(), true, true);
    return (int) Math.ceil(Type.TITLE.getStringBounds(title, measure).getWidth());
  }

  private static void paint(
      Graphics2D graphics, String title, Tensor images, List<Caption> captions, int columns) {
    graphics.setFont(Type.TITLE);
    graphics.setColor(Palette.INK);
    graphics.drawString(title, MARGIN, MARGIN + 18);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
    float[] pixels = images.toFloats();
    for (int i = 0; i < captions.size(); i++) {
      int left = MARGIN + i % columns * CELL_WIDTH;
      int y = MARGIN + TITLE_HEIGHT + i / columns * CELL_HEIGHT;
      BufferedImage image = image(pixels, i, images.dim(1), images.dim(2));
      graphics.drawImage(image, left, y, IMAGE_SIDE, IMAGE_SIDE, null);
      Caption caption = captions.get(i);
      Color frame = caption.wrong ? Palette.VERMILLION : Palette.FRAME;
      graphics.setColor(frame);
      graphics.drawRect(left, y, IMAGE_SIDE, IMAGE_SIDE);
      Color ink = caption.wrong ? Palette.VERMILLION : Palette.INK;
      center(graphics, caption.first, Type.STRONG_TEXT, ink, left, y + IMAGE_SIDE + 20);
      Color quiet = caption.wrong ? Palette.VERMILLION : Palette.QUIET_INK;
      center(graphics, caption.second, Type.TICKS, quiet, left, y + IMAGE_SIDE + 38);
    }
  }

  private static BufferedImage image(float[] pixels, int index, int height, int width) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float value = pixels[(index * height + row) * width + column];
        float grey = 1 - Math.clamp(value, 0f, 1f);
        image.setRGB(column, row, new Color(grey, grey, grey).getRGB());
      }
    }
    return image;
  }

  private static void center(
      Graphics2D graphics, String text, Font font, Color color, int left, int baseline) {
    graphics.setFont(font);
    graphics.setColor(color);
    double width = font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    graphics.drawString(text, (float) (left + (IMAGE_SIDE - width) / 2), baseline);
  }
}
