package taut.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import taut.core.Op;

/// Walks every op: precision, both derivatives, second order; and fails for an op of the package
/// that has no case.
class OpCatalogueTest {
  private static final List<OpCase> CASES =
      Stream.of(
              ElementwiseCases.all(),
              ReductionCases.all(),
              StructureCases.all(),
              WindowCases.all(),
              MatrixCases.all(),
              CompositeCases.all(),
              RecurrentCases.all())
          .flatMap(List::stream)
          .toList();

  @TestFactory
  Stream<DynamicTest> everyOpIsRightOnEveryCase() {
    List<DynamicTest> tests = new ArrayList<>();
    for (OpCase opCase : CASES) {
      // Of the case alone, so that a new case leaves the numbers of the others as they are.
      long seed = opCase.toString().hashCode();
      tests.add(
          dynamicTest(
              opCase.toString(),
              () -> {
                OpChecks checks = new OpChecks(opCase, seed);
                checks.inference();
                checks.precisions();
                checks.derivatives();
                checks.secondOrder();
              }));
    }
    return tests.stream();
  }

  @Test
  void everyOpOfThePackageHasACase() throws Exception {
    Set<String> ops = new TreeSet<>();
    for (Class<?> type : classesOfPackage()) {
      if (Op.class.isAssignableFrom(type) && !type.isInterface()) {
        ops.add(type.getName());
      }
    }
    Set<String> covered = new TreeSet<>();
    CASES.forEach(c -> covered.add(kind(c.op()).getName()));
    covered.remove(Composite.class.getName());
    assertFalse(ops.isEmpty(), "the scan of the package found no op");
    assertEquals(ops, covered);
  }

  @Test
  void everyConstantOfAnEnumOfOpsHasACase() throws Exception {
    Set<Op> used = CASES.stream().map(OpCase::op).collect(Collectors.toSet());
    List<Object> missing = new ArrayList<>();
    for (Class<?> type : classesOfPackage()) {
      if (Op.class.isAssignableFrom(type) && type.isEnum()) {
        Arrays.stream(type.getEnumConstants()).filter(c -> !used.contains(c)).forEach(missing::add);
      }
    }
    assertEquals(List.of(), missing);
  }

  @AfterAll
  static void count() {
    long kinds = CASES.stream().map(c -> kind(c.op())).distinct().count();
    long labels = CASES.stream().map(c -> c.op().label()).distinct().count();
    System.out.println(
        "op catalogue: "
            + kinds
            + " kinds of op, "
            + labels
            + " functions, "
            + CASES.size()
            + " cases");
  }

  private static Class<?> kind(Op op) {
    return op instanceof Enum<?> constant ? constant.getDeclaringClass() : op.getClass();
  }

  /// Lists the classes beside [Op]'s, from the folder or the archive that it was loaded from.
  private static List<Class<?>> classesOfPackage() throws Exception {
    Path origin = origin();
    if (Files.isDirectory(origin)) {
      return classes(origin.resolve("taut/core/ops"));
    }
    try (FileSystem archive = FileSystems.newFileSystem(origin)) {
      return classes(archive.getPath("taut/core/ops"));
    }
  }

  private static Path origin() throws URISyntaxException {
    return Path.of(Op.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<Class<?>> classes(Path folder) throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          String type = "taut.core.ops." + name.substring(0, name.length() - 6);
          classes.add(Class.forName(type, false, Op.class.getClassLoader()));
        }
      }
    }
    return classes;
  }
}
