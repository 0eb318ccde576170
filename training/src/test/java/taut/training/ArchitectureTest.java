package taut.training;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Proves what the pictures in the documentation claim: which module uses which, and that the
/// kernels keep away from the slow corners of the Vector API.
///
/// Both tests read the compiled classes of every library module and fail when they saw none.
class ArchitectureTest {

  /// What a module may use besides itself. Not even the module system says this much: a module may
  /// also read what another one passes on with `requires transitive`.
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "core", Set.of(),
          "autodiff", Set.of("core"),
          "regularizers", Set.of("core", "autodiff"),
          "optim", Set.of("core", "autodiff", "regularizers"),
          "layers", Set.of("core", "autodiff", "regularizers"),
          "training", Set.of("core", "autodiff", "regularizers", "optim", "layers"));

  /// Libraries that each module may use; `core` has none.
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          "core", Set.of(),
          "autodiff", Set.of(),
          "regularizers", Set.of(),
          "optim", Set.of(),
          "layers", Set.of(),
          "training",
              Set.of(
                  "com.fasterxml.jackson",
                  "org.knowm.xchart",
                  "de.erichseifert.vectorgraphics2d",
                  "me.tongfei.progressbar"));

  private static final String VECTOR_API = "jdk.incubator.vector";

  /// Functions that become a library call on some machines and one scalar call for each lane on the
  /// others: slow there, and not the same bits everywhere. `VectorMath` has our own polynomials.
  private static final Set<String> SLOW_OPERATORS =
      Set.of(
          "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "ATAN2", "SINH", "COSH", "TANH", "EXP",
          "EXPM1", "LOG", "LOG10", "LOG1P", "POW", "CBRT", "HYPOT");

  /// Methods that fall back to a plain loop over boxed lanes on a CPU without the one instruction
  /// for them, or that build an array or a shuffle for every call; and `reduceLanes`, which adds in
  /// another order once it is compiled, so that a run would not repeat itself.
  private static final Set<String> SLOW_METHODS =
      Set.of(
          "reduceLanes",
          "compress",
          "expand",
          "withLane",
          "selectFrom",
          "toArray",
          "toIntArray",
          "toLongArray",
          "toDoubleArray",
          "toShuffle",
          "toVector");

  /// Class and method that may do so all the same, with the reason.
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "RowReduce.minimum", "the least of some numbers does not depend on the order",
          "RowReduce.maximum", "the greatest of some numbers does not depend on the order",
          "SoftmaxRow.maximum", "the greatest of some numbers does not depend on the order",
          "BlockTranspose.<clinit>", "blocks of eight; nothing of them is carried by a loop");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    List<Location> places = new ArrayList<>();
    for (String module : MAY_USE.keySet()) {
      ModuleLayer.boot()
          .configuration()
          .findModule("taut." + module)
          .flatMap(resolved -> resolved.reference().location())
          .map(place -> place.getPath().endsWith(".jar") ? "jar:" + place + "!/" : place.toString())
          .map(place -> Location.of(URI.create(place)))
          .ifPresent(places::add);
    }
    assertEquals(MAY_USE.size(), places.size(), "every module is on the module path: " + places);
    classes = new ClassFileImporter().importLocations(places);
  }

  @Test
  void modulesUseOnlyModulesBelowThem() {
    Set<String> wrong = new TreeSet<>();
    Map<String, Integer> seen = new TreeMap<>();
    for (JavaClass type : classes) {
      String module = moduleOf(type);
      seen.merge(module, 1, Integer::sum);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!target.isPrimitive() && !mayUse(module, target)) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertEquals(MAY_USE.keySet(), seen.keySet(), "modules with classes, of those that there are");
    assertTrue(wrong.isEmpty(), () -> "wrong arrows:\n" + String.join("\n", wrong));
  }

  @Test
  void kernelsAvoidSlowVectorCalls() {
    Set<String> wrong = new TreeSet<>();
    Set<String> excused = new HashSet<>();
    int seen = 0;
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        AccessTarget target = access.getTarget();
        if (!target.getOwner().getPackageName().equals(VECTOR_API)) {
          continue;
        }
        seen++;
        String origin = type.getSimpleName() + "." + access.getOrigin().getName();
        if (isSlow(access) && EXCEPTIONS.containsKey(origin)) {
          excused.add(origin);
        } else if (isSlow(access)) {
          wrong.add(access.getDescription());
        }
      }
    }
    assertTrue(seen > 0, "no call of the Vector API was seen");
    assertTrue(wrong.isEmpty(), () -> "slow Vector API calls:\n" + String.join("\n", wrong));
    assertEquals(EXCEPTIONS.keySet(), excused, "exceptions that are still needed");
  }

  private static boolean mayUse(String module, JavaClass target) {
    String name = target.getPackageName();
    if (name.startsWith("taut.")) {
      return moduleOf(target).equals(module) || MAY_USE.get(module).contains(moduleOf(target));
    }
    return name.startsWith("java.")
        || name.startsWith("javax.")
        || name.equals("com.sun.management") // of the JDK: what a thread has allocated
        || name.equals("org.jspecify.annotations")
        || (name.equals(VECTOR_API) && module.equals("core"))
        || LIBRARIES.get(module).stream().anyMatch(name::startsWith);
  }

  private static boolean isSlow(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    if (access instanceof JavaFieldAccess) {
      boolean operator = target.getOwner().getSimpleName().equals("VectorOperators");
      return isOtherSpecies(target) || (operator && SLOW_OPERATORS.contains(target.getName()));
    }
    return SLOW_METHODS.contains(target.getName()) || isGatherOrScatter(target);
  }

  /// Tells a vector length of its own: all kernels share the type profiles of the API's methods,
  /// and where these see two classes of vectors, C2 may box those that a loop carries.
  private static boolean isOtherSpecies(AccessTarget target) {
    return target.getOwner().getSimpleName().equals("FloatVector")
        && target.getName().startsWith("SPECIES_")
        && !target.getName().equals("SPECIES_PREFERRED");
  }

  /// Tells the overloads that take an index for every lane from those that read a run of elements.
  private static boolean isGatherOrScatter(AccessTarget target) {
    return (target.getName().equals("fromArray") || target.getName().equals("intoArray"))
        && target instanceof AccessTarget.CodeUnitCallTarget call
        && call.getRawParameterTypes().stream()
            .map(JavaClass::getName)
            .collect(joining(","))
            .contains("int,[I,int");
  }

  private static String moduleOf(JavaClass type) {
    return type.getPackageName().split("\\.")[1];
  }
}
