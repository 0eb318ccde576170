import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/// Checks that all types, methods and fields a user can see have a documentation comment.
///
/// The compiler's doclint reads what the comments say; this finds those that are not there. (The
/// `missing` group of doclint would also want a tag for every parameter.)
final class Documentation extends TreePathScanner<Void, CompilationUnitTree> {

  private final Path root;
  private final DocTrees trees;
  private final TreeSet<String> missing = new TreeSet<>();
  private int seen;

  private Documentation(Path root, DocTrees trees) {
    this.root = root;
    this.trees = trees;
  }

  public static void main(String[] arguments) throws IOException {
    var root = Path.of(arguments[0]);
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var files = manager.getJavaFileObjectsFromPaths(sources(root));
      var task = (JavacTask) compiler.getTask(null, manager, null, null, null, files);
      var scanner = new Documentation(root, DocTrees.instance(task));
      task.parse().forEach(unit -> scanner.scan(unit, unit));
      System.exit(scanner.report());
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(
              file -> root.relativize(file).toString().matches("[a-z]+/src/main/java/.*\\.java"))
          .toList();
    }
  }

  @Override
  public Void visitClass(ClassTree type, CompilationUnitTree unit) {
    if (!visible(type.getModifiers(), getCurrentPath())) {
      return null; // and so is nothing inside it
    }
    check(type.getSimpleName(), type, unit);
    return super.visitClass(type, unit);
  }

  @Override
  public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
    boolean overrides =
        method.getModifiers().getAnnotations().stream()
            .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
    if (visible(method.getModifiers(), getCurrentPath()) && !overrides) {
      check(method.getName(), method, unit);
    }
    return null;
  }

  @Override
  public Void visitVariable(VariableTree field, CompilationUnitTree unit) {
    // A record's components and an enum's constants are told by their type's comment.
    boolean constant = trees.getSourcePositions().getEndPosition(unit, field.getType()) < 0;
    if (visible(field.getModifiers(), getCurrentPath()) && !constant) {
      check(field.getName(), field, unit);
    }
    return null;
  }

  private static boolean visible(ModifiersTree modifiers, TreePath path) {
    var flags = modifiers.getFlags();
    boolean inInterface =
        path.getParentPath().getLeaf() instanceof ClassTree parent
            && (parent.getKind() == Tree.Kind.INTERFACE
                || parent.getKind() == Tree.Kind.ANNOTATION_TYPE);
    return flags.contains(Modifier.PUBLIC)
        || flags.contains(Modifier.PROTECTED)
        || (inInterface && !flags.contains(Modifier.PRIVATE));
  }

  private void check(CharSequence name, Tree tree, CompilationUnitTree unit) {
    seen++;
    String comment = trees.getDocComment(getCurrentPath());
    if (comment == null || comment.isBlank()) {
      long line =
          unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
      Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
      missing.add(file + ":" + line + ": " + name + " has no documentation comment");
    }
  }

  private int report() {
    missing.forEach(System.err::println);
    if (seen == 0) {
      System.err.println("documentation: found nothing to look at");
    }
    return seen > 0 && missing.isEmpty() ? 0 : 1;
  }
}
