package io.hotpod.agent.runtime.podman.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service of an agent that was killed, played by a program of that name that sleeps. */
final class TestServiceRecord {
  @TempDir private Path directory;
  private Process parent;
  private ProcessHandle service;
  private ServiceRecord record;

  /** The parent never asks how its child ended, so it stays in the table of processes. */
  @BeforeEach
  void start() throws IOException {
    Path program = directory.resolve("podman");
    Files.copy(Path.of("/bin/sleep").toRealPath(), program);
    parent =
        new ProcessBuilder("sh", "-c", program + " 1000 & echo $!; exec sleep 1000")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String pid = parent.inputReader().readLine();
    service = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    await("the shell has become the program")
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.info().command().filter(path -> path.endsWith("/podman")).isPresent());
    record = new ServiceRecord(directory.resolve("podman-service.json"));
  }

  @AfterEach
  void end() {
    service.destroyForcibly();
    parent.destroyForcibly();
  }

  private String state() throws IOException {
    String line = Files.readString(Path.of("/proc", Long.toString(service.pid()), "stat"));
    return line.substring(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3);
  }

  @Test
  void aServiceThatIsLeftBehindHasEndedBeforeAnotherIsStarted() throws IOException {
    record.write(service);

    record.endLeftBehind();

    assertThat(state()).isEqualTo("Z");
  }

  /** Pods wait meanwhile. Who looks at the process's number alone waits for all of two seconds. */
  @Test
  void whoHasEndedAndIsNotReapedIsNotWaitedFor() throws IOException {
    record.write(service);
    long begin = System.nanoTime();

    record.endLeftBehind();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1900));
    record.endLeftBehind();
    assertThat(state()).isEqualTo("Z");
  }

  @Test
  void anotherProcessOfThatNumberIsLeftAlone() throws IOException {
    record.write(parent.toHandle());
    Path file = directory.resolve("podman-service.json");
    String other =
        Files.readString(file).replace(Long.toString(parent.pid()), Long.toString(service.pid()));
    Files.writeString(file, other.replaceFirst("\"ticks\":(\\d+)", "\"ticks\":1"));

    record.endLeftBehind();

    assertThat(state()).isNotEqualTo("Z");
  }
}
