package io.hotpod.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs Jazzer on one target in a process of its own. Immutable. */
final class Jazzing {
  private static final int LONGEST_TEXT = 20_000;

  private final Path module;
  private final Path work;

  /**
   * Runs targets.
   *
   * @param module the directory of this module, where the seeds are
   * @param work where the corpus grows and findings are put
   */
  Jazzing(Path module, Path work) {
    this.module = module;
    this.work = work;
  }

  /**
   * What came of a run.
   *
   * @param exitCode 0 when nothing was found
   * @param log all that Jazzer wrote
   */
  record Outcome(int exitCode, Path log) {
    /** The last lines, which tell how many texts were tried or what was found. */
    String lastLines() {
      try (Stream<String> lines = Files.lines(log)) {
        List<String> all = lines.toList();
        return String.join("\n", all.subList(Math.max(0, all.size() - 30), all.size()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + log, e);
      }
    }
  }

  /** Surefire hides the real one behind a jar of its own. */
  private static String classPath() {
    String hidden = System.getProperty("surefire.test.class.path", "");
    return hidden.isEmpty() ? System.getProperty("java.class.path") : hidden;
  }

  /**
   * Runs one target and waits for it.
   *
   * @param target such as {@code TemplateTarget}
   */
  Outcome run(Class<?> target, Duration time) throws IOException, InterruptedException {
    String name = target.getSimpleName().replace("Target", "").toLowerCase(Locale.ROOT);
    Path corpus = Files.createDirectories(work.resolve("corpus").resolve(name));
    Path findings = Files.createDirectories(work.resolve("findings").resolve(name));
    Path log = work.resolve(name + ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+EnableDynamicAgentLoading");
    command.add("-Djdk.attach.allowAttachSelf=true");
    command.add("-cp");
    command.add(classPath());
    command.add(Jazzer.class.getName());
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=io.hotpod.**:org.snakeyaml.engine.**");
    command.add("--reproducer_path=" + findings);
    command.add("-artifact_prefix=" + findings + "/");
    command.add("-dict=" + module.resolve("src/seeds/" + name + ".dict"));
    command.add("-max_total_time=" + time.toSeconds());
    command.add("-max_len=" + LONGEST_TEXT);
    // By the clock on the wall, so only for what never ends; the targets themselves refuse what
    // takes a second of the processor.
    command.add("-timeout=100");
    command.add("-rss_limit_mb=3000");
    command.add("-print_final_stats=1");
    command.add(corpus.toString());
    command.add(module.resolve("src/seeds").resolve(name).toString());
    Process process =
        new ProcessBuilder(command)
            .directory(findings.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      return new Outcome(process.waitFor(), log);
    } finally {
      process.destroyForcibly();
    }
  }
}
