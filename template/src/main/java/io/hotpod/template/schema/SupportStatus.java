package io.hotpod.template.schema;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Whether a type, a property or an attribute may be relied on.
 *
 * @param message what to use instead; empty when there is nothing to say
 * @param version since when it is so; empty when it always was
 * @param previous what was before
 */
public record SupportStatus(
    Status status, String message, String version, Optional<SupportStatus> previous) {
  /** Heat's words. */
  public enum Status {
    SUPPORTED,
    DEPRECATED,
    /** It is known by name and refused when used. */
    UNSUPPORTED,
    /** It works and is not shown any more. */
    HIDDEN,
    /** Nothing is known of it. */
    UNKNOWN
  }

  /** It always was there and will be. */
  public static final SupportStatus SUPPORTED =
      new SupportStatus(Status.SUPPORTED, "", "", Optional.empty());

  public SupportStatus {
    requireNonNull(status, "status is null");
    requireNonNull(message, "message is null");
    requireNonNull(version, "version is null");
    requireNonNull(previous, "previous is null");
  }

  /** It still works, and the message says what to use instead. */
  public static SupportStatus deprecated(String message, String version) {
    return new SupportStatus(Status.DEPRECATED, message, version, Optional.of(SUPPORTED));
  }

  /** It is known by name and refused when used. */
  public static SupportStatus unsupported(String message) {
    return new SupportStatus(Status.UNSUPPORTED, message, "", Optional.empty());
  }
}
