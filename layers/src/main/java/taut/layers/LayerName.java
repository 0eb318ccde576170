package taut.layers;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The name of a layer, and how the layers inside a container come by names that differ.
///
/// A layer that nobody has named is called after its class: `dense`. A container calls the next one
/// `dense_1`, and so on. When a container that is itself inside another one is built, its name goes
/// before those of its layers: `encoder/dense`.
final class LayerName {
  private final String ofClass;
  private String text;

  /// Whether the user chose the name, or variables carry it already, so that containers must leave
  /// it as it is.
  private boolean isSettled;

  /// Whether the layer is inside a container that was built.
  private boolean isInside;

  LayerName(Class<?> type) {
    String simple = type.getSimpleName().replaceAll("(?<=.)Layer$", "");
    ofClass =
        simple.isEmpty()
            ? "layer"
            : simple
                .replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
                .toLowerCase(Locale.ROOT);
    text = ofClass;
  }

  /// Sets the name the user chose.
  void choose(String name) {
    text = name;
    isSettled = true;
  }

  /// Keeps the name as it is from now on.
  void settle() {
    isSettled = true;
  }

  /// Makes the names of the layers inside one container differ.
  ///
  /// @throws IllegalArgumentException if two of them are settled and equal
  static void apart(Set<Layer> layers) {
    Set<String> taken = new HashSet<>();
    for (Layer layer : layers) {
      LayerName name = layer.layerName();
      if (name.isSettled && !taken.add(name.text)) {
        throw new IllegalArgumentException(
            "two layers are named '"
                + name
                + "'; name one of them otherwise, with named(…) before"
                + " it is built");
      }
    }
    for (Layer layer : layers) {
      LayerName name = layer.layerName();
      if (!name.isSettled) {
        name.text = name.ofClass;
        for (int i = 1; !taken.add(name.text); i++) {
          name.text = name.ofClass + "_" + i;
        }
      }
    }
  }

  /// Settles the names of the layers inside the container of this name, which is being built.
  void enclose(Set<Layer> layers) {
    apart(layers);
    for (Layer layer : layers) {
      LayerName name = layer.layerName();
      if (!layer.isBuilt() && !name.isInside) {
        name.text = isInside ? text + "/" + name.text : name.text;
        name.isInside = true;
        name.isSettled = true;
      }
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
