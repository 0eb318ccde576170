package taut.peers;

/// An exercise that a library has been made ready for, to be done again and again.
interface Task {
  /// Does it once, and returns something that depends on it.
  Object run();

  /// Does it once, or as often as the exercise says, and returns all that came out. Called before
  /// the first [#run()].
  float[] result();
}
