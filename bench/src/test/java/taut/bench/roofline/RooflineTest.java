package taut.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import taut.core.inspect.Profile;

class RooflineTest {
  /// The kernels that are one operation, whose arithmetic the operation itself counts.
  @ParameterizedTest
  @EnumSource(
      names = {
        "MATMUL_64",
        "MATMUL_DENSE",
        "MATMUL_SHALLOW",
        "MATVEC",
        "CONVOLUTION_1",
        "CONVOLUTION_32",
        "CONVOLUTION_KERNEL",
        "CONVOLUTION_INPUT",
        "ROW_SUMS",
        "COLUMN_SUMS"
      })
  void countsWhatAProfileCounts(HotKernel kernel) {
    Profile.Row row = profile(kernel);
    assertEquals((double) row.flops(), kernel.workload().flops());
    // The profile counts the result of a sum as well, which is next to nothing.
    assertEquals((double) row.bytes(), kernel.workload().bytes(), 1e-3 * row.bytes());
  }

  /// A profile does not know what a function costs inside.
  @ParameterizedTest
  @EnumSource(names = {"EXP", "TANH", "BIAS"})
  void countsTheTrafficThatAProfileCounts(HotKernel kernel) {
    assertEquals((double) profile(kernel).bytes(), kernel.workload().bytes(), 1e-3 * 4096 * 2048);
  }

  private static Profile.Row profile(HotKernel kernel) {
    var call = kernel.workload().prepare().get();
    try (Profile profile = Profile.start()) {
      assertNotNull(call.get());
      assertEquals(1, profile.rows().size(), profile::toString);
      assertEquals(1, profile.rows().getFirst().count());
      return profile.rows().getFirst();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLimitDoesSomething(Limit limit) {
    assertNotNull(limit.workload().prepare().get().get());
    assertTrue(limit.workload().flops() + limit.workload().bytes() > 0);
  }

  @Test
  void theLoopsOfTheLimitsComputeWhatTheySay() {
    float[] x = new float[256];
    float[] y = new float[256];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
      y[i] = 2;
    }
    assertEquals(255 * 128, LimitLoops.read(x));
    assertEquals(200, LimitLoops.copy(x, new float[256])[200]);
    assertEquals(106, LimitLoops.triad(x, y, new float[256])[100]);
    // s = s / 2 + 1 tends to 2, in every lane of every chain.
    assertEquals(LimitLoops.flops(1), LimitLoops.multiplyAdds(100, 1));
  }

  @Test
  void theRoofIsTheLesserOfBothLimits() {
    Roof roof = new Roof(100, 80, 20);
    assertEquals(20, roof.at(1));
    assertEquals(100, roof.at(5));
    assertEquals(100, roof.at(50));
  }

  @Test
  void theTableSaysHowMuchOfTheRoofIsReached() {
    Map<HotKernel, Measurement> kernels = new EnumMap<>(HotKernel.class);
    Workload sum = HotKernel.SUM.workload();
    kernels.put(HotKernel.SUM, new Measurement("sum", sum, sum.bytes() / 10));
    String table = RooflineTable.markdown(limits(), kernels);
    assertTrue(table.contains("| reading | 5.0 | 20.0 |"), table);
    assertTrue(table.contains("| sum | 0.25 | 2.5 | 10.0 | 50 % |"), table);
    assertThrows(IllegalArgumentException.class, () -> RooflineTable.markdown(Map.of(), kernels));
  }

  private static Map<Limit, Measurement> limits() {
    Map<Limit, Measurement> limits = new EnumMap<>(Limit.class);
    limits.put(
        Limit.MULTIPLY_ADD, new Measurement("arithmetic", new Workload(100, 0, () -> null), 1));
    limits.put(Limit.READ_NEAR, new Measurement("near", new Workload(20, 80, () -> null), 1));
    limits.put(Limit.READ, new Measurement("reading", new Workload(5, 20, () -> null), 1));
    for (Limit limit : List.of(Limit.COPY, Limit.UPDATE, Limit.TRIAD)) {
      limits.put(limit, new Measurement("less", new Workload(0, 19, () -> null), 1));
    }
    return limits;
  }

  @Test
  void labelsKeepOffEachOtherAndOffPoints() {
    Rectangle2D area = new Rectangle2D.Double(0, 0, 400, 300);
    LabelPlacement placement = new LabelPlacement(area);
    Point2D point = new Point2D.Double(200, 150);
    placement.avoid(point, 4);
    List<Rectangle2D> boxes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Rectangle2D box = placement.place(point, 90, 14);
      assertTrue(area.contains(box));
      assertFalse(box.contains(point));
      assertTrue(boxes.stream().noneMatch(box::intersects), "label " + i);
      boxes.add(box);
    }
    assertThrows(IllegalStateException.class, () -> placement.place(point, 500, 14));
  }

  @Test
  void drawsAPictureOfEveryKernel(@TempDir Path folder) throws Exception {
    Map<HotKernel, Measurement> kernels = new EnumMap<>(HotKernel.class);
    for (HotKernel kernel : HotKernel.values()) {
      Workload workload = kernel.workload();
      double rate = Math.min(50, 10 * workload.flops() / workload.bytes());
      kernels.put(kernel, new Measurement(kernel.label(), workload, workload.flops() / rate));
    }
    Path file = RooflineChart.of(limits(), kernels).save(folder.resolve("new/roofline.png"));
    assertEquals(1500, ImageIO.read(file.toFile()).getWidth());
    assertTrue(Files.size(file) < 150_000, () -> "bytes: " + file.toFile().length());
  }
}
