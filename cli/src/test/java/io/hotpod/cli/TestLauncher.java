package io.hotpod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell script in front, with pretended Java machines that print how they are called. */
final class TestLauncher {
  @TempDir Path directory;
  private Path launcher = Path.of("");

  /** What came of a run. */
  private record Run(int exitCode, String out, String err) {}

  @BeforeEach
  void install() throws IOException {
    launcher = directory.resolve("hotpod");
    Files.copy(Path.of("..", "hotpod"), launcher);
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path home = Files.createDirectories(directory.resolve("packaging/target/hotpod/aot"));
    Files.writeString(home.resolveSibling("classpath"), "lib/a.jar:lib/b.jar");
  }

  private Path java(String name, String version) throws IOException {
    Path home = directory.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho $0\nfor a in \"$@\"; do echo \"$a\"; done\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** A PATH with the few tools that the launcher may use, and no Java but the given one. */
  private Path tools() throws IOException {
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool : List.of("readlink", "sed", "sh")) {
      Path link = tools.resolve(tool);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of("/bin", tool));
      }
    }
    return tools;
  }

  private Run run(Path command, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().put("PATH", tools().toString());
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void takesTheJavaThatIsNamedForItBeforeJavaHome() throws Exception {
    Path mine = java("mine", "25.0.3");
    Path other = java("other", "26");

    Run run =
        run(launcher, Map.of("HOTPOD_JAVA_HOME", mine.toString(), "JAVA_HOME", other.toString()));

    assertThat(run.out()).startsWith(mine + "/bin/java\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void takesTheJavaOfItsPackageBeforeOthers() throws Exception {
    Path other = java("other", "26");
    Path own = java("runtime", "25.0.3");
    Files.writeString(directory.resolve("classpath"), "lib/a.jar");

    Run run = run(launcher, Map.of("JAVA_HOME", other.toString()));

    assertThat(run.out()).startsWith(own.toRealPath() + "/bin/java\n");
    assertThat(run.out().lines()).contains(directory.toRealPath() + "/lib/a.jar");
  }

  @Test
  void passesOverAJavaThatIsTooOld() throws Exception {
    Path old = java("old", "17.0.2");
    Path fresh = java("fresh", "25");
    Files.createSymbolicLink(tools().resolve("java"), fresh.resolve("bin/java"));

    Run run = run(launcher, Map.of("JAVA_HOME", old.toString()));

    assertThat(run.out()).startsWith(fresh + "/bin/java\n");
  }

  @Test
  void saysWhatIsMissingAndWhatItFound() throws Exception {
    Path old = java("old", "1.8.0_402");
    // No Java of this machine: a copy of the script that looks elsewhere.
    Files.writeString(
        launcher, Files.readString(launcher).replace("/usr/lib/jvm/", directory + "/none/"));

    Run run = run(launcher, Map.of("JAVA_HOME", old.toString()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("hotpod: needs a Java 25 or later; found 1 at " + old + "/bin/java.\nInstall");
    assertThat(run(launcher, Map.of()).err())
        .startsWith("hotpod: needs a Java 25 or later; found none.\n");
  }

  @Test
  void saysThatItIsNotBuilt() throws Exception {
    Files.delete(directory.resolve("packaging/target/hotpod/classpath"));

    Run run = run(launcher, Map.of("HOTPOD_JAVA_HOME", java("mine", "25").toString()));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hotpod: it is not built yet").contains("make build");
  }

  @Test
  void isFoundThroughLinksAndKeepsArgumentsAsTheyAre() throws Exception {
    Path links = Files.createDirectories(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("../hotpod"));
    Path second = Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

    Run run =
        run(
            second,
            Map.of("HOTPOD_JAVA_HOME", java("mine", "25").toString()),
            "stack",
            "show",
            "a b",
            "*");

    String home = directory.toRealPath() + "/packaging/target/hotpod/";
    assertThat(run.out().lines())
        .containsSubsequence(
            "-cp", home + "lib/a.jar:" + home + "lib/b.jar", "io.hotpod.cli.Hotpod")
        .endsWith("stack", "show", "a b", "*");
  }

  @ParameterizedTest
  @CsvSource({
    "stack list, client.aot",
    "--server server stack list, client.aot",
    "server --listen x, server.aot",
    "--project agent agent --name x, agent.aot",
    "hook, hook.aot",
    "dev, server.aot",
  })
  void picksTheSettingsOfTheKindOfProcess(String arguments, String cache) throws Exception {
    for (String name : List.of("client.aot", "server.aot", "agent.aot", "hook.aot")) {
      Files.writeString(directory.resolve("packaging/target/hotpod/aot").resolve(name), "x");
    }

    Run run =
        run(
            launcher,
            Map.of("HOTPOD_JAVA_HOME", java("mine", "25").toString()),
            arguments.split(" "));

    assertThat(run.out().lines()).anyMatch(line -> line.endsWith("/aot/" + cache));
  }

  @Test
  void hookAndAgentHaveMainClassesOfTheirOwn() throws Exception {
    Path java = java("mine", "25");

    assertThat(run(launcher, Map.of("HOTPOD_JAVA_HOME", java.toString()), "hook").out().lines())
        .endsWith("io.hotpod.cli.HookMain", "hook");
    assertThat(run(launcher, Map.of("HOTPOD_JAVA_HOME", java.toString()), "agent").out().lines())
        .endsWith("io.hotpod.cli.AgentMain", "agent");
    assertThat(run(launcher, Map.of("HOTPOD_JAVA_HOME", java.toString()), "dev").out().lines())
        .endsWith("io.hotpod.cli.Hotpod", "dev");
  }

  @Test
  void doesWithoutACache() throws Exception {
    Run run =
        run(launcher, Map.of("HOTPOD_JAVA_HOME", java("mine", "25").toString()), "stack", "list");

    assertThat(run.out().lines()).contains("-XX:AOTMode=off");
    assertThat(run.err()).isEmpty();
  }
}
