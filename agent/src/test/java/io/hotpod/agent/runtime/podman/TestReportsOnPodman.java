package io.hotpod.agent.runtime.podman;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.report.Reporter;
import io.hotpod.agent.runtime.podman.libpod.PodmanEvent;
import io.hotpod.agent.runtime.podman.libpod.PodmanUnavailableException;
import io.hotpod.agent.source.InMemorySource;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** From Podman's word that something happened to a container to the report of it. */
@Isolated("it measures short times")
final class TestReportsOnPodman {
  private static final InstanceFacts FACTS = new InstanceFacts("host", "1", "podman", "4", "");
  private static final int TIMES = 5;

  /** When Podman said that a container died, by {@link System#nanoTime}; by its id. */
  private final ConcurrentMap<String, Long> died = new ConcurrentHashMap<>();

  /** When a report that says so had arrived. */
  private final ConcurrentMap<String, Long> told = new ConcurrentHashMap<>();

  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  private final class Snapshot implements Reporter.Snapshot {
    @Override
    public PodReport take(long sequence) {
      return new PodReport("s", sequence, 1, Instant.now(), FACTS, observed());
    }

    @Override
    public void arrived(PodReport report) {
      long now = System.nanoTime();
      report.pods().stream()
          .map(fixture::main)
          .filter(main -> main.state() instanceof ContainerState.Terminated)
          .flatMap(main -> main.containerId().stream())
          .forEach(id -> told.putIfAbsent(id, now));
    }
  }

  private List<ObservedPod> observed() {
    return fixture.runtime.observe().orElse(List.of());
  }

  private void heard(PodmanEvent event) {
    if (event.action().equals("died")) {
      died.putIfAbsent(event.id(), System.nanoTime());
    }
  }

  @Test
  void theEndOfAContainerIsReportedWithin200Milliseconds() throws Exception {
    String once = Manifests.spec("sleep 1000").replaceFirst("\\{", "{'restartPolicy':'Never',");
    List<String> containers = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      ObservedPod ready = fixture.applyReady(Manifests.pod("job" + i, "one", once));
      containers.add(fixture.main(ready).containerId().orElseThrow());
    }
    CountDownLatch connected = new CountDownLatch(1);
    Thread listening = Thread.ofVirtual().start(() -> listen(connected));
    try (Reporter reporter =
        new Reporter(new InMemorySource(), new Snapshot(), Duration.ofMinutes(5), new Random(1))) {
      assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
      fixture.runtime.onChange(reporter::changed);
      reporter.start();
      for (String id : containers) {
        fixture.podman.stop(id, Duration.ZERO);
        await("report of the end of " + id)
            .until(() -> told.containsKey(id) && died.containsKey(id));
      }
    } finally {
      listening.interrupt();
    }

    List<Duration> taken =
        containers.stream().map(id -> Duration.ofNanos(at(told, id) - at(died, id))).toList();
    // Of five, two may meet a pause of the machine.
    assertThat(taken.stream().sorted().toList().get(TIMES / 2))
        .describedAs("median of %s", taken)
        .isLessThan(Duration.ofMillis(200));
  }

  private static long at(Map<String, Long> times, String container) {
    return requireNonNull(times.get(container));
  }

  private void listen(CountDownLatch connected) {
    try {
      fixture.podman.events(connected::countDown, this::heard);
    } catch (InterruptedException | PodmanUnavailableException e) {
      // The test is over.
      Thread.currentThread().interrupt();
    }
  }
}
