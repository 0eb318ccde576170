/// JMH benchmarks of the kernels, the operations and whole training steps.
module taut.bench {
  requires jdk.incubator.vector;
  requires jmh.core;
  requires taut.training;
  requires static org.jspecify;
}
