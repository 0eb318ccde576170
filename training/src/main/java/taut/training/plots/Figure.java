package taut.training.plots;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/// A picture that can be saved. Needs no screen.
public final class Figure {
  /// How many pixels of a PNG make one unit of length, so that small letters stay sharp.
  private static final int PIXELS_PER_UNIT = 2;

  private final int width;
  private final int height;
  private final Consumer<Graphics2D> painter;

  Figure(int width, int height, Consumer<Graphics2D> painter) {
    this.width = width;
    this.height = height;
    this.painter = painter;
  }

  /// Saves the figure as a PNG file, whose folder is made if it does not exist.
  ///
  /// @return the file
  /// @throws UncheckedIOException if the file cannot be written; an older file of that name is then
  ///   still there
  public Path savePng(Path file) {
    return save(file, out -> ImageIO.write(pixels(), "png", out));
  }

  /// Saves the figure as an SVG file, whose folder is made if it does not exist.
  ///
  /// @return the file
  /// @throws UncheckedIOException if the file cannot be written; an older file of that name is then
  ///   still there
  public Path saveSvg(Path file) {
    return save(file, this::writeSvg);
  }

  private BufferedImage pixels() {
    BufferedImage image =
        new BufferedImage(
            width * PIXELS_PER_UNIT, height * PIXELS_PER_UNIT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    paint(graphics);
    graphics.dispose();
    return image;
  }

  private void writeSvg(OutputStream out) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    paint(graphics);
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(0, 0, width, height))
        .writeTo(svg);
    // The reader's machine may not have the font of ours.
    out.write(
        svg.toString(StandardCharsets.UTF_8)
            .replaceAll("font-family:&quot;([^&]*)&quot;", "font-family:&quot;$1&quot;,sans-serif")
            .getBytes(StandardCharsets.UTF_8));
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(Palette.PAPER);
    graphics.fillRect(0, 0, width, height);
    painter.accept(graphics);
  }

  @FunctionalInterface
  private interface Writer {
    void write(OutputStream out) throws IOException;
  }

  private static Path save(Path file, Writer writer) {
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(target.getParent());
      // Not createTempFile: it makes files that only their owner can read.
      Path temporary = target.resolveSibling(target.getFileName() + ".part");
      try {
        try (OutputStream out = Files.newOutputStream(temporary)) {
          writer.write(out);
        }
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        return file;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("figure: cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
