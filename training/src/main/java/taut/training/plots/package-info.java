/// Figures: learning curves, decision boundaries and pictures of images, saved as PNG or SVG.
///
/// Colours are those of Okabe and Ito, "Color Universal Design" (2008), which people with any kind
/// of colour vision can tell apart.
@NullMarked
package taut.training.plots;

import org.jspecify.annotations.NullMarked;
