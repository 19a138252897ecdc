package io.hotpod.agent;

import io.hotpod.agent.source.Enrolment;
import io.hotpod.agent.source.EnrolmentRefusedException;
import io.hotpod.agent.source.HotpodSource;
import io.hotpod.agent.source.RetryPause;
import io.hotpod.agent.source.SourceException;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance's agent. Several may live in one process and share one Podman; each owns only the
 * pods of its instance.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private final AgentSettings settings;
  private final Clock clock;
  private final RandomGenerator random;
  private final CompletableFuture<String> instanceId = new CompletableFuture<>();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<PodRuntimes> runtimes = Optional.empty();
  private Optional<AgentCore> core = Optional.empty();
  private Optional<Thread> enrolling = Optional.empty();

  public Agent(AgentSettings settings) {
    this(settings, Clock.systemUTC(), RandomGenerator.getDefault());
  }

  Agent(AgentSettings settings, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Starts the agent and returns. An instance that is enrolled takes up its pods from disk before
   * anybody answers; one that is not enrolls as soon as the server can be reached.
   *
   * @throws IOException when the state directory cannot be used or Podman cannot be started
   * @throws IllegalStateException when there is neither a credential on disk nor a join token, or
   *     when the state directory is that of an instance with another name
   */
  public void start() throws IOException {
    lock.lock();
    try {
      begin();
    } finally {
      lock.unlock();
    }
  }

  private void begin() throws IOException {
    StateDirectory state = new StateDirectory(settings.stateDirectory());
    Optional<Identity> identity = state.identity();
    identity.flatMap(Identity::name).ifPresent(this::requireSameName);
    if (identity.isEmpty() && settings.joinToken().isEmpty()) {
      throw new IllegalStateException(
          "instance "
              + settings.name()
              + " is not enrolled and there is no join token; make one with \"hotpod instance"
              + " join-token\" and start the agent with it");
    }
    PodRuntimes started = runtimes();
    if (identity.isPresent()) {
      begin(state, identity.get(), started);
    } else {
      String token = settings.joinToken().get();
      enrolling =
          Optional.of(
              Thread.ofVirtual()
                  .name("enrol-" + settings.name())
                  .start(() -> enrol(state, token, started)));
    }
  }

  /** An agent that took up another's state would run that one's pods and report in its name. */
  private void requireSameName(String enrolled) {
    if (!enrolled.equals(settings.name())) {
      throw new IllegalStateException(
          "the state directory "
              + settings.stateDirectory()
              + " is that of instance "
              + enrolled
              + ", not of "
              + settings.name()
              + "; start it as "
              + enrolled
              + ", or give "
              + settings.name()
              + " a state directory of its own");
    }
  }

  /** Completed with the instance's id once it is enrolled, or with why it never will be. */
  public CompletableFuture<String> instanceId() {
    return instanceId.copy();
  }

  private PodRuntimes runtimes() throws IOException {
    PodRuntimes started = PodRuntimes.ofAgent(settings, clock, random);
    runtimes = Optional.of(started);
    return started;
  }

  private void enrol(StateDirectory state, String token, PodRuntimes started) {
    RetryPause pause = new RetryPause(random);
    boolean said = false;
    try {
      for (; ; ) {
        try {
          Identity identity = Enrolment.enrol(settings.server(), token, settings.name());
          state.save(identity);
          LOG.info("instance {} is enrolled as {}", settings.name(), identity.instanceId());
          begin(state, identity, started);
          return;
        } catch (SourceException | IOException e) {
          if (!said) {
            said = true;
            LOG.warn("{}; trying again", e.getMessage());
          }
          Thread.sleep(pause.next());
        }
      }
    } catch (EnrolmentRefusedException e) {
      LOG.error("{}", e.getMessage());
      instanceId.completeExceptionally(e);
    } catch (InterruptedException e) {
      LOG.debug("enrolling no longer");
    }
  }

  private void begin(StateDirectory state, Identity identity, PodRuntimes started)
      throws IOException {
    lock.lock();
    try {
      run(state, identity, started);
    } finally {
      lock.unlock();
    }
  }

  private void run(StateDirectory state, Identity identity, PodRuntimes started)
      throws IOException {
    HotpodSource source = new HotpodSource(settings.server(), identity, state::save);
    AgentCore begun =
        new AgentCore(settings, state, identity.instanceId(), started, source, clock, random);
    begun.start();
    core = Optional.of(begun);
    instanceId.complete(identity.instanceId());
  }

  /** Stops the agent. The pods go on. */
  @Override
  public void close() {
    // Not under the lock: the enrolling thread may hold it.
    enrolling.ifPresent(Thread::interrupt);
    try {
      if (enrolling.isPresent()) {
        enrolling.get().join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop();
  }

  private void stop() {
    lock.lock();
    try {
      core.ifPresent(AgentCore::close);
      core = Optional.empty();
      runtimes.ifPresent(PodRuntimes::close);
      runtimes = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
