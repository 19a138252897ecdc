package io.hotpod.agent.runtime.podman;

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
}
