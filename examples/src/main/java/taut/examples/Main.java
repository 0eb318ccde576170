package taut.examples;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Runs one of the studies: `taut NAME [options]`.
@Command(
    name = "taut",
    description = "Runs one of Taut's studies on real data.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "STUDY",
    subcommands = {CirclesStudy.class, DiabetesStudy.class, FashionStudy.class, TapeStudy.class})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /// Tells the version that this module was built as.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version =
          Optional.ofNullable(Main.class.getModule().getDescriptor())
              .flatMap(ModuleDescriptor::rawVersion)
              .orElse("(not built as a module)");
      return new String[] {"Taut " + version};
    }
  }

  private Main() {}

  /// Prints how to call the program, which is all it can do when no study is named.
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// Returns the command line, ready to execute arguments. Pictures are drawn without a screen.
  static CommandLine commandLine() {
    System.setProperty("java.awt.headless", "true");
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((exception, commandLine, result) -> {
          if (exception instanceof UncheckedIOException
              || exception instanceof IllegalArgumentException) {
            commandLine.getErr().println("taut: " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw exception;
        });
  }

  /// Runs the study that the first argument names and exits with its code.
  public static void main(String[] arguments) {
    // Where no language is set, Java takes the terminal for one that knows ASCII only.
    boolean ascii = System.out.charset().equals(StandardCharsets.US_ASCII);
    Charset charset = ascii ? StandardCharsets.UTF_8 : System.out.charset();
    System.exit(
        commandLine()
            .setOut(new PrintWriter(System.out, true, charset))
            .setErr(new PrintWriter(System.err, true, charset))
            .execute(arguments));
  }
}
