package io.hotpod.agent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestChronicler {
  @TempDir Path directory;

  /** Pods that can be looked at only from the second attempt on. */
  private static final class Pods implements Chronicler.Pods {
    final AtomicInteger looks = new AtomicInteger();

    @Override
    public List<ObservedPod> observe() {
      if (looks.incrementAndGet() == 1) {
        throw new IllegalStateException("this look fails");
      }
      return List.of(Observed.ready(Manifests.sleeper("a", "1")));
    }

    @Override
    public boolean wants(String podId, ModificationToken token) {
      return true;
    }
  }

  @Test
  void lookThatFailsIsDoneAgain() {
    Pods pods = new Pods();
    try (Chronicler chronicler =
        new Chronicler(
            directory.resolve("history.json"), pods, Clock.systemUTC(), new Random(1), () -> {})) {
      chronicler.start();

      await().until(() -> pods.looks.get() >= 2);
    }
    assertThat(directory.resolve("history.json")).exists();
  }
}
