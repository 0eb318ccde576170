package taut.peers;

import java.util.Optional;

/// A library that Taut is compared with.
interface Peer {
  /// Makes an exercise ready, with all its inputs where the library wants them, or returns nothing
  /// where the library is not compared.
  Optional<Task> prepare(Exercise exercise);
}
