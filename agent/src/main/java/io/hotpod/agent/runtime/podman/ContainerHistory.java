package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;

/**
 * What one container has been through: read from the memory of its pod, and kept there and in its
 * report. Written by the thread that keeps the container; read by any.
 */
final class ContainerHistory {
  private final PodMemory memory;
  private final String container;
  private final ContainerReport report;
  private volatile ContainerRecord record;

  ContainerHistory(PodMemory memory, String container, ContainerReport report) {
    this.memory = memory;
    this.container = container;
    this.report = report;
    this.record = memory.of(container);
  }

  ContainerRecord record() {
    return record;
  }

  /** Number of the newest run; -1 before the first. */
  int attempt() {
    return record.attempt();
  }

  /** How often it was started again. */
  int restarts() {
    return Math.max(record.attempt(), 0);
  }

  /** Notes the number of a run; it is written once that run is watched. */
  void at(int attempt) {
    record = record.at(attempt);
  }

  void write() {
    memory.put(container, record);
  }

  void remember(ContainerRecord now) {
    record = now;
    report.failures(now.failures());
    write();
  }

  /** It came to an end, or could not be started. */
  void counting(int ends, int failures) {
    remember(record.counting(ends, failures));
  }

  /** It came to its end well and is not run again. */
  void succeeded(ContainerStatus how) {
    remember(record.succeeded(how));
  }

  /** It could not be started and may not be tried again. */
  void neverStarted(ContainerState.Terminated how) {
    remember(record.neverStarted(how));
  }
}
