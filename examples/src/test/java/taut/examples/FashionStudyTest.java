package taut.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the study on images made here: each class is a bright bar at its own height, with noise.
class FashionStudyTest {
  private static final String PROPERTY = "taut.fashion-mnist";
  private static final int SIDE = 28;

  @TempDir private Path data;
  @TempDir private Path folder;

  @BeforeEach
  void chooseFolder() {
    System.setProperty(PROPERTY, data.toString());
  }

  @AfterEach
  void forgetFolder() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void learnsAndDraws() throws IOException {
    write("train", 600);
    write("t10k", 100);
    Study study = Study.run("fashion", "--epochs", "8", "--out", folder.toString()).succeeded();
    assertTrue(study.number("none", 8, 3) > 0.3, study.output());
    assertEquals(0, study.number("none", 8, 5));
    assertTrue(study.number("w.square().sum().mul(0.02)", 8, 5) > 0.1, study.output());
    assertTrue(study.number("5", 3, 1) < study.number("1", 3, 1), study.output());
    assertEquals("Trouser", study.row("2", 4).getLast(), study.output());
    study.checkPicture(folder.resolve("predictions.png"));
    study.checkPicture(folder.resolve("curves.png"));
    assertTrue(Files.size(folder.resolve("curves.svg")) > 5_000);
  }

  @Test
  void missingDataSetIsExplained() {
    Study study = Study.run("fashion", "--quick", "--out", folder.toString());
    assertEquals(1, study.code());
    assertTrue(study.errors().startsWith("taut: data set: no "), study.errors());
    assertTrue(study.errors().contains(data.toString()), study.errors());
    assertTrue(study.errors().contains("apt-get install dataset-fashion-mnist"), study.errors());
  }

  private void write(String half, int count) throws IOException {
    Random random = new Random(count);
    try (DataOutputStream images = open(half + "-images-idx3-ubyte");
        DataOutputStream labels = open(half + "-labels-idx1-ubyte")) {
      images.writeInt(0x803);
      images.writeInt(count);
      images.writeInt(SIDE);
      images.writeInt(SIDE);
      labels.writeInt(0x801);
      labels.writeInt(count);
      for (int i = 0; i < count; i++) {
        int label = i % 10;
        labels.writeByte(label);
        for (int row = 0; row < SIDE; row++) {
          for (int column = 0; column < SIDE; column++) {
            boolean bar = row / 2 == label + 2 && column > 3 && column < 24;
            images.writeByte((bar ? 200 : 0) + random.nextInt(50));
          }
        }
      }
    }
  }

  private DataOutputStream open(String name) throws IOException {
    return new DataOutputStream(
        new BufferedOutputStream(Files.newOutputStream(data.resolve(name))));
  }
}
