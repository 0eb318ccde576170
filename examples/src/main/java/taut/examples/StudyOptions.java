package taut.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/// The options that all studies have.
final class StudyOptions {
  private static final int QUICK_SEEDS = 1;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often to go through the training data; each study has its own default.")
  private Optional<Integer> epochs = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "The first seed; the same seed gives the same numbers (default: 1).")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds to repeat the study with; each study has its own default.")
  private Optional<Integer> seeds = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where to save the pictures (default: out/STUDY).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--quick",
      description = "A few epochs with one seed, to see that everything works.")
  private boolean quick;

  /// Returns the number of epochs: what was asked for, or one of these.
  int epochs(int full, int quick) {
    return epochs.orElse(this.quick ? quick : full);
  }

  /// Returns the seeds: as many as were asked for, or as this says.
  ///
  /// @throws IllegalArgumentException if less than one was asked for
  List<Long> seeds(int full) {
    int count = seeds.orElse(quick ? QUICK_SEEDS : full);
    if (count < 1) {
      throw new IllegalArgumentException("--seeds must be 1 or more, got " + count);
    }
    return LongStream.range(seed, seed + count).boxed().toList();
  }

  /// Returns the folder for a study's pictures.
  Path folder(String study) {
    return out.orElse(Path.of("out", study));
  }
}
