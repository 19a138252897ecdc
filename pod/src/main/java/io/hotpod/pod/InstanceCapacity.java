package io.hotpod.pod;

/**
 * What an instance has for pods.
 *
 * @param cpus that its agent may use
 * @param memoryBytes of the machine; 0 where nobody can tell
 * @param diskBytes of the disk that holds the agent's state; 0 where nobody can tell
 * @param diskFreeBytes of it, in whole quarters of a GiB, so that a report says it anew only when
 *     it changed noticeably
 */
public record InstanceCapacity(int cpus, long memoryBytes, long diskBytes, long diskFreeBytes) {
  private static final long STEP = 256L << 20;

  public InstanceCapacity {
    diskFreeBytes = diskFreeBytes / STEP * STEP;
  }
}
