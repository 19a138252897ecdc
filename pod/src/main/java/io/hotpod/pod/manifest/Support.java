package io.hotpod.pod.manifest;

import java.util.Set;

/** What happens to a field that a manifest gives. */
sealed interface Support {
  /** The runtime does what the field says. */
  record Honoured() implements Support {}

  /** As honoured; numbers and booleans count as the text that they were written as. */
  record HonouredText() implements Support {}

  /** As honoured, for these values. */
  record HonouredValues(Set<String> values) implements Support {}

  /**
   * The field may be given with a value that changes nothing here, and is then left out of the
   * normalised pod.
   *
   * @param values as they are written
   */
  record Harmless(Set<String> values, Refused otherwise) implements Support {}

  /**
   * The field is refused by name, because leaving it out would change what the pod means.
   *
   * @param words why, and what to do; follows the field's name
   */
  record Refused(String words) implements Support {}
}
