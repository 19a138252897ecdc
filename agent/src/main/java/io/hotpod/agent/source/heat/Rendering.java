package io.hotpod.agent.source.heat;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.WaitFor;
import java.time.Duration;

/** What becomes of a deployment's config: a pod, or the reason why it can be none. */
public sealed interface Rendering {
  /**
   * A pod.
   *
   * @param waitFor what it has to reach before Heat is told of success
   * @param timeout after which Heat is told of failure
   */
  record Rendered(DesiredPod pod, WaitFor waitFor, Duration timeout) implements Rendering {
    public Rendered {
      requireNonNull(pod, "pod is null");
      requireNonNull(waitFor, "waitFor is null");
      requireNonNull(timeout, "timeout is null");
    }
  }

  /**
   * No pod.
   *
   * @param why for the people who wrote the config: every problem with its place
   */
  record Refused(String why) implements Rendering {
    public Refused {
      requireNonNull(why, "why is null");
    }
  }
}
