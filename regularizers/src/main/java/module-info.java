/// Penalties on weights and activations, and their proximal operators.
module taut.regularizers {
  requires transitive taut.autodiff;
  requires transitive taut.core;
  requires static org.jspecify;

  exports taut.regularizers;
}
