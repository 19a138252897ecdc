package io.hotpod.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseFixture;
import io.hotpod.engine.store.DatabaseSettings;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.template.schema.ResourceSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps whose failures pass by themselves, and those that do not. */
final class TestRetries {
  private static final Retries AT_ONCE = new Retries(5, Duration.ZERO, Duration.ZERO);
  private static final Retries NEVER_AGAIN = new Retries(5, Duration.ofDays(1), Duration.ZERO);

  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        flaky: {type: "Test::Flaky"}
        after: {type: OS::Heat::Value, depends_on: flaky, properties: {value: 1}}
      """;

  @TempDir private Path directory;
  private final Flaky flaky = new Flaky();

  /** Each test opens it with retries of its own. */
  @SuppressWarnings("NullAway.Init")
  private Engine engine;

  private static RuntimeException busy() {
    return ResourceFailure.worthRetrying("the cloud is busy");
  }

  /** Fails a number of times, whatever is done to it. */
  private static final class Flaky implements ResourceType {
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Supplier<RuntimeException> failure = TestRetries::busy;

    void fail(int times, Supplier<RuntimeException> with) {
      failure = with;
      calls.set(0);
      failures.set(times);
    }

    private void work() {
      calls.incrementAndGet();
      if (failures.getAndDecrement() > 0) {
        throw failure.get();
      }
    }

    @Override
    public ResourceSchema schema() {
      return ResourceSchema.anything("Test::Flaky", "Fails now and then.");
    }

    @Override
    public Physical create(ResourceContext context) {
      work();
      return Physical.of(context.resource().id());
    }

    @Override
    public Physical update(ResourceContext context, ResourceRecord existing) {
      work();
      return Physical.of(context.resource().id());
    }

    @Override
    public void delete(ResourceContext context) {
      work();
    }

    @Override
    public void suspend(ResourceContext context) {
      work();
    }

    @Override
    public Optional<List<String>> check(ResourceContext context) {
      work();
      return Optional.of(List.of());
    }
  }

  private void open(Retries retries) {
    DatabaseSettings database = DatabaseFixture.settings(directory);
    engine =
        Engines.open(
            new EngineSettings(directory, Clock.systemUTC(), () -> UUID.randomUUID().toString())
                .on(database)
                .withSecretsKeyFile(DatabaseFixture.keyFile(database, directory))
                .withRetries(retries),
            List.of(flaky));
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private Stack settled(String id) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> engine.stacks().find(EngineFixture.CALLER, id),
            stack -> stack.status() != Status.IN_PROGRESS);
  }

  private String begin(String template) {
    return engine.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", template)).id();
  }

  private Stack create() {
    return settled(begin(TEMPLATE));
  }

  /** What the events of a resource say, the oldest first. */
  private List<String> told(String id, String resource) {
    return engine.stacks().events(EngineFixture.CALLER, id, EventFilter.ALL).stream()
        .filter(event -> event.resourceName().equals(resource))
        .map(Event::reason)
        .toList()
        .reversed();
  }

  @Test
  void aCreateGoesOnWhenTheFailurePassesAndTellsEachAttempt() {
    open(AT_ONCE);
    flaky.fail(2, TestRetries::busy);

    Stack stack = create();

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(flaky.calls).hasValue(3);
    assertThat(told(stack.id(), "flaky"))
        .containsExactly(
            "state changed",
            "attempt 1 of 6 failed: the cloud is busy; the next one follows in 0 s",
            "attempt 2 of 6 failed: the cloud is busy; the next one follows in 0 s",
            "state changed");
  }

  @Test
  void whatDoesNotPassFailsAfterTheLastAttempt() {
    open(AT_ONCE);
    flaky.fail(Integer.MAX_VALUE, TestRetries::busy);

    Stack stack = create();

    assertThat(stack.statusReason())
        .isEqualTo(
            "Resource CREATE failed: ResourceInError: resources.flaky: the cloud is busy (attempt 6 of 6)");
    assertThat(flaky.calls).hasValue(6);
  }

  @Test
  void whatOnlySomebodyCanMendFailsAtOnce() {
    open(AT_ONCE);
    flaky.fail(1, () -> new ResourceFailure("there is no such image"));

    Stack stack = create();

    assertThat(stack.statusReason()).endsWith("resources.flaky: there is no such image");
    assertThat(flaky.calls).hasValue(1);
  }

  @Test
  void aFinalFailureAfterOneThatPassedTellsWhichAttemptItWas() {
    open(AT_ONCE);
    AtomicInteger order = new AtomicInteger();
    flaky.fail(
        2, () -> order.getAndIncrement() == 0 ? busy() : new ResourceFailure("it is refused"));

    assertThat(create().statusReason()).endsWith("it is refused (attempt 2 of 6)");
  }

  @Test
  void aDeleteAnUpdateAndASuspendAreAttemptedAgainAndACheckIsNot() {
    open(AT_ONCE);
    String id = create().id();
    flaky.fail(1, TestRetries::busy);
    engine.stacks().suspend(EngineFixture.CALLER, id);
    assertThat(settled(id).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    engine.stacks().resume(EngineFixture.CALLER, id);
    assertThat(settled(id).combinedStatus()).isEqualTo("RESUME_COMPLETE");

    flaky.fail(1, TestRetries::busy);
    engine.stacks().check(EngineFixture.CALLER, id);
    Stack checked = settled(id);
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(checked.statusReason()).contains("the cloud is busy").doesNotContain("attempt");

    flaky.fail(3, TestRetries::busy);
    engine.stacks().delete(EngineFixture.CALLER, id);
    assertThat(settled(id).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(flaky.calls).hasValue(4);
  }

  @Test
  void aConnectionThatBreaksIsWorthAnotherAttempt() {
    open(AT_ONCE);
    flaky.fail(1, () -> new UncheckedIOException(new IOException("connection reset")));

    Stack stack = create();

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(told(stack.id(), "flaky"))
        .contains("attempt 1 of 6 failed: connection reset; the next one follows in 0 s");
  }

  @Test
  void nothingIsAttemptedAgainWhereTheLimitIsNone() {
    open(AT_ONCE.upTo(0));
    flaky.fail(1, TestRetries::busy);

    assertThat(create().statusReason()).endsWith("resources.flaky: the cloud is busy");
  }

  @Test
  void anAttemptThatWouldComeAfterTheDeadlineIsNotWaitedFor() {
    open(NEVER_AGAIN);
    flaky.fail(1, TestRetries::busy);

    assertThat(create().statusReason()).endsWith("the cloud is busy (attempt 1 of 6)");
  }

  @Test
  void aDeleteDoesNotWaitForTheNextAttempt() {
    open(new Retries(5, Duration.ofMinutes(10), Duration.ZERO));
    flaky.fail(1, TestRetries::busy);
    String id = begin(TEMPLATE);
    Awaitility.await()
        .until(() -> told(id, "flaky").stream().anyMatch(words -> words.startsWith("attempt 1")));

    engine.stacks().delete(EngineFixture.CALLER, id);

    assertThat(settled(id).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aCancelledOperationMakesNoFurtherAttempt() {
    open(new Retries(5, Duration.ofMinutes(10), Duration.ZERO));
    flaky.fail(1, TestRetries::busy);
    String id = begin(TEMPLATE);
    Awaitility.await()
        .until(() -> told(id, "flaky").stream().anyMatch(words -> words.startsWith("attempt 1")));

    engine.stacks().cancelWithoutRollback(EngineFixture.CALLER, id);

    assertThat(settled(id).combinedStatus()).isEqualTo("CREATE_FAILED");
    Awaitility.await()
        .until(
            () -> told(id, "flaky"),
            words -> words.getLast().endsWith("the cloud is busy (attempt 1 of 6)"));
    assertThat(flaky.calls).hasValue(1);
  }

  @Test
  void aRuntimeInTroubleIsGivenTimeAndAnImageThatIsNotThereIsNot() {
    open(AT_ONCE);
    try (FakeAgent agent = new FakeAgent(engine, "node")) {
      agent.runtime(pod -> refused(pod, "FailedCreatePodSandBox", "no space left on device"));
      String id = settled(begin(pod())).id();
      assertThat(engine.stacks().find(EngineFixture.CALLER, id).statusReason())
          .contains("no space left on device")
          .endsWith("(attempt 6 of 6)");

      engine.stacks().delete(EngineFixture.CALLER, id);
      settled(id);
      agent.runtime(pod -> refused(pod, "", "manifest unknown"));
      assertThat(settled(begin(pod())).statusReason())
          .contains("manifest unknown")
          .doesNotContain("attempt");
    }
  }

  @Test
  void aPodThatComesUpMeanwhileIsNotWaitedForAnyLonger() {
    open(new Retries(5, Duration.ofMinutes(10), Duration.ZERO));
    try (FakeAgent agent = new FakeAgent(engine, "node")) {
      AtomicReference<DesiredPod> wanted = new AtomicReference<>();
      agent.runtime(
          pod -> {
            wanted.set(pod);
            return refused(pod, "FailedCreatePodSandBox", "no space left on device");
          });
      String id = begin(pod());
      Awaitility.await()
          .until(() -> told(id, "pod").stream().anyMatch(words -> words.startsWith("attempt 1")));

      agent.find(FakeAgent.ready(requireNonNull(wanted.get())));

      assertThat(settled(id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    }
  }

  private static String pod() {
    return """
        heat_template_version: 2018-08-31
        resources:
          config:
            type: OS::Kubernetes::PodConfig
            properties:
              manifest: {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}
          pod:
            type: OS::Kubernetes::PodDeployment
            properties: {server: node, config: {get_resource: config}}
        """;
  }

  private static ObservedPod refused(DesiredPod pod, String reason, String message) {
    return new ObservedPod(
        pod.id(),
        pod.pod().getMetadata().getName(),
        pod.token(),
        PodPhase.PENDING,
        false,
        false,
        reason,
        reason.isEmpty() ? "" : message,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(
            new ContainerStatus(
                "c",
                new ContainerState.Waiting("ErrImagePull", message),
                Optional.empty(),
                false,
                false,
                0,
                3,
                "i",
                Optional.empty(),
                Optional.empty())));
  }
}
