package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

/** How far an observed pod is on its way to what a deployment waits for. */
public sealed interface PodProgress {
  /**
   * The pod is there.
   *
   * @param words one line for people
   */
  record Reached(String words) implements PodProgress {
    public Reached {
      requireNonNull(words, "words is null");
    }
  }

  /**
   * The pod may still get there.
   *
   * @param why one line for people: what it waits for, or what went wrong so far
   */
  record Waiting(String why) implements PodProgress {
    public Waiting {
      requireNonNull(why, "why is null");
    }
  }

  /**
   * The pod will not get there unless somebody changes something.
   *
   * @param why one line for people, naming the container, the reason and the exit code
   */
  record Failed(String why) implements PodProgress {
    public Failed {
      requireNonNull(why, "why is null");
    }
  }

  /**
   * Judges a pod. Pure.
   *
   * @param token the modification that is waited for; a pod of another one proves nothing
   * @param restartPolicy of that modification: it decides whether an ended container is the end
   */
  static PodProgress of(
      ObservedPod pod, ModificationToken token, WaitFor wanted, RestartPolicy restartPolicy) {
    return new PodJudge(pod, token, wanted, restartPolicy).judge();
  }
}
