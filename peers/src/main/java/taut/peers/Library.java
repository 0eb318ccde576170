package taut.peers;

import java.util.function.IntFunction;

/// The libraries, in the order of the table's columns.
enum Library {
  MKL("MKL", BlasPeer::mkl),
  OPENBLAS("OpenBLAS", BlasPeer::openBlas),
  PYTORCH("PyTorch (DJL)", TorchPeer::new),
  TENSORFLOW("TF Java", TensorFlowPeer::new),
  DL4J("ND4J, DL4J", Nd4jPeer::new);

  private final String title;
  private final IntFunction<Peer> start;

  Library(String title, IntFunction<Peer> start) {
    this.title = title;
    this.start = start;
  }

  /// Returns the name that readers know.
  String title() {
    return title;
  }

  /// Loads the library into this JVM and gives it so many threads.
  Peer start(int threads) {
    return start.apply(threads);
  }
}
