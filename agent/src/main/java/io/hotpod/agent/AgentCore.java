package io.hotpod.agent;

import io.hotpod.agent.reconcile.Reconciler;
import io.hotpod.agent.report.Chronicler;
import io.hotpod.agent.report.Reporter;
import io.hotpod.agent.runtime.PodRuntime;
import io.hotpod.agent.runtime.RuntimeHealth;
import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.source.DesiredFollower;
import io.hotpod.agent.source.RequestRelay;
import io.hotpod.agent.source.Source;
import io.hotpod.agent.state.InstanceLock;
import io.hotpod.agent.state.SecretDirectory;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of an agent that know who it is, wired together. */
final class AgentCore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentCore.class);
  private static final int SESSION_BYTES = 8;
  private static final Duration LONGEST_SETTLING = Duration.ofSeconds(2);

  private final Clock clock;
  private final InstanceLock lock;
  private final Capacity capacity;
  private final String session;
  private final String hostname = hostname();
  private final StateDirectory state;
  private final Source source;
  private final PodRuntime runtime;
  private final Reconciler reconciler;
  private final Reporter reporter;
  private final Chronicler chronicler;
  private final DesiredFollower follower;
  private final RequestRelay requests;
  private final Thread settling;

  AgentCore(
      AgentSettings settings,
      StateDirectory state,
      String instanceId,
      PodRuntimes runtimes,
      Source source,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    this.clock = clock;
    this.state = state;
    this.source = source;
    byte[] bytes = new byte[SESSION_BYTES];
    random.nextBytes(bytes);
    session = HexFormat.of().formatHex(bytes);
    Path secrets =
        settings.secretDirectory().isPresent()
            ? settings.secretDirectory().get()
            : SecretDirectory.choose(instanceId, state.path().resolve("secrets"));
    lock =
        InstanceLock.take(
            secrets.resolve(".agent.lock"), "instance " + settings.name(), InstanceLock.OWN_STATE);
    capacity = new Capacity(state.path());
    runtime = runtimes.create(settings, instanceId, secrets);
    reporter = new Reporter(source, new Snapshot(), settings.heartbeat(), random);
    reconciler = new Reconciler(runtime, this::changed);
    chronicler =
        new Chronicler(
            state.path().resolve("history.json"), new Pods(), clock, random, reporter::changed);
    Optional<DesiredPods> known = state.desired();
    known.ifPresent(reconciler::desire);
    follower =
        new DesiredFollower(
            source, known.map(DesiredPods::version).orElse(Source.NO_VERSION), this::take, random);
    requests = new RequestRelay(source, runtime, random);
    settling = Thread.ofVirtual().name("settling").unstarted(this::reportOnceSettled);
  }

  void start() {
    runtime.start();
    reconciler.start();
    follower.start();
    requests.start();
    settling.start();
  }

  /**
   * Begins to report once the pods that this run found are taken over, so that a restart of the
   * agent does not look like trouble; what takes longer than a moment is reported as it is.
   */
  private void reportOnceSettled() {
    Wakeup wakeup = new Wakeup();
    runtime.onChange(wakeup::signal);
    long deadline = System.nanoTime() + LONGEST_SETTLING.toNanos();
    try {
      while (!settled() && System.nanoTime() < deadline) {
        wakeup.await(Duration.ofNanos(deadline - System.nanoTime()));
      }
      chronicler.start();
      reporter.start();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean settled() {
    try {
      return everythingIsTakenOver();
    } catch (RuntimeException e) {
      LOG.debug("what runs cannot be told yet", e);
      return false;
    }
  }

  private boolean everythingIsTakenOver() {
    return runtime.observe().isPresent()
        && reconciler.observe().stream()
            .allMatch(pod -> pod.ready() || pod.phase() == PodPhase.SUCCEEDED);
  }

  private void changed() {
    reporter.changed();
    chronicler.changed();
  }

  private void take(DesiredPods desired) throws IOException {
    Optional<byte[]> json = source.json(desired);
    if (json.isPresent()) {
      state.saveDesired(json.get());
    } else {
      state.save(desired);
    }
    reconciler.desire(desired);
    reporter.changed();
  }

  private final class Snapshot implements Reporter.Snapshot {
    @Override
    public PodReport take(long sequence) {
      RuntimeHealth health = runtime.health();
      InstanceFacts facts =
          new InstanceFacts(
                  hostname, Version.TEXT, health.name(), health.version(), health.problem())
              .with(capacity.now());
      Optional<PodHistory> untold = chronicler.untold();
      return new PodReport(
          session,
          sequence,
          reconciler.version(),
          clock.instant(),
          facts,
          reconciler.observe(),
          untold);
    }

    @Override
    public void arrived(PodReport report) {
      report.history().ifPresent(chronicler::told);
    }
  }

  private final class Pods implements Chronicler.Pods {
    @Override
    public List<ObservedPod> observe() {
      return reconciler.observe();
    }

    @Override
    public boolean wants(String podId, ModificationToken token) {
      return reconciler.wants(podId, token);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public void close() {
    settling.interrupt();
    requests.close();
    follower.close();
    reconciler.close();
    chronicler.close();
    reporter.close();
    runtime.close();
    source.close();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.debug("{} stays: {}", lock, e.getMessage());
    }
  }
}
