package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.instance.Drain;
import io.hotpod.engine.instance.DriftWatch;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.pod.ObservedPod;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Pods that are not what their stacks want are found by themselves. */
final class TestDrift {
  private @TempDir Path directory;
  private final SettableClock clock = new SettableClock(Instant.now());
  private DatabaseSettings database;
  private EngineFixture fixture;
  private FakeAgent agent;

  @BeforeEach
  void open() {
    database = DatabaseFixture.settings(directory);
    fixture = new EngineFixture(directory, database, clock, List.of());
    agent = new FakeAgent(fixture.engine(), "web-1");
  }

  @AfterEach
  void close() {
    agent.close();
    fixture.close();
  }

  private ResourceRecord web(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "web");
  }

  private Stack untilReason(Stack stack, String part) {
    return fixture.until(stack.id(), each -> each.statusReason().contains(part));
  }

  @Test
  void aPodThatIsGoneIsTold() {
    Stack stack = fixture.create("s", WebPod.ONCE);

    agent.lose(web(stack).id());

    Stack drifted = untilReason(stack, "drifted: web: pod web is missing");
    assertThat(drifted.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(drifted.statusReason()).startsWith("Stack CREATE completed successfully; ");
    assertThat(web(stack).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(web(stack).statusReason()).isEqualTo("drifted: pod web is missing");
    assertThat(fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL))
        .anySatisfy(
            event -> {
              assertThat(event.resourceName()).isEqualTo("web");
              assertThat(event.action() + "_" + event.status()).isEqualTo("CHECK_FAILED");
              assertThat(event.reason()).isEqualTo("drifted: pod web is missing");
            });
  }

  @Test
  void aContainerOfAnotherImageIsTold() {
    Stack stack = fixture.create("s", WebPod.ONCE);
    ObservedPod before = requireNonNull(agent.running().get(web(stack).id()));

    agent.find(FakeAgent.madeFrom(before, "localhost/other:1", Optional.of("other"), "web"));

    untilReason(
        stack,
        "drifted: web: pod web: container main was made from image localhost/other:1 and not from");
  }

  @Test
  void whatIsAsWantedAgainIsTakenBack() {
    Stack stack = fixture.create("s", WebPod.ONCE);
    ObservedPod before = requireNonNull(agent.running().get(web(stack).id()));
    agent.lose(web(stack).id());
    untilReason(stack, "drifted");

    agent.find(before);

    assertThat(
            fixture
                .until(stack.id(), each -> !each.statusReason().contains("drifted"))
                .statusReason())
        .isEqualTo("Stack CREATE completed successfully");
    assertThat(web(stack).statusReason()).isEqualTo("state changed");
  }

  @Test
  void whatIsInsideIsToldOnEveryStackAround() {
    StackRequest outer =
        TestNestedStacks.request(
            "s",
            """
            heat_template_version: 2021-04-16
            resources:
              site: {type: site.yaml}
            """,
            Map.of("site.yaml", WebPod.ONCE),
            "{}");
    Stack stack = fixture.settled(fixture.stacks().create(CALLER, outer).id());
    String inside = fixture.stacks().resource(CALLER, stack.id(), "site").id();

    agent.lose(fixture.stacks().resource(CALLER, inside, "web").id());

    untilReason(stack, "drifted: site: inside, web: pod web is missing");
    assertThat(fixture.stacks().find(CALLER, inside).statusReason())
        .endsWith("drifted: web: pod web is missing");
  }

  @Test
  void aPodThatADrainStoppedIsNotMissing() {
    Stack stack = fixture.create("s", WebPod.ONCE);
    try (FakeAgent other = new FakeAgent(fixture.engine(), "web-2")) {
      Stack second = fixture.create("two", WebPod.ONCE.replace("server: web-1", "server: web-2"));
      ObservedPod there = requireNonNull(other.running().get(web(second).id()));

      fixture.engine().instances().drain(CALLER, "web-1", Drain.PODS_STOPPED);

      await().until(() -> agent.running().isEmpty());
      agent.report();
      other.lose(there.id());
      untilReason(second, "drifted: web: pod web is missing");
      // One thread looks at all of them: by the next word the first was looked at too.
      other.find(there);
      fixture.until(second.id(), each -> !each.statusReason().contains("drifted"));
      assertThat(fixture.stacks().find(CALLER, stack.id()).statusReason())
          .isEqualTo("Stack CREATE completed successfully");
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "hotpod.test.database", matches = "postgresql")
  void anInstanceThatOnlyALostServerHeardIsToldByAnother() {
    Stack stack;
    try (EngineFixture lost =
            new EngineFixture(directory.resolve("lost"), database, clock, List.of());
        FakeAgent heard = new FakeAgent(lost.engine(), "web-2")) {
      stack = lost.create("s", WebPod.ONCE.replace("server: web-1", "server: web-2"));
    }
    clock.jump(Duration.ofMinutes(5));

    // Any word of another instance makes the engine look at what is due.
    agent.report();

    untilReason(stack, "drifted: web: instance web-2 is not connected");
  }

  @Test
  void aLostInstanceIsToldOnEveryStackThatUsesIt() {
    Stack one = fixture.create("one", WebPod.ONCE);
    Stack two = fixture.create("two", WebPod.ONCE.replace("name: web}", "name: web2}"));
    try (FakeAgent other = new FakeAgent(fixture.engine(), "web-2")) {
      Stack third = fixture.create("three", WebPod.ONCE.replace("server: web-1", "server: web-2"));
      clock.jump(Duration.ofMinutes(5));

      // Any word of another instance makes the engine look at what is due.
      other.lose(web(third).id());

      untilReason(one, "drifted: web: instance web-1 is not connected");
      untilReason(two, "drifted: web: instance web-1 is not connected");
      agent.report();
      fixture.until(one.id(), each -> !each.statusReason().contains("drifted"));
    }
  }

  @Test
  void aPodThatFailedIsOnlyToldUnlessTheStackWantsMore() {
    Stack stack = fixture.create("s", WebPod.ONCE);
    fail(stack);

    untilReason(stack, "drifted: web: pod web: ");

    assertThat(agent.started()).containsExactly("web");
  }

  @Test
  void aFailedPodIsMadeAnewWhereTheStackWantsIt() {
    StackRequest plain = request("s", WebPod.ONCE);
    StackRequest repairing =
        new StackRequest(
            plain.name(),
            plain.template(),
            plain.templateName(),
            plain.files(),
            plain.environment(),
            plain.clearParameters(),
            plain.timeout(),
            plain.disableRollback(),
            Optional.of(List.of(DriftWatch.REPAIR)));
    Stack stack = fixture.settled(fixture.stacks().create(CALLER, repairing).id());

    fail(stack);

    Stack repaired =
        fixture.until(
            stack.id(),
            each ->
                each.action() == Action.UPDATE && each.combinedStatus().equals("UPDATE_COMPLETE"));
    assertThat(agent.started()).containsExactly("web", "web");
    assertThat(repaired.tags()).containsExactly(DriftWatch.REPAIR);
    assertThat(web(stack).incarnation()).isEqualTo(2);
  }

  /** The pod's container ends with an error, and nothing starts it again. */
  private void fail(Stack stack) {
    ObservedPod running = requireNonNull(agent.running().get(web(stack).id()));
    agent.find(FakeAgent.failed(running));
  }
}
