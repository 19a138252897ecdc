package io.hotpod.pod;

/** What a pod has to reach before its deployment counts as done. */
public enum WaitFor {
  /** Every container was started and runs. */
  RUNNING,
  /** Every container is ready by its probes. */
  READY,
  /** Every container ran to its end with exit code 0. */
  COMPLETED
}
