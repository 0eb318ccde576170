package taut.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import taut.autodiff.Gradients;
import taut.autodiff.Variable;
import taut.core.Storage;
import taut.core.Tensor;
import taut.core.kernels.StepTerms;
import taut.core.kernels.UpdateKernels;

/// Changes variables so that a loss gets smaller, given its gradients.
///
/// ```java
/// Optimizer optimizer = new Adam(0.001).globalClipNorm(1).weightDecay(0.01);
/// optimizer.apply(tape.gradient(loss, network.trainableVariables()));
/// ```
///
/// One step, in this order, as in Keras: clip the gradients, decay the weights, update, move the
/// averages. The update is in place, one pass over memory for a variable, and appears on no tape.
/// Everything an optimizer remembers belongs to it ([#state]); a variable's state is made when its
/// first gradient arrives. Settings are made before the first step; the settings of one method come
/// before those that all share. An optimizer is for one thread.
public abstract class Optimizer {
  private final Schedule schedule;
  private final Map<Variable, VariableState> states = new LinkedHashMap<>();
  private Clipping clipping = Clipping.NONE;
  private WeightDecay weightDecay = WeightDecay.NONE;
  private double averageMomentum;
  private boolean averages;
  private int overwriteEvery;
  private long steps;

  /// How many variables have been updated in all steps.
  private long updates;

  /// Makes an optimizer with a learning rate for each step.
  protected Optimizer(Schedule schedule) {
    this.schedule = schedule;
  }

  /// What one step is, for one variable.
  ///
  /// @param number the step, counted from 1
  /// @param rate the learning rate
  /// @param terms how weights decay, for [UpdateKernels] or by [StepTerms#moved]
  public record Step(long number, double rate, StepTerms terms) {}

  /// Names the arrays, each of a variable's shape and zero at first, that [#update] remembers.
  protected abstract List<String> slotNames();

  /// Computes the new weights of one variable, in place.
  ///
  /// @param weights what to change: `weights - lost·weights` plus the update
  /// @param gradient the clipped gradient, not to be changed
  /// @param slots the remembered arrays, in the order of [#slotNames]
  protected abstract void update(Storage weights, Storage gradient, List<Storage> slots, Step step);

  /// Tells whether [#update] clips gradients as it reads them, which saves a pass over memory: it
  /// then gets them as they are, and a step's terms say how to clip.
  boolean clipsItself() {
    return false;
  }

  /// Takes one step.
  ///
  /// A variable that has no gradient keeps its value, as does a frozen one. NaN is not stopped: a
  /// gradient that is NaN makes the weight NaN.
  ///
  /// @throws IllegalArgumentException if there is no gradient of a trainable variable at all
  public final void apply(Gradients gradients) {
    double rate = learningRate();
    double scale = clipping.globalScale(gradients);
    long before = updates;
    gradients.forEach((variable, gradient) -> {
      if (variable.isTrainable()) {
        apply(variable, gradient, rate, scale);
        updates++;
      }
    });
    if (updates == before) {
      throw new IllegalArgumentException(
          label()
              + ": wants the gradient of at least one trainable variable, got "
              + (gradients.variables().isEmpty() ? "none" : "gradients of frozen variables only")
              + "; does the loss depend on the weights?");
    }
    steps++;
  }

  private void apply(Variable variable, Tensor gradient, double rate, double scale) {
    VariableState state = states.computeIfAbsent(variable, v -> new VariableState(v, slotNames()));
    StepTerms terms = clipping.terms(gradient, scale, weightDecay.lost(variable, rate));
    Storage read = gradient.storage();
    if (!clipsItself()) {
      read = Clipping.apply(terms, read, state::scratch);
      terms = new StepTerms(1, Double.POSITIVE_INFINITY, terms.lost());
    }
    Storage clipped = read;
    Step step = new Step(steps + 1, rate, terms);
    List<Storage> slots = state.slotsToChange();
    variable.update(
        this,
        weights -> {
          update(weights, clipped, slots, step);
          if (averages) {
            state
                .average()
                .update(average ->
                    UpdateKernels.active().average(average, weights, 1 - averageMomentum));
          }
        });
    if (overwriteEvery > 0 && (steps + 1) % overwriteEvery == 0) {
      state.overwriteWithAverage();
    }
  }

  /// Returns the rate that the next step will have.
  ///
  /// @throws IllegalStateException if the schedule gives a negative, infinite or NaN rate
  public final double learningRate() {
    double rate = schedule.at(steps);
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalStateException(
          label()
              + ": the learning rate must be finite and at least 0, the schedule gives "
              + rate
              + " at step "
              + steps);
    }
    return rate;
  }

  /// Returns the number of steps taken.
  public final long steps() {
    return steps;
  }

  /// Lists what this optimizer remembers, variable by variable in the order of their first
  /// gradients; the names are `variable/slot`, such as `dense/kernel/momentum`.
  public final List<Variable> state() {
    List<Variable> all = new ArrayList<>();
    states.values().forEach(state -> all.addAll(state.list()));
    return all;
  }

  /// Limits the norm of each variable's gradient.
  ///
  /// @throws IllegalStateException after the first step, or if gradients are limited already
  public final Optimizer clipNorm(double limit) {
    return clip(new Clipping(Clipping.Kind.NORM, limit));
  }

  /// Limits the norm of all gradients together, which keeps the direction of the step.
  ///
  /// @throws IllegalStateException after the first step, or if gradients are limited already
  public final Optimizer globalClipNorm(double limit) {
    return clip(new Clipping(Clipping.Kind.GLOBAL_NORM, limit));
  }

  /// Limits each element of the gradients to [-limit, limit].
  ///
  /// @throws IllegalStateException after the first step, or if gradients are limited already
  public final Optimizer clipValue(double limit) {
    return clip(new Clipping(Clipping.Kind.VALUE, limit));
  }

  private Optimizer clip(Clipping wanted) {
    checkNotStarted("clipping");
    if (clipping != Clipping.NONE) {
      throw new IllegalStateException(
          label()
              + ": only one limit of gradients is possible, got "
              + wanted
              + " and "
              + clipping);
    }
    clipping = wanted;
    return this;
  }

  /// Makes weights decay: before each update they lose the share `rate · decay` of themselves.
  ///
  /// Biases and the parameters of normalization, all variables of rank 0 or 1, do not decay. Unlike
  /// L2 regularization this never passes through the gradient.
  ///
  /// @throws IllegalStateException after the first step
  public final Optimizer weightDecay(double decay) {
    return weightDecay(WeightDecay.ofMatrices(decay));
  }

  /// Makes the chosen variables decay; `variable -> true` chooses all, as Keras does by default.
  ///
  /// @throws IllegalStateException after the first step
  public final Optimizer weightDecay(double decay, Predicate<Variable> of) {
    return weightDecay(new WeightDecay(decay, of, "chosen variables"));
  }

  private Optimizer weightDecay(WeightDecay wanted) {
    checkNotStarted("weight decay");
    weightDecay = wanted;
    return this;
  }

  /// Keeps moving averages of the variables, which often generalize better than the last values:
  /// `average = momentum · average + (1 - momentum) · value` after each step, from the value after
  /// the first step on. [#finalizeAverages] puts them in place.
  ///
  /// @throws IllegalStateException after the first step
  public final Optimizer movingAverage(double momentum) {
    checkNotStarted("the moving average");
    averageMomentum = Settings.requireShare(momentum, "moving average");
    averages = true;
    return this;
  }

  /// Keeps moving averages and puts them in place after every so many steps.
  ///
  /// @throws IllegalStateException after the first step
  public final Optimizer movingAverage(double momentum, int overwriteEvery) {
    if (overwriteEvery < 1) {
      throw new IllegalArgumentException(
          "moving average: the steps between overwrites must be 1 or more, got " + overwriteEvery);
    }
    movingAverage(momentum);
    this.overwriteEvery = overwriteEvery;
    return this;
  }

  /// Replaces the variables' values by their moving averages, at the end of training.
  ///
  /// @throws IllegalStateException if no averages are kept
  public final void finalizeAverages() {
    if (!averages) {
      throw new IllegalStateException(
          label() + ": keeps no averages; ask for them with movingAverage(momentum)");
    }
    states.values().forEach(VariableState::overwriteWithAverage);
  }

  /// Fails once a step has been taken: a setting made then would change a run that has begun.
  ///
  /// @param setting what is to be set, for the message
  protected final void checkNotStarted(String setting) {
    if (steps > 0) {
      throw new IllegalStateException(
          label()
              + ": "
              + setting
              + " must be set before the first step; "
              + steps
              + " have been taken");
    }
  }

  /// Lists the settings of the method itself for [#toString], such as `momentum=0.9`.
  protected abstract List<String> settings();

  private String label() {
    return getClass().getSimpleName();
  }

  /// Prints the name and all settings that are not off.
  @Override
  public final String toString() {
    List<String> all = new ArrayList<>();
    all.add("rate=" + schedule);
    all.addAll(settings());
    if (clipping != Clipping.NONE) {
      all.add("clip=" + clipping);
    }
    if (weightDecay.decay() > 0) {
      all.add("weightDecay=" + weightDecay);
    }
    if (averages) {
      all.add("movingAverage=" + averageMomentum);
    }
    return label() + "[" + String.join(", ", all) + "]";
  }
}
