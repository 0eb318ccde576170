/// Runnable studies on real data.
module taut.examples {
  requires info.picocli;
  requires taut.training;
  requires static org.jspecify;

  opens taut.examples to
      info.picocli;
}
