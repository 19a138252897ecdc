package io.hotpod.agent.runtime.podman.libpod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestProcessAge {
  @Test
  void aProcessGrowsOlderUntilItIsGone() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    try {
      Duration young = ProcessAge.of(process.pid()).orElseThrow();
      assertThat(young).isBetween(Duration.ofMillis(-20), Duration.ofSeconds(10));

      await()
          .until(
              () ->
                  ProcessAge.of(process.pid()).orElseThrow().compareTo(young.plusMillis(200)) > 0);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(ProcessAge.of(process.pid())).isEmpty();
  }

  @Test
  void whatEndedDoesNotRunAlthoughItIsStillListed() throws Exception {
    // Nobody asks for the exit code of the child, because the shell is no shell any more.
    Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
    try {
      long child = Long.parseLong(parent.inputReader().readLine());
      assertThat(ProcessAge.runs(parent.pid())).isTrue();
      await().until(() -> !ProcessAge.runs(child));
      assertThat(ProcessAge.of(child)).isPresent();
    } finally {
      parent.destroyForcibly().waitFor();
    }
    assertThat(ProcessAge.runs(parent.pid())).isFalse();
  }
}
