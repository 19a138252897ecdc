package io.hotpod.engine.wake;

/** The names of what can be waited for. */
public final class Topics {
  private Topics() {}

  /** An instance reported, or was seen. */
  public static String reports(String instanceId) {
    return "reports:" + instanceId;
  }

  /** The desired set of an instance changed. */
  public static String desired(String instanceId) {
    return "desired:" + instanceId;
  }

  /** An event of a stack was written. */
  public static String events(String stackId) {
    return "events:" + stackId;
  }

  /** A resource was signalled. */
  public static String signals(String resourceId) {
    return "signals:" + resourceId;
  }

  /** The deployments of a machine changed. */
  public static String deployments(String serverId) {
    return "deployments:" + serverId;
  }

  /** A breakpoint in a stack was cleared. */
  public static String hooks(String stackId) {
    return "hooks:" + stackId;
  }

  /** An operation was told to stop. */
  public static String stop(String operationId) {
    return "stop:" + operationId;
  }
}
