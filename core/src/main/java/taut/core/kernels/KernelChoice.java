package taut.core.kernels;

/// Chooses the kernels once, and says so where SIMD is missing.
final class KernelChoice {
  static final Kernels ACTIVE = choose();

  private KernelChoice() {}

  private static Kernels choose() {
    // On the class path the incubator module is there only if the user asks for it.
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      return new VectorKernels();
    }
    System.getLogger("taut.core")
        .log(
            System.Logger.Level.WARNING,
            "no SIMD: the module jdk.incubator.vector is not loaded, so the slow reference kernels"
                + " run; start java with --add-modules jdk.incubator.vector, or put taut on the"
                + " module path");
    return new ReferenceKernels();
  }
}
