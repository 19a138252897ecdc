package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a change of properties means for a resource.
 *
 * @param reasons for people; at least one unless nothing is to do
 * @param restartsPod a pod will be started again or stopped
 */
public record Decision(Kind kind, List<String> reasons, boolean restartsPod) {
  /** The ways. */
  public enum Kind {
    NONE,
    /** Nothing is to be changed, but it is not, or not surely, in use as it was. */
    RESUME,
    UPDATE,
    REPLACE
  }

  /** There is nothing to do. */
  public static final Decision NONE = new Decision(Kind.NONE, List.of(), false);

  public Decision {
    requireNonNull(kind, "kind is null");
    reasons = List.copyOf(reasons);
    if (kind != Kind.NONE && reasons.isEmpty()) {
      throw new IllegalArgumentException(kind + " needs a reason");
    }
  }

  /** Change it in place. */
  public static Decision update(List<String> reasons) {
    return new Decision(Kind.UPDATE, reasons, false);
  }

  /** Put another in its place. */
  public static Decision replace(List<String> reasons) {
    return new Decision(Kind.REPLACE, reasons, false);
  }
}
