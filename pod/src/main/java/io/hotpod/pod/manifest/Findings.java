package io.hotpod.pod.manifest;

import io.hotpod.document.Location;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects the problems and warnings of one manifest. Not thread-safe. */
final class Findings {
  private static final Comparator<Problem> TEXT_ORDER =
      Comparator.comparing(Problem::location, Comparator.comparingInt(Findings::line))
          .thenComparing(Problem::location, Comparator.comparingInt(Findings::column));

  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Set<String> misspelt = new HashSet<>();
  private final IdentityHashMap<Node, InputType> unknown;

  /**
   * @param unknown nodes that stand for inputs whose values are not known yet, by identity
   */
  Findings(IdentityHashMap<Node, InputType> unknown) {
    this.unknown = unknown;
  }

  /** Something wrong with a value. */
  void error(Cursor at, String message) {
    add(at, at.node().location().or(at::key), message, Optional.empty());
  }

  /** Something wrong with a value, and what to do. */
  void error(Cursor at, String message, String advice) {
    add(at, at.node().location().or(at::key), message, Optional.of(advice));
  }

  /** Something wrong with a field as such, not with its value. */
  void fieldError(Cursor at, String message, Optional<String> advice) {
    errors.add(new Problem(at.key(), at.path(), message, advice));
  }

  /** A field that nothing knows, in a map. */
  void unknownField(Cursor parent, Cursor field, Collection<String> known) {
    Optional<String> meant = Suggestions.nearest(field.name(), known);
    meant.ifPresent(name -> misspelt.add(parent.path() + "." + name));
    fieldError(
        field,
        "unknown field \"" + Names.shortened(field.name()) + "\"",
        meant.map(name -> "did you mean \"" + name + "\"?"));
  }

  /** Whether a field that is not there was probably meant by another one that is. */
  boolean isMisspelt(Cursor parent, String field) {
    return misspelt.contains(parent.path() + "." + field);
  }

  /** A value of the wrong type: wrong whatever an input will be. */
  void typeError(Cursor at, String message, Optional<String> advice) {
    errors.add(new Problem(at.node().location().or(at::key), at.path(), message, advice));
  }

  /** A value that names something else of the manifest, which is not there. */
  void dangling(Cursor at, String message, String advice) {
    // An input may become that name.
    if (unknown.isEmpty()) {
      error(at, message, advice);
    }
  }

  void warning(Cursor at, String message, String advice) {
    if (!unknown.containsKey(at.node())) {
      warnings.add(
          new Problem(at.node().location().or(at::key), at.path(), message, Optional.of(advice)));
    }
  }

  /** Whether the node stands for an input that may become a value of any type. */
  boolean mayBeAnything(Node node) {
    return unknown.get(node) == InputType.JSON;
  }

  /** In the order of the text. */
  List<Problem> errors() {
    return errors.stream().sorted(TEXT_ORDER).toList();
  }

  /** In the order of the text. */
  List<Problem> warnings() {
    return warnings.stream().sorted(TEXT_ORDER).toList();
  }

  private void add(
      Cursor at, Optional<Location> location, String message, Optional<String> advice) {
    if (!unknown.containsKey(at.node())) {
      errors.add(new Problem(location, at.path(), message, advice));
    }
  }

  private static int line(Optional<Location> location) {
    return location.map(Location::line).orElse(0);
  }

  private static int column(Optional<Location> location) {
    return location.map(Location::column).orElse(0);
  }
}
