package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.EventFollower;
import io.hotpod.engine.event.EventScope;
import io.hotpod.engine.event.FeedEvent;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestEventFeed {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ONE =
      "heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::None}}\n";
  private static final String OUTER =
      "heat_template_version: 2018-08-31\nresources: {in: {type: in.yaml}}\n";

  @TempDir private Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private EventFollower follow(EventScope scope, Optional<String> after) {
    return fixture.engine().feed().follow(CALLER, scope, after);
  }

  /** Reads until a stack's own event ends in a word. */
  static List<FeedEvent> until(EventFollower follower, String stackId, String status)
      throws InterruptedException {
    List<FeedEvent> all = new ArrayList<>();
    while (true) {
      List<FeedEvent> next = follower.next(PATIENCE);
      assertThat(next).as("after %s", words(all)).isNotEmpty();
      all.addAll(next);
      for (FeedEvent each : next) {
        if (each.event().physicalId().equals(stackId) && words(each).endsWith(status)) {
          return all;
        }
      }
    }
  }

  private static String words(FeedEvent each) {
    return "%s %s_%s"
        .formatted(each.event().resourceName(), each.event().action(), each.event().status());
  }

  private static List<String> words(List<FeedEvent> events) {
    return events.stream().map(TestEventFeed::words).toList();
  }

  @Test
  void aProjectsEventsComeInTheirOrderEachOnce() throws InterruptedException {
    try (EventFollower follower = follow(new EventScope.Project(), Optional.empty())) {
      assertThat(follower.begin()).isEmpty();

      Stack first = fixture.stacks().create(CALLER, EngineFixture.request("first", ONE));
      List<FeedEvent> created = until(follower, first.id(), "CREATE_COMPLETE");
      Stack second = fixture.stacks().create(CALLER, EngineFixture.request("second", ONE));
      List<FeedEvent> more = until(follower, second.id(), "CREATE_COMPLETE");

      assertThat(words(created))
          .containsExactly(
              "first CREATE_IN_PROGRESS",
              "a CREATE_IN_PROGRESS",
              "a CREATE_COMPLETE",
              "first CREATE_COMPLETE");
      assertThat(words(more)).hasSize(4).first().isEqualTo("second CREATE_IN_PROGRESS");
      assertThat(more.getFirst().stack())
          .isEqualTo(new FeedEvent.Place("default", "second", second.id()));
    }
  }

  @Test
  void whoComesBackGetsWhatWasMissed() throws InterruptedException {
    Stack first = fixture.create("first", ONE);
    String known;
    try (EventFollower follower = follow(new EventScope.Project(), Optional.empty())) {
      known = follower.begin().orElseThrow();
      assertThat(follower.next(Duration.ZERO)).isEmpty();
    }
    Stack second = fixture.create("second", ONE);
    fixture.delete(first.id());

    try (EventFollower follower = follow(new EventScope.Project(), Optional.of(known))) {
      List<FeedEvent> missed = until(follower, first.id(), "DELETE_COMPLETE");

      assertThat(words(missed))
          .startsWith("second CREATE_IN_PROGRESS")
          .contains("second CREATE_COMPLETE", "first DELETE_IN_PROGRESS");
    }
    try (EventFollower follower = follow(new EventScope.Tree(second.id(), 0), Optional.of(known))) {
      assertThat(words(until(follower, second.id(), "CREATE_COMPLETE"))).hasSize(4);
      assertThat(follower.next(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void aStackIsFollowedAsDeepAsIsAsked() throws InterruptedException {
    Stack other = fixture.create("other", ONE);
    Stack stack =
        fixture
            .stacks()
            .create(CALLER, TestNestedStacks.request("s", OUTER, Map.of("in.yaml", ONE), ""));
    fixture.settled(stack.id());
    try (EventFollower alone = follow(new EventScope.Tree(stack.id(), 0), Optional.empty());
        EventFollower deep = follow(new EventScope.Tree(stack.id(), 1), Optional.empty())) {
      fixture.delete(other.id());
      fixture.delete(stack.id());

      assertThat(words(until(alone, stack.id(), "DELETE_COMPLETE")))
          .containsExactly(
              "s DELETE_IN_PROGRESS",
              "in DELETE_IN_PROGRESS",
              "in DELETE_COMPLETE",
              "s DELETE_COMPLETE");
      List<FeedEvent> all = until(deep, stack.id(), "DELETE_COMPLETE");
      assertThat(words(all)).contains("a DELETE_COMPLETE").doesNotContain("other DELETE_COMPLETE");
      FeedEvent inner =
          all.stream()
              .filter(each -> each.event().resourceName().equals("a"))
              .findFirst()
              .orElseThrow();
      assertThat(inner.root().id()).isEqualTo(stack.id());
      assertThat(inner.stack().name()).startsWith("s-in-");
    }
  }

  @Test
  void anotherProjectHearsNothing() throws InterruptedException {
    Caller other = Caller.of("other");
    Stack stack = fixture.create("s", ONE);
    String known =
        fixture
            .stacks()
            .events(CALLER, stack.id(), io.hotpod.engine.event.EventFilter.ALL)
            .getFirst()
            .id();
    try (EventFollower mine = follow(new EventScope.Project(), Optional.empty());
        EventFollower theirs =
            fixture
                .engine()
                .feed()
                .follow(other, new EventScope.Tree(stack.id(), 3), Optional.empty())) {
      fixture.delete(stack.id());

      until(mine, stack.id(), "DELETE_COMPLETE");
      assertThat(theirs.next(Duration.ZERO)).isEmpty();
    }
    assertThatThrownBy(
            () ->
                fixture.engine().feed().follow(other, new EventScope.Project(), Optional.of(known)))
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.EVENT_NOT_FOUND));
  }

  @Test
  void aWaitEndsWithTheFollower() throws InterruptedException {
    EventFollower follower = follow(new EventScope.Project(), Optional.empty());
    Thread closing = Thread.ofVirtual().start(follower::close);

    assertThat(follower.next(PATIENCE)).isEmpty();
    closing.join();
    assertThat(follower.next(PATIENCE)).isEmpty();
  }

  @Test
  void whoReadsSlowlyMissesNothing() throws InterruptedException {
    try (EventFollower follower = follow(new EventScope.Project(), Optional.empty())) {
      Stack last = fixture.create("s0", wide());
      for (int index = 1; index < 4; index++) {
        last = fixture.create("s" + index, wide());
      }

      // More than is kept in memory, so that the beginning has to come from the database.
      List<FeedEvent> all = until(follower, last.id(), "CREATE_COMPLETE");
      assertThat(all).hasSize(4 * (2 * 200 + 2)).doesNotHaveDuplicates();
      assertThat(all).extracting(each -> each.event().number()).isSorted();
    }
  }

  private static String wide() {
    StringBuilder template = new StringBuilder("heat_template_version: 2018-08-31\nresources:\n");
    for (int index = 0; index < 200; index++) {
      template.append("  r%d: {type: OS::Heat::None}%n".formatted(index));
    }
    return template.toString();
  }
}
