package taut.core.inspect;

import java.util.Set;

/// Finds the line of the user's code that asked for an operation.
final class Caller {
  private static final Set<String> OURS =
      Set.of("taut.core", "taut.autodiff", "taut.regularizers", "taut.layers", "taut.optim");

  private Caller() {}

  /// Returns file and line of the first frame that is not the engine's, such as `Study.java:42`.
  static String line() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("unknown"));
  }

  private static boolean isOurs(String className) {
    int dot = className.lastIndexOf('.');
    String packageName = dot < 0 ? "" : className.substring(0, dot);
    return OURS.contains(packageName)
        || packageName.startsWith("taut.core.")
        || packageName.startsWith("java.");
  }
}
