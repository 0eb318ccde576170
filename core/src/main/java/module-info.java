/// Tensors, operations as data, and the kernels that compute them.
module taut.core {
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.management;
  requires static org.jspecify;

  exports taut.core;
  exports taut.core.inspect;
  exports taut.core.io;
  exports taut.core.kernels;
  exports taut.core.ops;
}
