package io.hotpod.pod;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One difference between two pods.
 *
 * @param path names items of lists by what they are called: {@code spec.containers[web].image}
 * @param before the old value in JSON, strings without quotes; empty when it was not there, or is
 *     not for everybody's eyes
 * @param after the new value, likewise
 */
public record Change(String path, Kind kind, Optional<String> before, Optional<String> after) {
  /** What happened to the value. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    /** The items of a list are the same, in another order. */
    REORDERED
  }

  public Change {
    requireNonNull(path, "path is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
  }

  /** One line for people: {@code spec.containers[web].image: web:1 -> web:2}. */
  @Override
  public String toString() {
    return switch (kind) {
      case ADDED -> path + ": added" + after.map(value -> " " + value).orElse("");
      case REMOVED -> path + ": removed" + before.map(value -> " " + value).orElse("");
      case CHANGED ->
          before.isPresent() && after.isPresent()
              ? path + ": " + before.get() + " -> " + after.get()
              : path + ": changed";
      case REORDERED -> path + ": reordered";
    };
  }
}
