package taut.core.inspect;

import java.util.Set;

/// Finds the line of the user's code that asked for an operation.
public final class Caller {
  /// The packages of Taut's modules; examples and benchmarks are user code.
  private static final Set<String> OURS =
      Set.of(
          "taut.core",
          "taut.autodiff",
          "taut.regularizers",
          "taut.layers",
          "taut.optim",
          "taut.training");

  private Caller() {}

  /// Returns file and line of the first frame that is not the engine's, such as `Study.java:42`.
  ///
  /// It walks the stack, which takes longer than a small operation.
  public static String line() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("unknown"));
  }

  /// Returns whether a class is the engine's or the JDK's. Tests are users too, though they live in
  /// the engine's packages and, patched into its modules, in its modules: their names tell.
  static boolean isOurs(String className) {
    if (className.startsWith("java.")) {
      return true;
    }
    int nested = className.indexOf('$');
    String topLevel = nested < 0 ? className : className.substring(0, nested);
    return !topLevel.endsWith("Test")
        && OURS.stream().anyMatch(module -> topLevel.startsWith(module + "."));
  }
}
