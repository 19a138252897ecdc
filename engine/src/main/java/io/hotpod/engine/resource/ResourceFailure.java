package io.hotpod.engine.resource;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A resource could not be brought where it should be; the message is for people.
 *
 * <p>A failure deep inside keeps its kind and its path, so that the outermost stack tells which
 * resource it was: {@code ResourceInError: resources.web.resources.pod: the image is missing}.
 */
public final class ResourceFailure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String KIND = "ResourceInError";

  private final String kind;
  private final String path;
  private final boolean worthRetrying;

  /** When it is over; nothing tells of most. */
  private final transient Passing passing;

  /**
   * How a failure ends that others tell of.
   *
   * @param topics that are woken when it may have passed
   * @param over whether it has; asked again and again, by one thread at a time
   */
  public record Passing(List<String> topics, BooleanSupplier over) {
    static final Passing UNTOLD = new Passing(List.of(), () -> false);

    public Passing {
      topics = List.copyOf(topics);
      requireNonNull(over, "over is null");
    }
  }

  public ResourceFailure(String message) {
    this(KIND, "", message);
  }

  /**
   * A failure of another kind than {@code ResourceInError}, or one that happened deeper inside.
   *
   * @param kind Heat's name of it
   * @param path below the resource, such as {@code resources.pod}; empty for the resource itself
   */
  public ResourceFailure(String kind, String path, String message) {
    this(kind, path, message, false, Passing.UNTOLD);
  }

  private ResourceFailure(
      String kind, String path, String message, boolean worthRetrying, Passing passing) {
    super(message);
    this.kind = requireNonNull(kind, "kind is null");
    this.path = requireNonNull(path, "path is null");
    this.worthRetrying = worthRetrying;
    this.passing = passing;
  }

  /**
   * A failure that may pass without anybody changing anything, such as of something outside that
   * does not answer now. The step is attempted again a few times before it counts as failed.
   */
  public static ResourceFailure worthRetrying(String message) {
    return worthRetrying(KIND, message);
  }

  /**
   * The same of another kind than {@code ResourceInError}.
   *
   * @param kind Heat's name of it
   */
  public static ResourceFailure worthRetrying(String kind, String message) {
    return new ResourceFailure(kind, "", message, true, Passing.UNTOLD);
  }

  /** The same of which something tells when it is over: then the next attempt need not wait. */
  public static ResourceFailure worthRetrying(String message, Passing passing) {
    return new ResourceFailure(KIND, "", message, true, passing);
  }

  /**
   * The failure of a resource because the stack inside it failed.
   *
   * @param reason of that stack, such as {@code Resource CREATE failed: ResourceInError:
   *     resources.pod: the image is missing}
   */
  public static ResourceFailure inside(String reason) {
    String[] parts = reason.split(": ", 4);
    return parts.length == 4
            && parts[0].startsWith("Resource ")
            && parts[0].endsWith(" failed")
            && parts[2].startsWith("resources.")
        ? new ResourceFailure(parts[1], parts[2], parts[3])
        : new ResourceFailure(reason);
  }

  /** Whether another attempt may succeed although nobody has changed anything. */
  public boolean isWorthRetrying() {
    return worthRetrying;
  }

  /** How it ends, where something tells. */
  public Passing passing() {
    return passing;
  }

  /** The same failure as the last word, telling more. */
  public ResourceFailure adding(String words) {
    return new ResourceFailure(kind, path, getMessage() + words);
  }

  /** Heat's name of the kind of failure. */
  public String kind() {
    return kind;
  }

  /** How a resource of that name failed, in Heat's words. */
  public String reason(String resource) {
    String place = "resources." + resource + (path.isEmpty() ? "" : "." + path);
    return "%s: %s: %s".formatted(kind, place, getMessage());
  }
}
