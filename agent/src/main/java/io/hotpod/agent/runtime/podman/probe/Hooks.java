package io.hotpod.agent.runtime.podman.probe;

import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries out the hooks of one container's life cycle, by the Kubernetes API reference. A hook by
 * HTTP has failed when there is no answer; the status of the answer is not looked at, by what a
 * kubelet does ({@code pkg/kubelet/lifecycle/handlers.go}).
 */
public final class Hooks {
  private final Prober prober;

  /**
   * @param prober of the container whose hooks they are
   */
  public Hooks(Prober prober) {
    this.prober = prober;
  }

  /**
   * Returns when the hook is over, or after the time that it may take.
   *
   * @return why it failed; empty when it did not
   * @throws PodmanUnavailableException when nobody can say
   */
  public Optional<String> run(LifecycleHandler hook, Duration longest) throws InterruptedException {
    if (hook.getSleep() != null) {
      Duration wanted = Duration.ofSeconds(hook.getSleep().getSeconds());
      Thread.sleep(wanted.compareTo(longest) < 0 ? wanted : longest);
      return Optional.empty();
    }
    if (hook.getHttpGet() != null) {
      return prober.unanswered(hook.getHttpGet(), longest);
    }
    Probe question = new Probe();
    question.setExec(hook.getExec());
    return prober.failure(question, longest);
  }
}
