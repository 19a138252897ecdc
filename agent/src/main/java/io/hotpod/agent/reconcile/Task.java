package io.hotpod.agent.reconcile;

import static java.util.Objects.requireNonNull;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;

/** One thing to do about one pod, and why. */
public sealed interface Task {
  String podId();

  String reason();

  /** The pod is there as it should be: only see to it that it is kept. */
  record Keep(DesiredPod pod, String reason) implements Task {
    public Keep {
      requireNonNull(pod, "pod is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String podId() {
      return pod.id();
    }
  }

  /** The pod is to be made. */
  record Create(DesiredPod pod, String reason) implements Task {
    public Create {
      requireNonNull(pod, "pod is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String podId() {
      return pod.id();
    }
  }

  /** A pod with an older content has to go before the new one is made. */
  record Replace(DesiredPod pod, ModificationToken old, String reason) implements Task {
    public Replace {
      requireNonNull(pod, "pod is null");
      requireNonNull(old, "old is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String podId() {
      return pod.id();
    }
  }

  /** A pod has to go. */
  record Remove(String podId, ModificationToken token, String reason) implements Task {
    public Remove {
      requireNonNull(podId, "podId is null");
      requireNonNull(token, "token is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** The pod cannot be made at all; what is there of it stays. */
  record Refuse(DesiredPod pod, String reason) implements Task {
    public Refuse {
      requireNonNull(pod, "pod is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String podId() {
      return pod.id();
    }
  }

  /** The pod is to be made later: something has to happen before. */
  record Hold(DesiredPod pod, String reason) implements Task {
    public Hold {
      requireNonNull(pod, "pod is null");
      requireNonNull(reason, "reason is null");
    }

    @Override
    public String podId() {
      return pod.id();
    }
  }
}
