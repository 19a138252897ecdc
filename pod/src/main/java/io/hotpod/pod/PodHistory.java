package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What happened on an instance and was not told for certain yet. The same transition can come in
 * several reports: journal and number name it.
 *
 * @param journal where an instance keeps its transitions; one that was lost begins anew under
 *     another name
 * @param transitions oldest first
 */
public record PodHistory(String journal, List<PodTransition> transitions) {
  public PodHistory {
    requireNonNull(journal, "journal is null");
    transitions = List.copyOf(transitions);
  }
}
