package taut.layers;

import taut.core.RandomStream;
import taut.core.Shape;
import taut.core.Tensor;
import taut.layers.VarianceScaling.Distribution;
import taut.layers.VarianceScaling.Fan;

/// The initializers that need no setting, with Keras's meanings; the ones with settings are the
/// records that they are made of.
public enum Initializers implements Initializer {
  /// Zeros.
  ZEROS(new Constant(0)),
  /// Ones.
  ONES(new Constant(1)),
  /// Uniform with variance 2 / (inputs + outputs) (Glorot and Bengio 2010); what layers use for
  /// kernels unless told otherwise.
  GLOROT_UNIFORM(new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM)),
  /// Truncated normal with variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
  GLOROT_NORMAL(new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL)),
  /// Uniform with variance 2 / inputs, for rectifiers (He et al. 2015).
  HE_UNIFORM(new VarianceScaling(2, Fan.IN, Distribution.UNIFORM)),
  /// Truncated normal with variance 2 / inputs, for rectifiers (He et al. 2015).
  HE_NORMAL(new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL)),
  /// Uniform with variance 1 / inputs (LeCun et al. 1998).
  LECUN_UNIFORM(new VarianceScaling(1, Fan.IN, Distribution.UNIFORM)),
  /// Truncated normal with variance 1 / inputs (LeCun et al. 1998), for SELU (Klambauer et al.
  /// 2017).
  LECUN_NORMAL(new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL));

  private final Initializer made;

  Initializers(Initializer made) {
    this.made = made;
  }

  /// Returns the record that does the work, which says what the numbers are.
  public Initializer definition() {
    return made;
  }

  @Override
  public Tensor initialize(Shape shape, RandomStream random) {
    return made.initialize(shape, random);
  }
}
