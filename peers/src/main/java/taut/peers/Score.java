package taut.peers;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What a contest gave: Taut's times and those of the libraries that took part.
record Score(Contest contest, int threads, Reading taut, Map<Library, Reading> peers) {
  /// Returns the fastest library, if any finished.
  Optional<Library> fastest() {
    return peers.keySet().stream()
        .min(Comparator.comparingDouble(library -> reading(library).best()));
  }

  /// Returns the library that Taut is to be compared with, if it finished.
  Optional<Library> rival() {
    return contest
        .wanted()
        .flatMap(Contest.Wanted::rival)
        .map(rival -> Optional.of(rival).filter(peers::containsKey))
        .orElseGet(this::fastest);
  }

  /// Returns how many times faster than a library Taut was, best time against best time.
  double ratio(Library library) {
    return reading(library).best() / taut.best();
  }

  /// Returns the same of the medians, which noise moves more.
  double medianRatio(Library library) {
    return reading(library).median() / taut.median();
  }

  private Reading reading(Library library) {
    return Objects.requireNonNull(peers.get(library), () -> library.title() + " was not measured");
  }
}
