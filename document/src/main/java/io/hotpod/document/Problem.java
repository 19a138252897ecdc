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
 * @param lacks what it says is not there, when that is all it says: the path of an entry of the
 *     same text, such as {@code parameters.size}, or of a file, such as {@code files.web.yaml}. Who
 *     has told what is wrong with that one need not tell this. Not shown
 */
public record Problem(
    Optional<Location> location,
    String path,
    String message,
    Optional<String> advice,
    Optional<String> lacks) {
  /** What the path of a file that should have come with a text begins with. */
  public static final String FILES = "files.";

  public Problem {
    requireNonNull(location, "location is null");
    requireNonNull(path, "path is null");
    requireNonNull(message, "message is null");
    requireNonNull(advice, "advice is null");
    requireNonNull(lacks, "lacks is null");
  }

  /** A problem that is one of its own. */
  public Problem(
      Optional<Location> location, String path, String message, Optional<String> advice) {
    this(location, path, message, advice, Optional.empty());
  }

  /** A problem at a node, without advice. */
  public static Problem at(Node node, String path, String message) {
    return new Problem(node.location(), path, message, Optional.empty());
  }

  /** A problem at a node, with advice. */
  public static Problem at(Node node, String path, String message, String advice) {
    return new Problem(node.location(), path, message, Optional.of(advice));
  }

  /** The same at another place. */
  public Problem movedTo(Optional<Location> elsewhere, String otherPath) {
    return new Problem(elsewhere, otherPath, message, advice, lacks);
  }

  /** The same as of a problem that says that something is not there. */
  public Problem lacking(String what) {
    return new Problem(location, path, message, advice, Optional.of(what));
  }

  /** The same of a text inside another one: it is the inner one's entry that is not there. */
  public Problem inside(String prefix) {
    return lacks
        .filter(what -> !what.startsWith(FILES))
        .map(prefix::concat)
        .map(this::lacking)
        .orElse(this);
  }

  /** Whether it says no more than that a file is not there. */
  public boolean lacksFile(String key) {
    return lacks.equals(Optional.of(FILES + key));
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
