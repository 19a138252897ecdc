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
    two.made("first");
    assertThat(two.await(AT_ONCE)).isFalse();
    two.made("second");
    assertThat(two.await(AT_ONCE)).isTrue();
    assertThat(two.only()).isEmpty();
  }

  @Test
  void whatIsMadeAloneIsStartedWithThePod() throws InterruptedException {
    FirstContainers one = new FirstContainers(1);
    assertThat(one.only()).isEmpty();
    one.made("first");
    assertThat(one.await(AT_ONCE)).isTrue();
    assertThat(one.only()).hasValue("first");
    one.made("its second run");
    assertThat(one.only()).hasValue("first");
  }

  @Test
  void whoNeedsTheAddressNeedNotWaitForTheOthers() throws InterruptedException {
    FirstContainers two = new FirstContainers(2);
    two.waitForNoMore();
    assertThat(two.await(AT_ONCE)).isTrue();
    two.made("late");
    assertThat(two.only()).isEmpty();
    assertThat(new FirstContainers(0).await(AT_ONCE)).isTrue();
  }
}
