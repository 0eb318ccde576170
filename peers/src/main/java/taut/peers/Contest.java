package taut.peers;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A work that Taut and its peers are compared in: one row of the table.
///
/// @param title what readers call it
/// @param exercise what the peers do, as [Exercise] reads it
/// @param benchmark Taut's benchmark of the same work, class and method
/// @param parameters the values of that benchmark's parameters
/// @param libraries who takes part, the fastest known first
/// @param wanted the ratio that Taut is to reach
record Contest(
    String title,
    String exercise,
    String benchmark,
    Map<String, String> parameters,
    List<Library> libraries,
    Optional<Wanted> wanted) {

  /// How many times faster than a rival Taut is to be.
  ///
  /// @param ratio the rival's time divided by Taut's
  /// @param rival the library, or nothing where it is the fastest
  record Wanted(double ratio, Optional<Library> rival) {
    static Wanted ofFastest(double ratio) {
      return new Wanted(ratio, Optional.empty());
    }

    static Wanted of(Library rival, double ratio) {
      return new Wanted(ratio, Optional.of(rival));
    }
  }
}
