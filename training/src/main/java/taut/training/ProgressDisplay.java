package taut.training;

import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// Shows a training run on standard error: a bar while it works, where there is a terminal, and a
/// line for an epoch that ended.
///
/// Runs of many short epochs have one bar in all and print about twenty lines, evenly spaced.
final class ProgressDisplay implements Callback {
  private static final int LINES = 20;

  @SuppressWarnings("SystemConsoleNull") // It is null where jdk.console is set to java.base.
  private final boolean terminal = System.console() != null && System.console().isTerminal();

  private int epochs;
  private int steps;
  private int done;
  private @Nullable ProgressBar bar;

  @Override
  public void trainingBegins(int epochs, int steps) {
    this.epochs = epochs;
    this.steps = steps;
    this.done = 0;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("fit")
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setInitialMax((long) epochs * steps)
              .setUnit(" steps", 1)
              .setUpdateIntervalMillis(200)
              .build();
    }
  }

  @Override
  public void stepEnds(int step, Supplier<Scores> soFar) {
    ProgressBar current = bar;
    if (current != null) {
      current.stepTo(++done);
      if (step % Math.max(1, steps / 10) == 0) {
        current.setExtraMessage(" " + soFar.get());
      }
    }
  }

  @Override
  public void epochEnds(Epoch epoch) {
    int every = Math.max(1, epochs / LINES);
    if (epoch.number() % every == 0 || epoch.number() == 1 || epoch.number() == epochs) {
      System.err.println(line(epoch));
    }
  }

  private String line(Epoch epoch) {
    String validation = epoch.validation().map(v -> "  | validation: " + v).orElse("");
    return String.format(
        Locale.ROOT,
        "epoch %d/%d  %.2f s  %s%s",
        epoch.number(),
        epochs,
        epoch.seconds(),
        epoch.train(),
        validation);
  }

  @Override
  public void trainingEnds() {
    ProgressBar current = bar;
    if (current != null) {
      current.close();
      bar = null;
    }
  }
}
