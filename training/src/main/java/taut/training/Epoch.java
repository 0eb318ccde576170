package taut.training;

import java.util.Optional;

/// What one epoch brought.
///
/// The training scores are means over the epoch's batches while the weights changed, as in Keras;
/// the validation scores are those of the weights at the epoch's end. So in the first epochs
/// validation usually looks better.
///
/// @param number the epoch, counted from 1
/// @param train the scores on the training data
/// @param validation the scores on the validation data, if there are any
/// @param seconds how long it took, validation included
/// @param peakBytes the most memory that the FLOAT32 tensors of a training step took at one time,
///   beside weights and optimizer; 0 where nobody measured it
public record Epoch(
    int number, Scores train, Optional<Scores> validation, double seconds, long peakBytes) {}
