/// Optimizers, learning-rate schedules, gradient clipping and weight averaging.
module taut.optim {
  requires transitive taut.autodiff;
  requires transitive taut.core;
  requires transitive taut.regularizers;
  requires static org.jspecify;

  exports taut.optim;
}
