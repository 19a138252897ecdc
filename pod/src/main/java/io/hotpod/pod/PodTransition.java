package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Something that happened to a pod and that its state alone need not show afterwards, such as that
 * it was not ready for a while.
 *
 * @param number grows with each transition of a journal
 * @param time when the agent saw it, on the instance's clock
 * @param podId of the desired pod
 * @param trouble whether something went wrong, as opposed to right again
 * @param words one line for people
 * @param omitted how many older ones of this pod the agent dropped, because it could not keep all
 */
public record PodTransition(
    long number, Instant time, String podId, boolean trouble, String words, int omitted) {
  public PodTransition {
    requireNonNull(time, "time is null");
    requireNonNull(podId, "podId is null");
    requireNonNull(words, "words is null");
  }
}
