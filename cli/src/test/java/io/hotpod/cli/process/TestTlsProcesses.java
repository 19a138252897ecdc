package io.hotpod.cli.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.cli.CommandRun;
import io.hotpod.cli.Hotpod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that speaks TLS with a certificate of its own making, and an agent of another process.
 */
final class TestTlsProcesses {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private final List<Process> processes = new ArrayList<>();
  private String server = "";

  @BeforeEach
  void begin() throws Exception {
    certificate();
    Process process =
        start(
            "server",
            "server",
            "--state",
            "server",
            "--listen",
            "127.0.0.1:0",
            "--tls-certificate",
            "server.crt",
            "--tls-key",
            "server.key");
    server = awaitLine(process, "server", "ready ").substring("ready ".length());
    assertThat(server).startsWith("https://127.0.0.1:");
  }

  @AfterEach
  void end() throws InterruptedException {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private void certificate() throws Exception {
    Process process =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj",
                "/CN=server",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-days",
                "2",
                "-keyout",
                "server.key",
                "-out",
                "server.crt")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("openssl.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).isTrue();
    Files.setPosixFilePermissions(
        directory.resolve("server.key"), PosixFilePermissions.fromString("rw-------"));
  }

  private Process start(String name, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Hotpod.class.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve(name + ".out").toFile())
            .redirectError(directory.resolve(name + ".err").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private String awaitLine(Process process, String name, String beginning) {
    return await(name + " says " + beginning)
        .atMost(SOON)
        .failFast(name + " ended", () -> !process.isAlive())
        .until(
            () -> said(name + ".out").lines().filter(line -> line.startsWith(beginning)).toList(),
            lines -> !lines.isEmpty())
        .getFirst();
  }

  private String said(String file) throws IOException {
    return Files.readString(directory.resolve(file), UTF_8);
  }

  private CommandRun hotpod(String... arguments) {
    return CommandRun.of(server, directory, arguments);
  }

  @Test
  void agentThatIsToldWhomToTrustIsServedAndAnotherIsNot() throws Exception {
    CommandRun made = hotpod("--ca-file", "server.crt", "instance", "join-token", "-o", "token");
    assertThat(made.exitCode()).as(made.err()).isZero();
    // Nobody listens there: a machine is seen whatever becomes of its pods.
    Files.createFile(directory.resolve("podman.sock"));
    List<String> agent =
        List.of(
            "--server",
            server,
            "agent",
            "--name",
            "web-1",
            "--join-token-file",
            "token",
            "--podman-socket",
            "podman.sock");

    Process stranger = start("stranger", with(agent, "--state", "stranger"));
    await("a refusal")
        .atMost(SOON)
        .until(() -> said("stranger.err").contains("its certificate is not trusted"));
    assertThat(said("stranger.err")).contains("--ca-file").doesNotContain(said("token").strip());
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroy();

    Process friend = start("friend", with(agent, "--ca-file", "server.crt", "--state", "friend"));
    String enrolled = awaitLine(friend, "friend", "instance web-1 has the id ");
    await("a report")
        .atMost(SOON)
        .until(
            () -> hotpod("--ca-file", "server.crt", "instance", "show", "web-1").out(),
            shown -> shown.contains("Agent version") && shown.contains("podman"));
    assertThat(hotpod("--ca-file", "server.crt", "instance", "show", "web-1").out())
        .contains(enrolled.substring(enrolled.lastIndexOf(' ') + 1));
  }

  private static String[] with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
