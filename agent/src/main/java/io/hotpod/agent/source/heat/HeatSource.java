package io.hotpod.agent.source.heat;

import io.hotpod.agent.runtime.Wakeup;
import io.hotpod.agent.source.AgentRequest;
import io.hotpod.agent.source.AnswerWriter;
import io.hotpod.agent.source.Source;
import io.hotpod.agent.source.SourceException;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * An unchanged OpenStack Heat. It is asked as os-collect-config asks it, and told what became of
 * each deployment of a pod as the deployment wants it. An answer that is an error, or no list of
 * deployments, changes nothing.
 */
public final class HeatSource implements Source {
  private static final Logger LOG = LoggerFactory.getLogger(HeatSource.class);
  private static final Duration NO_REQUESTS = Duration.ofMinutes(10);

  private final HeatHttp http = new HeatHttp();
  private final Metadata metadata;
  private final SignalLedger ledger;
  private final SignalSender sender;
  private final OpenExpectations open;
  private final Wakeup wakeup = new Wakeup();
  private final Optional<FileWatch> watch;
  private final PollPace pace = new PollPace();
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private DesiredPods current;
  private boolean knows;
  private boolean asked;

  /**
   * Takes up what an earlier run left to signal.
   *
   * @param known the set that the agent has on its disk; empty when it has none
   * @throws IOException when the state directory cannot be read
   */
  public HeatSource(
      HeatSettings settings, Optional<DesiredPods> known, Clock clock, RandomGenerator random)
      throws IOException {
    this.current = known.orElse(DesiredPods.NONE);
    this.knows = known.isPresent();
    this.metadata = new Metadata(settings, new CollectorFactory(http, clock));
    this.ledger = new SignalLedger(settings.stateDirectory().resolve("heat-signals.json"));
    this.open = new OpenExpectations(ledger, System::nanoTime);
    this.sender = new SignalSender(ledger, new HttpSignaller(http), this::delivered, random);
    this.watch = watch(settings.files().heatConfig());
    sender.send();
  }

  private Optional<FileWatch> watch(Path file) {
    if (!Files.isDirectory(file.toAbsolutePath().normalize().resolveSibling(""))) {
      return Optional.empty();
    }
    try {
      return Optional.of(new FileWatch(file, wakeup::signal));
    } catch (IOException e) {
      LOG.warn("{} is looked at from time to time, since it cannot be watched: {}", file, e);
      return Optional.empty();
    }
  }

  /** What depends on the deployment comes next, and soon. */
  private void delivered() {
    signalled.set(true);
    wakeup.signal();
  }

  @Override
  public Optional<DesiredPods> desired(long known) throws InterruptedException {
    if (asked && known == version()) {
      rest();
    }
    // What fails is not rested for: whoever asks has a pause of its own then.
    asked = false;
    Optional<JsonNode> document = metadata.fetch();
    if (document.isPresent()) {
      take(document.get());
    }
    asked = true;
    lock.lock();
    try {
      return knows && known != current.version() ? Optional.of(current) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void rest() throws InterruptedException {
    boolean woken = wakeup.await(pace.next(metadata.interval()));
    if (woken && signalled.getAndSet(false)) {
      pace.hurry();
      wakeup.await(pace.next(metadata.interval()));
    }
  }

  private long version() {
    lock.lock();
    try {
      return knows ? current.version() : NO_VERSION;
    } finally {
      lock.unlock();
    }
  }

  private void take(JsonNode document) {
    JsonNode list = document.path("deployments");
    List<HeatDeployment> deployments = Deployments.of(list);
    lock.lock();
    try {
      Wanted wanted = Wanted.of(deployments, current);
      if (!knows || !wanted.pods().equals(current.pods())) {
        current = new DesiredPods(current.version() + 1, wanted.pods());
        knows = true;
        pace.hurry();
      }
      open.expect(wanted.expectations(), current.version());
      ledger.keepOnly(
          StreamSupport.stream(list.spliterator(), false)
              .map(each -> each.path("id").asString(""))
              .collect(Collectors.toSet()));
      judge();
    } catch (IOException e) {
      throw new SourceException("the signals cannot be written to disk: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  private void judge() throws IOException {
    if (open.judge()) {
      sender.send();
    }
  }

  @Override
  public void report(PodReport report) {
    lock.lock();
    try {
      open.see(report);
      judge();
    } catch (IOException e) {
      throw new SourceException("the signals cannot be written to disk: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Heat has no way to ask an agent. */
  @Override
  public List<AgentRequest> requests() throws InterruptedException {
    boolean ended = closed.await(NO_REQUESTS.toSeconds(), TimeUnit.SECONDS);
    if (ended) {
      LOG.debug("requests are waited for no longer");
    }
    return List.of();
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) {
    throw new SourceException("Heat asks for no logs");
  }

  @Override
  public void close() {
    closed.countDown();
    watch.ifPresent(FileWatch::close);
    sender.close();
    http.close();
  }
}
