package io.hotpod.engine.wake;

import java.util.Optional;

/** The names of what can be waited for. */
public final class Topics {
  private static final String ACCEPTED = "accepted:";

  private static final String CANCELLED = "cancelled:";

  /** An event of any stack was written; woken in each server by itself. */
  public static final String ALL_EVENTS = "events";

  private static final String EVENTS = "events:";

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
    return EVENTS + stackId;
  }

  /** Whether a topic is {@link #events} of some stack. */
  public static boolean isEvents(String topic) {
    return topic.startsWith(EVENTS);
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

  /** An operation was accepted; an older one of the same stack is to stop. */
  public static String accepted(String stackId, String operationId) {
    return ACCEPTED + stackId + ":" + operationId;
  }

  /** What an {@link #accepted} topic says; empty for any other. */
  public static Optional<AcceptedOperation> readAccepted(String topic) {
    int colon = topic.lastIndexOf(':');
    return topic.startsWith(ACCEPTED) && colon >= ACCEPTED.length()
        ? Optional.of(
            new AcceptedOperation(
                topic.substring(ACCEPTED.length(), colon), topic.substring(colon + 1)))
        : Optional.empty();
  }

  /** An operation was cancelled. */
  public static String cancelled(String operationId) {
    return CANCELLED + operationId;
  }

  /** The operation of a {@link #cancelled} topic; empty for any other. */
  public static Optional<String> readCancelled(String topic) {
    return topic.startsWith(CANCELLED)
        ? Optional.of(topic.substring(CANCELLED.length()))
        : Optional.empty();
  }

  /** The newest operation of a stack. */
  public record AcceptedOperation(String stackId, String operationId) {}
}
