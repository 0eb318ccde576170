/// Automatic differentiation: the tape and what can be asked of it.
module taut.autodiff {
  requires transitive taut.core;
  requires static org.jspecify;

  exports taut.autodiff;
}
