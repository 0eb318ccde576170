package taut.layers;

import taut.autodiff.Variable;
import taut.regularizers.Regularizer;

/// A variable of a layer and what was agreed about it when it was made.
///
/// @param variable the variable
/// @param regularizer its penalty
/// @param constraint what holds for it after each step of training
/// @param trainable whether it is trained unless its layer is frozen
record Weight(
    Variable variable, Regularizer regularizer, Constraint constraint, boolean trainable) {}
