package taut.training;

import taut.core.Tensor;

/// Makes one number of the losses of the samples.
public enum LossReduction {
  /// The sum divided by the number of samples, weights or not: what training uses.
  MEAN {
    @Override
    Tensor of(Tensor losses) {
      return losses.rank() == 0 ? losses : losses.mean();
    }

    @Override
    Tensor of(Tensor losses, Tensor weights) {
      return SampleWeights.apply(losses, weights).mean();
    }
  },

  /// The sum.
  SUM {
    @Override
    Tensor of(Tensor losses) {
      return losses.sum();
    }

    @Override
    Tensor of(Tensor losses, Tensor weights) {
      return SampleWeights.apply(losses, weights).sum();
    }
  },

  /// The sum divided by the sum of the weights; 0 if the weights sum to 0.
  WEIGHTED_MEAN {
    @Override
    Tensor of(Tensor losses) {
      return MEAN.of(losses);
    }

    @Override
    Tensor of(Tensor losses, Tensor weights) {
      Tensor sum = SampleWeights.apply(losses, weights).sum();
      Tensor total = weights.cast(losses.dtype()).sum();
      return total.item() == 0 ? sum.mul(0) : sum.div(total);
    }
  };

  abstract Tensor of(Tensor losses);

  abstract Tensor of(Tensor losses, Tensor weights);
}
