package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an agent sees on its instance, the whole of it each time.
 *
 * @param session names one run of the agent; within it {@code sequence} grows
 * @param sequence a report that is not newer than the last one of its session is ignored
 * @param desiredVersion the newest desired set that the agent has taken over and written to disk
 * @param time on the instance's clock
 * @param facts about the instance itself
 * @param pods all that the agent owns
 * @param history what happened since the last report that arrived; empty when nothing did, or when
 *     the agent does not say
 */
public record PodReport(
    String session,
    long sequence,
    long desiredVersion,
    Instant time,
    InstanceFacts facts,
    List<ObservedPod> pods,
    Optional<PodHistory> history) {
  /** A report without a history. */
  public PodReport(
      String session,
      long sequence,
      long desiredVersion,
      Instant time,
      InstanceFacts facts,
      List<ObservedPod> pods) {
    this(session, sequence, desiredVersion, time, facts, pods, Optional.empty());
  }

  public PodReport {
    requireNonNull(session, "session is null");
    requireNonNull(time, "time is null");
    requireNonNull(facts, "facts is null");
    pods = List.copyOf(pods);
    requireNonNull(history, "history is null");
  }

  /** The same with what happened. */
  public PodReport with(PodHistory happened) {
    return new PodReport(
        session, sequence, desiredVersion, time, facts, pods, Optional.of(happened));
  }
}
