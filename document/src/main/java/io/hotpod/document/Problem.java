package io.hotpod.document;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing wrong with a text, as it is shown to people.
 *
 * @param location where, when the value came from a text
 * @param path where in the structure, as {@code resources.web.properties.manifest.spec}; empty for
 *     the whole document
 * @param message what is wrong, without place and without full stop
 * @param advice what to do, such as {@code did you mean "containers"?}
 */
public record Problem(
    Optional<Location> location, String path, String message, Optional<String> advice) {
  public Problem {
    requireNonNull(location, "location is null");
    requireNonNull(path, "path is null");
    requireNonNull(message, "message is null");
    requireNonNull(advice, "advice is null");
  }

  /** A problem at a node, without advice. */
  public static Problem at(Node node, String path, String message) {
    return new Problem(node.location(), path, message, Optional.empty());
  }

  /** A problem at a node, with advice. */
  public static Problem at(Node node, String path, String message, String advice) {
    return new Problem(node.location(), path, message, Optional.of(advice));
  }

  /** {@code file:line:column: path: message; advice}, leaving out what is not known. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    location.ifPresent(place -> text.append(place).append(": "));
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    text.append(message);
    advice.ifPresent(words -> text.append("; ").append(words));
    return text.toString();
  }
}
