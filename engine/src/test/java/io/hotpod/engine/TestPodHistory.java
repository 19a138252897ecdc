package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodTransition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What instances tell of their pods becomes events. */
final class TestPodHistory {
  private @TempDir Path directory;
  private EngineFixture fixture;
  private FakeAgent agent;
  private Stack stack;
  private String podId;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    agent = new FakeAgent(fixture.engine(), "web-1");
    stack = fixture.create("s", WebPod.ALWAYS);
    podId = fixture.stacks().resource(CALLER, stack.id(), "web").id();
  }

  @AfterEach
  void close() {
    agent.close();
    fixture.close();
  }

  private List<Event> signals() {
    EventFilter oldestFirst =
        new EventFilter(
            Optional.of("web"), true, Optional.empty(), Optional.empty(), Duration.ZERO);
    return fixture.stacks().events(CALLER, stack.id(), oldestFirst).stream()
        .filter(event -> event.action() == Action.SIGNAL)
        .toList();
  }

  private PodTransition transition(long number, Instant time, boolean trouble, String words) {
    return new PodTransition(number, time, podId, trouble, words, 0);
  }

  @Test
  void transitionsAreEventsWithTheirOwnTimes() {
    Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
    Instant then = now.minus(Duration.ofHours(3));

    agent.report(
        now,
        new PodHistory(
            "j",
            List.of(
                transition(1, then, true, "it is not ready any more"),
                transition(2, then.plusSeconds(60), false, "it is ready again"))));

    assertThat(signals())
        .extracting(Event::reason)
        .containsExactly("it is not ready any more", "it is ready again");
    assertThat(signals()).extracting(Event::status).containsExactly(Status.FAILED, Status.COMPLETE);
    assertThat(signals()).extracting(Event::time).containsExactly(then, then.plusSeconds(60));
    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void whatIsToldAgainMakesNoSecondEvent() {
    Instant now = Instant.now();
    PodTransition one = transition(1, now, true, "one");
    agent.report(now, new PodHistory("j", List.of(one)));
    agent.report(now, new PodHistory("j", List.of(one, transition(2, now, false, "two"))));

    assertThat(signals()).extracting(Event::reason).containsExactly("one", "two");
  }

  @Test
  void anotherJournalIsAnotherStory() {
    Instant now = Instant.now();
    agent.report(now, new PodHistory("j", List.of(transition(1, now, true, "one"))));
    agent.report(now, new PodHistory("k", List.of(transition(1, now, true, "one"))));

    assertThat(signals()).hasSize(2);
  }

  @Test
  void clockOfTheInstanceThatIsWrongIsTakenIntoAccount() {
    Instant theirs = Instant.now().plus(Duration.ofHours(5));
    Instant then = theirs.minus(Duration.ofMinutes(10));

    agent.report(theirs, new PodHistory("j", List.of(transition(1, then, true, "one"))));

    assertThat(signals())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.time())
                    .isBetween(
                        Instant.now().minus(Duration.ofMinutes(12)),
                        Instant.now().minus(Duration.ofMinutes(9))));
  }

  @Test
  void instanceTellsOnlyOfPodsThatAreWantedOnIt() {
    Instant now = Instant.now();
    try (FakeAgent stranger = new FakeAgent(fixture.engine(), "web-2")) {
      stranger.report(now, new PodHistory("j", List.of(transition(1, now, true, "a lie"))));
    }
    agent.report(
        now, new PodHistory("j", List.of(new PodTransition(1, now, "none", true, "nothing", 0))));

    assertThat(signals()).isEmpty();
  }

  @Test
  void whatWasDroppedIsSaid() {
    Instant now = Instant.now();
    agent.report(
        now, new PodHistory("j", List.of(new PodTransition(9, now, podId, true, "again", 7))));

    assertThat(signals())
        .singleElement()
        .extracting(Event::reason)
        .isEqualTo("again (7 earlier changes were not kept)");
  }
}
