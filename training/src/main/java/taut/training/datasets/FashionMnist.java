package taut.training.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import taut.core.DType;
import taut.core.FloatStorage;
import taut.core.Shape;
import taut.core.Tensor;
import taut.core.TensorSpec;
import taut.training.Dataset;

/// Fashion-MNIST: 60,000 grey images of clothes to train on and 10,000 to test with, in ten
/// classes.
///
/// From Xiao, Rasul and Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine
/// Learning Algorithms" (2017). A sample is an image `[28, 28]` with values from 0 (background) to
/// 1, a target an INT32 class number.
///
/// The files do not come with Taut. They are looked for in the folder that the system property
/// `taut.fashion-mnist` names; if it is not set, in the folder of the Debian package
/// dataset-fashion-mnist and in `.cache/taut/fashion-mnist` of the home folder; and are then
/// downloaded, with a checksum, into the latter.
public final class FashionMnist {
  /// What the class numbers mean.
  public static final List<String> CLASS_NAMES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /// Height and width of an image.
  public static final int SIDE = 28;

  private static final PublishedFile TRAIN_IMAGES =
      new PublishedFile(
          "train-images-idx3-ubyte",
          47_040_016,
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888");
  private static final PublishedFile TRAIN_LABELS =
      new PublishedFile(
          "train-labels-idx1-ubyte",
          60_008,
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");
  private static final PublishedFile TEST_IMAGES =
      new PublishedFile(
          "t10k-images-idx3-ubyte",
          7_840_016,
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b");
  private static final PublishedFile TEST_LABELS =
      new PublishedFile(
          "t10k-labels-idx1-ubyte",
          10_008,
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private FashionMnist() {}

  /// Reads the training images.
  ///
  /// @throws UncheckedIOException if the files cannot be had or are damaged; the message says what
  ///   was tried and what to do
  public static Dataset train() {
    return read(TRAIN_IMAGES, TRAIN_LABELS);
  }

  /// Reads the test images.
  ///
  /// @throws UncheckedIOException if the files cannot be had or are damaged; the message says what
  ///   was tried and what to do
  public static Dataset test() {
    return read(TEST_IMAGES, TEST_LABELS);
  }

  private static DataFolders folders() {
    return new DataFolders(
        "taut.fashion-mnist",
        Path.of("/usr/share/datasets/fashion-mnist"),
        Path.of(System.getProperty("user.home"), ".cache", "taut", "fashion-mnist"),
        URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        "Install it (Debian, Ubuntu: apt-get install dataset-fashion-mnist), or put the four files"
            + " into a folder and name it with -Dtaut.fashion-mnist=FOLDER.");
  }

  private static Dataset read(PublishedFile imageFile, PublishedFile labelFile) {
    DataFolders folders = folders();
    Path imagePath = folders.find(imageFile);
    Path labelPath = folders.find(labelFile);
    try {
      Idx images = Idx.read(imagePath, 3);
      Idx labels = Idx.read(labelPath, 1);
      check(images, imagePath, labels, labelPath);
      return Dataset.of(pixels(images), classes(labels));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void check(Idx images, Path imagePath, Idx labels, Path labelPath)
      throws IOException {
    int[] dims = images.dims();
    if (dims[1] != SIDE || dims[2] != SIDE) {
      throw new IOException(
          imagePath + ": wants images of 28 × 28 pixels, got " + Arrays.toString(dims));
    }
    if (dims[0] != labels.dims()[0]) {
      throw new IOException(
          imagePath
              + " has "
              + dims[0]
              + " images, "
              + labelPath
              + " has "
              + labels.dims()[0]
              + " labels");
    }
    for (int i = 0; i < labels.bytes().length; i++) {
      if ((labels.bytes()[i] & 0xFF) >= CLASS_NAMES.size()) {
        throw new IOException(
            labelPath
                + ": wants labels from 0 to 9, got "
                + (labels.bytes()[i] & 0xFF)
                + " for image "
                + i);
      }
    }
  }

  private static Tensor pixels(Idx images) {
    byte[] bytes = images.bytes();
    Tensor result = Tensor.allocate(new TensorSpec(Shape.of(images.dims()), DType.FLOAT32));
    FloatStorage storage = (FloatStorage) result.storage();
    float[] array = storage.array();
    for (int i = 0; i < bytes.length; i++) {
      array[storage.offset() + i] = (bytes[i] & 0xFF) / 255f;
    }
    return result;
  }

  private static Tensor classes(Idx labels) {
    int[] classes = new int[labels.bytes().length];
    Arrays.setAll(classes, i -> labels.bytes()[i] & 0xFF);
    return Tensor.of(Shape.of(classes.length), classes);
  }
}
