package taut.training.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import taut.core.DType;
import taut.core.Shape;
import taut.training.Dataset;

class FashionMnistTest {
  private static final String PROPERTY = "taut.fashion-mnist";

  @TempDir private Path folder;

  @BeforeEach
  void chooseFolder() {
    System.setProperty(PROPERTY, folder.toString());
  }

  @AfterEach
  void forgetFolder() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void readsImagesAndLabels() throws IOException {
    IdxFiles.write(folder, "train", 3, 28, new byte[] {9, 0, 4});
    IdxFiles.write(folder, "t10k", 2, 28, new byte[] {1, 2});
    Dataset train = FashionMnist.train();
    assertEquals(Shape.of(3, 28, 28), train.x().shape());
    assertEquals(DType.FLOAT32, train.x().dtype());
    assertEquals(2 / 255f, train.x().toFloats()[2 * 784]);
    assertEquals(DType.INT32, train.y().dtype());
    assertArrayEquals(new int[] {9, 0, 4}, train.y().toInts());
    assertArrayEquals(new int[] {1, 2}, FashionMnist.test().y().toInts());
  }

  @Test
  void missingFilesAreNamedWithTheRemedy() {
    String message = assertThrows(UncheckedIOException.class, FashionMnist::train).getMessage();
    assertTrue(message.contains("train-images-idx3-ubyte"), message);
    assertTrue(message.contains(folder.toString()), message);
    assertTrue(message.contains("apt-get install dataset-fashion-mnist"), message);
  }

  @Test
  void filesThatDoNotFitAreRefused() throws IOException {
    IdxFiles.write(folder, "train", 3, 28, new byte[] {9, 0});
    checkRefused("3 images");
    IdxFiles.write(folder, "train", 2, 28, new byte[] {9, 10});
    checkRefused("got 10 for image 1");
    IdxFiles.write(folder, "train", 2, 27, new byte[] {9, 1});
    checkRefused("28 × 28");
  }

  private static void checkRefused(String wanted) {
    String message = assertThrows(UncheckedIOException.class, FashionMnist::train).getMessage();
    assertTrue(message.contains(wanted), message);
  }
}
