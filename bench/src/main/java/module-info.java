/// JMH benchmarks of the kernels, the operations and whole training steps.
module taut.bench {
  requires java.desktop;
  requires jdk.incubator.vector;
  requires jdk.jfr;
  requires jmh.core;
  requires org.knowm.xchart;
  requires taut.training;
  requires static org.jspecify;
}
