package taut.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An equation for [Einsum], read and checked: every axis of every operand has a name of one
/// character, and names alike have sizes alike.
///
/// The axes of an ellipsis get names that no letter is, the last axis the first of them. One that
/// broadcasts from size 1 is left out of its operand, which means the same.
///
/// @param operands the operands with the names of their axes
/// @param output the names of the result's axes
record EinsumEquation(List<Einsum.Named> operands, String output) {
  private static final String TERM = "[a-zA-Z]*(\\.\\.\\.[a-zA-Z]*)?";
  private static final Pattern FORM = Pattern.compile("%1$s(,%1$s)*(->%1$s)?".formatted(TERM));
  private static final String ELLIPSIS = "...";
  private static final char FIRST_UNNAMED = 128;

  static EinsumEquation of(String equation, Tensor... operands) {
    String text = equation.replace(" ", "");
    String[] sides = text.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (!FORM.matcher(text).matches() || terms.length != operands.length) {
      throw new IllegalArgumentException(
          "einsum: '"
              + equation
              + "' does not name the axes of "
              + operands.length
              + " operands by letters");
    }
    int[] unnamed = new int[terms.length];
    for (int i = 0; i < terms.length; i++) {
      unnamed[i] = unnamed(equation, terms[i], operands[i].spec());
    }
    int[] sizes = unnamedSizes(equation, terms, unnamed, operands);
    List<Einsum.Named> named = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      named.add(squeezed(terms[i], unnamed[i], sizes, operands[i]));
    }
    String right = sides.length == 2 ? sides[1] : implied(sides[0]);
    if (sizes.length > 0 && !right.contains(ELLIPSIS)) {
      throw new IllegalArgumentException(
          "einsum: the result of '"
              + equation
              + "' must have an ellipsis too: that of the operands stands for "
              + sizes.length
              + " axes");
    }
    String output = right.replace(ELLIPSIS, names(sizes.length));
    check(equation, named, right, output);
    return new EinsumEquation(List.copyOf(named), output);
  }

  /// Returns how many axes of an operand the ellipsis stands for.
  private static int unnamed(String equation, String term, TensorSpec operand) {
    int letters = term.replace(ELLIPSIS, "").length();
    int rest = operand.shape().rank() - letters;
    if (rest < 0 || (rest > 0 && !term.contains(ELLIPSIS))) {
      throw new IllegalArgumentException(
          "einsum: '"
              + term
              + "' in '"
              + equation
              + "' names "
              + letters
              + " axes, the operand is "
              + operand);
    }
    return rest;
  }

  /// Returns the sizes to which the axes without a name broadcast, the last one first.
  private static int[] unnamedSizes(
      String equation, String[] terms, int[] unnamed, Tensor... operands) {
    int[] sizes = new int[Arrays.stream(unnamed).max().orElse(0)];
    Arrays.fill(sizes, 1);
    for (int i = 0; i < operands.length; i++) {
      int start = start(terms[i]);
      for (int j = 0; j < unnamed[i]; j++) {
        int size = operands[i].dim(start + unnamed[i] - 1 - j);
        if (sizes[j] != 1 && size != 1 && sizes[j] != size) {
          throw new IllegalArgumentException(
              "einsum: the axes of the ellipsis in '"
                  + equation
                  + "' do not broadcast: "
                  + sizes[j]
                  + " ≠ "
                  + size
                  + " at axis -"
                  + (j + 1));
        }
        sizes[j] = size == 1 ? sizes[j] : size;
      }
    }
    return sizes;
  }

  private static int start(String term) {
    return Math.max(0, term.indexOf(ELLIPSIS));
  }

  private static Einsum.Named squeezed(String term, int unnamed, int[] sizes, Tensor operand) {
    StringBuilder axes = new StringBuilder(term.replace(ELLIPSIS, names(unnamed)));
    Tensor tensor = operand;
    for (int j = 0; j < unnamed; j++) {
      int axis = start(term) + unnamed - 1 - j;
      if (tensor.dim(axis) == 1 && sizes[j] != 1) {
        tensor = tensor.squeeze(axis);
        axes.deleteCharAt(axis);
      }
    }
    return new Einsum.Named(axes.toString(), tensor);
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = count - 1; i >= 0; i--) {
      names.append((char) (FIRST_UNNAMED + i));
    }
    return names.toString();
  }

  private static String implied(String inputs) {
    String once =
        inputs
            .chars()
            .filter(c -> Character.isLetter(c) && inputs.indexOf(c) == inputs.lastIndexOf(c))
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return inputs.contains(ELLIPSIS) ? ELLIPSIS + once : once;
  }

  private static void check(
      String equation, List<Einsum.Named> operands, String right, String output) {
    int most = operands.stream().mapToInt(x -> x.axes().length()).max().orElse(0);
    int[] sizes = new int[FIRST_UNNAMED + Math.max(most, output.length())];
    Arrays.fill(sizes, -1);
    for (Einsum.Named operand : operands) {
      for (int j = 0; j < operand.axes().length(); j++) {
        char letter = operand.axes().charAt(j);
        int size = operand.tensor().dim(j);
        if (sizes[letter] >= 0 && sizes[letter] != size) {
          throw new IllegalArgumentException(
              "einsum: axis '"
                  + letter
                  + "' in '"
                  + equation
                  + "' has sizes "
                  + sizes[letter]
                  + " and "
                  + size);
        }
        sizes[letter] = size;
      }
    }
    boolean twice = output.chars().distinct().count() < output.length();
    if (twice || output.chars().anyMatch(letter -> sizes[letter] < 0)) {
      throw new IllegalArgumentException(
          "einsum: the result '"
              + right
              + "' of '"
              + equation
              + "' must name axes of the operands, each once");
    }
  }
}
