/// Layers, initializers, activations and constraints.
module taut.layers {
  requires transitive taut.autodiff;
  requires transitive taut.core;
  requires transitive taut.regularizers;
  requires static org.jspecify;

  exports taut.layers;
}
