package taut.autodiff;

import taut.core.Recorder;

/// Whose tape it is and what may be done with it: it records, pauses, has given its one gradient,
/// or is closed.
final class TapeState {
  private enum Phase {
    RECORDING,
    STOPPED,
    USED,
    CLOSED
  }

  private final Thread owner = Thread.currentThread();
  private final Tape tape;
  private Phase phase;

  /// Where among the thread's recorders the tape belongs while it does not record.
  private int place;

  /// Makes the state of a tape that records from now on.
  TapeState(Tape tape) {
    this.tape = tape;
    this.phase = Phase.RECORDING;
    Recorder.start(tape);
  }

  /// Stops recording if the tape records, and returns whether it did.
  boolean pause() {
    if (phase != Phase.RECORDING) {
      return false;
    }
    place = Recorder.stop(tape);
    phase = Phase.STOPPED;
    return true;
  }

  /// Goes on recording after a pause, if nothing in the pause has used the tape up.
  ///
  /// @param paused what [#pause] returned
  void resume(boolean paused) {
    if (paused && phase == Phase.STOPPED) {
      start();
    }
  }

  /// Goes on below the recorders that were started after this tape, so that it hears what they do:
  /// it can differentiate their derivatives still.
  private void start() {
    Recorder.start(tape, place);
    phase = Phase.RECORDING;
  }

  /// Says that the tape has given its one gradient.
  void use() {
    phase = Phase.USED;
  }

  /// Makes a tape that was used record again.
  void renew() {
    if (phase == Phase.USED) {
      start();
    }
  }

  /// Closes the tape and returns whether it was open.
  boolean close() {
    if (phase == Phase.CLOSED) {
      return false;
    }
    check("close");
    Recorder.stop(tape);
    phase = Phase.CLOSED;
    return true;
  }

  /// Fails for a call after the one gradient, or where [#check] fails.
  void checkUnused(String call) {
    check(call);
    if (phase == Phase.USED) {
      throw new IllegalStateException(
          "tape: "
              + call
              + " after it gave its one gradient; make it with Option.PERSISTENT for more, or"
              + " reset it");
    }
  }

  /// Fails for a call on another thread or after the end.
  void check(String call) {
    if (Thread.currentThread() != owner) {
      throw new IllegalStateException(
          "tape: "
              + call
              + " on thread '"
              + Thread.currentThread().getName()
              + "', but the tape belongs to '"
              + owner.getName()
              + "'");
    }
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException("tape: " + call + " after the tape was closed");
    }
  }
}
