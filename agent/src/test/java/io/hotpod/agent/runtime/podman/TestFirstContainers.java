package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TestFirstContainers {
  private static final Duration AT_ONCE = Duration.ZERO;

  @Test
  void theyAreAwaitedUntilTheLastIsMade() throws InterruptedException {
    FirstContainers two = new FirstContainers(2);
    assertThat(two.await(AT_ONCE)).isFalse();
    two.made();
    assertThat(two.await(AT_ONCE)).isFalse();
    two.made();
    assertThat(two.await(AT_ONCE)).isTrue();
  }

  @Test
  void whoNeedsTheAddressNeedNotWaitForTheOthers() throws InterruptedException {
    FirstContainers two = new FirstContainers(2);
    two.waitForNoMore();
    assertThat(two.await(AT_ONCE)).isTrue();
    assertThat(new FirstContainers(0).await(AT_ONCE)).isTrue();
  }
}
