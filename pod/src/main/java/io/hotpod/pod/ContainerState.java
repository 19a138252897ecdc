package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** What a container is doing, by the Kubernetes API reference (ContainerState). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ContainerState.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = ContainerState.Running.class, name = "running"),
  @JsonSubTypes.Type(value = ContainerState.Terminated.class, name = "terminated")
})
public sealed interface ContainerState {
  /**
   * Not running yet, or not again yet.
   *
   * @param reason one word, as the kubelet uses: {@code ContainerCreating}, {@code
   *     PodInitializing}, {@code ErrImagePull}, {@code ImagePullBackOff}, {@code
   *     ErrImageNeverPull}, {@code InvalidImageName}, {@code CreateContainerConfigError}, {@code
   *     CreateContainerError}, {@code RunContainerError}, {@code CrashLoopBackOff}
   * @param message for people; may be empty
   */
  record Waiting(String reason, String message) implements ContainerState {
    public Waiting {
      requireNonNull(reason, "reason is null");
      requireNonNull(message, "message is null");
    }
  }

  /** Running since a time. */
  record Running(Instant startedAt) implements ContainerState {
    public Running {
      requireNonNull(startedAt, "startedAt is null");
    }
  }

  /**
   * Over.
   *
   * @param reason {@code Completed}, {@code Error}, {@code OOMKilled}, {@code StartError}
   * @param message for people; may be empty
   */
  record Terminated(
      int exitCode,
      String reason,
      String message,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt)
      implements ContainerState {
    public Terminated {
      requireNonNull(reason, "reason is null");
      requireNonNull(message, "message is null");
      requireNonNull(startedAt, "startedAt is null");
      requireNonNull(finishedAt, "finishedAt is null");
    }
  }
}
