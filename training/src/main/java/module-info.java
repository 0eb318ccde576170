/// Models and how they are trained, watched, plotted and saved.
module taut.training {
  requires transitive taut.autodiff;
  requires transitive taut.core;
  requires transitive taut.layers;
  requires transitive taut.optim;
  requires transitive taut.regularizers;
  requires com.fasterxml.jackson.databind;
  requires java.desktop;
  requires java.net.http;
  requires me.tongfei.progressbar;
  requires org.knowm.xchart;
  requires VectorGraphics2D;
  requires static org.jspecify;

  exports taut.training;
  exports taut.training.datasets;
  exports taut.training.files;
  exports taut.training.plots;
}
