package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.WaitFor;
import java.time.Duration;

/** What Heat waits for about one deployment. */
public sealed interface Expectation {
  HeatDeployment deployment();

  /** The pod has to be what the deployment wants it to be. */
  record Up(HeatDeployment deployment, DesiredPod pod, WaitFor waitFor, Duration timeout)
      implements Expectation {
    public Up {
      requireNonNull(deployment, "deployment is null");
      requireNonNull(pod, "pod is null");
      requireNonNull(waitFor, "waitFor is null");
      requireNonNull(timeout, "timeout is null");
    }
  }

  /** Nothing of the pod may be left. */
  record Down(HeatDeployment deployment) implements Expectation {
    public Down {
      requireNonNull(deployment, "deployment is null");
    }
  }

  /** It is known already what to say. */
  record Settled(HeatDeployment deployment, Outcome outcome) implements Expectation {
    public Settled {
      requireNonNull(deployment, "deployment is null");
      requireNonNull(outcome, "outcome is null");
    }
  }
}
