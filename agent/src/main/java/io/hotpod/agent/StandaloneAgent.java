package io.hotpod.agent;

import io.hotpod.agent.source.Source;
import io.hotpod.agent.state.StateDirectory;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * An agent that enrols nowhere, because its source needs no credential of ours: a stock Heat, or
 * one config given to a hook. Agents of one name own the same pods, so that a machine can go from
 * the hook to the agent, and back, with nothing restarted.
 */
public final class StandaloneAgent implements AutoCloseable {
  private final AgentSettings settings;
  private final SourceOpener opener;
  private final Clock clock;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<PodRuntimes> runtimes = Optional.empty();
  private Optional<AgentCore> core = Optional.empty();

  /** Opens the source once the agent knows what is on its disk. */
  public interface SourceOpener {
    /**
     * @param known the desired set of an earlier run
     */
    Source open(Optional<DesiredPods> known) throws IOException;
  }

  public StandaloneAgent(
      AgentSettings settings, SourceOpener opener, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.opener = opener;
    this.clock = clock;
    this.random = random;
  }

  /** What the pods of such an agent are labelled with. */
  static String instanceId(AgentSettings settings) {
    return "heat-" + settings.name();
  }

  /**
   * Starts the agent and returns; the pods of an earlier run are taken up from disk before anybody
   * answers.
   *
   * @throws IOException when the state directory cannot be used or Podman cannot be started
   */
  public void start() throws IOException {
    lock.lock();
    try {
      StateDirectory state = new StateDirectory(settings.stateDirectory());
      PodRuntimes started = PodRuntimes.ofAgent(settings, clock, random);
      runtimes = Optional.of(started);
      Source source = opener.open(state.desired());
      AgentCore begun =
          new AgentCore(settings, state, instanceId(settings), started, source, clock, random);
      core = Optional.of(begun);
      begun.start();
    } finally {
      lock.unlock();
    }
  }

  /** Stops the agent. The pods go on. */
  @Override
  public void close() {
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
