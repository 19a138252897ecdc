package io.hotpod.agent.runtime.podman;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The status of one container as it grows: its keeper and its probes write, everyone reads. Each
 * real change is told once. Thread-safe.
 */
final class ContainerReport {
  private final ReentrantLock lock = new ReentrantLock();
  private final Runnable changed;
  private final boolean startsAtOnce;
  private ContainerStatus status;
  private String probe = "";
  private String remark = "";

  ContainerReport(Container container, String reason, Runnable changed) {
    this.startsAtOnce =
        container.getStartupProbe() == null
            && (container.getLifecycle() == null
                || container.getLifecycle().getPostStart() == null);
    this.changed = changed;
    status =
        new ContainerStatus(
            container.getName(),
            new ContainerState.Waiting(reason, ""),
            Optional.empty(),
            false,
            false,
            0,
            0,
            container.getImage(),
            Optional.empty(),
            Optional.empty());
  }

  ContainerStatus status() {
    lock.lock();
    try {
      boolean running = status.state() instanceof ContainerState.Running;
      return status.probed(Optional.of(probe).filter(said -> running && !said.isEmpty()));
    } finally {
      lock.unlock();
    }
  }

  /** It is what it was when it was remembered. */
  void remembered(ContainerStatus then) {
    change(_ -> then);
  }

  void waiting(String reason, String message) {
    change(
        was ->
            with(
                was,
                new ContainerState.Waiting(reason, message),
                was.lastTermination(),
                false,
                false));
  }

  /** It runs now. */
  void running(ContainerView view, int restarts, Optional<ContainerState.Terminated> last) {
    change(
        was ->
            new ContainerStatus(
                    was.name(),
                    new ContainerState.Running(view.startedAt().orElse(Instant.EPOCH)),
                    last.or(was::lastTermination),
                    false,
                    startsAtOnce,
                    restarts,
                    was.failures(),
                    was.image(),
                    Optional.of(view.imageId()),
                    Optional.of(view.id()))
                .from(view.madeFrom()));
  }

  /** It is over; {@code ready} is for an init container that succeeded. */
  void terminated(
      ContainerState.Terminated how, boolean ready, int restarts, Optional<ContainerView> view) {
    change(
        was ->
            new ContainerStatus(
                    was.name(),
                    how,
                    was.lastTermination(),
                    ready,
                    false,
                    restarts,
                    was.failures(),
                    was.image(),
                    view.map(ContainerView::imageId).or(was::imageId),
                    view.map(ContainerView::id).or(was::containerId))
                .from(view.flatMap(ContainerView::madeFrom).or(was::madeFrom)));
  }

  /** It waits to be started again after it ended so. */
  void waitingAfter(String reason, String message, ContainerState.Terminated last) {
    change(
        was ->
            with(
                was, new ContainerState.Waiting(reason, message), Optional.of(last), false, false));
  }

  void probed(boolean started, boolean ready) {
    change(was -> with(was, was.state(), was.lastTermination(), started, ready));
  }

  /** What there is to say of it though nothing is wrong; empty for nothing. */
  void remark(String words) {
    boolean different;
    lock.lock();
    try {
      different = !remark.equals(words);
      remark = words;
    } finally {
      lock.unlock();
    }
    if (different) {
      changed.run();
    }
  }

  String remark() {
    lock.lock();
    try {
      return remark;
    } finally {
      lock.unlock();
    }
  }

  /** What a probe that fails said; empty when none fails. */
  void probeSaid(String words) {
    boolean different;
    lock.lock();
    try {
      different = !probe.equals(words);
      probe = words;
    } finally {
      lock.unlock();
    }
    if (different) {
      changed.run();
    }
  }

  void restarts(int restarts) {
    change(
        was ->
            new ContainerStatus(
                    was.name(),
                    was.state(),
                    was.lastTermination(),
                    was.ready(),
                    was.started(),
                    restarts,
                    was.failures(),
                    was.image(),
                    was.imageId(),
                    was.containerId())
                .from(was.madeFrom()));
  }

  void failures(int failures) {
    change(
        was ->
            new ContainerStatus(
                    was.name(),
                    was.state(),
                    was.lastTermination(),
                    was.ready(),
                    was.started(),
                    was.restarts(),
                    failures,
                    was.image(),
                    was.imageId(),
                    was.containerId())
                .from(was.madeFrom()));
  }

  private static ContainerStatus with(
      ContainerStatus was,
      ContainerState state,
      Optional<ContainerState.Terminated> last,
      boolean started,
      boolean ready) {
    return new ContainerStatus(
            was.name(),
            state,
            last,
            ready,
            started,
            was.restarts(),
            was.failures(),
            was.image(),
            was.imageId(),
            was.containerId())
        .from(was.madeFrom());
  }

  /** A change of the status. */
  private interface Change {
    ContainerStatus apply(ContainerStatus was);
  }

  private void change(Change change) {
    boolean different;
    lock.lock();
    try {
      ContainerStatus now = change.apply(status);
      different = !now.equals(status);
      status = now;
    } finally {
      lock.unlock();
    }
    if (different) {
      changed.run();
    }
  }
}
