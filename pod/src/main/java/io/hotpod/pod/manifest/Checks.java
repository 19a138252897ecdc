package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.SequenceNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules that many parts of a pod share. */
final class Checks {
  /** The largest number of a port. */
  static final int MOST_PORTS = 65_535;

  private static final int MOST_MODES = 0777;

  private Checks() {}

  /** A field that has to be there, and not be empty. */
  static void required(Cursor parent, String field, Findings findings) {
    if (!(parent.node() instanceof MappingNode)) {
      return;
    }
    Optional<Cursor> given = parent.field(field);
    if (given.isPresent() && isEmpty(given.get())) {
      findings.error(given.get(), "\"" + given.get().writtenName() + "\" is empty");
    } else if (given.isEmpty() && !findings.isMisspelt(parent, field)) {
      findings.error(parent, "\"" + field + "\" is missing");
    }
  }

  private static boolean isEmpty(Cursor cursor) {
    boolean emptyText =
        cursor
            .value()
            .filter(value -> value.isString() && value.stringValue().isEmpty())
            .isPresent();
    return emptyText
        || (cursor.node() instanceof SequenceNode sequence && sequence.items().isEmpty());
  }

  /** A number between two bounds, both included. */
  static void range(Cursor parent, String field, long least, long most, Findings findings) {
    Optional<Cursor> cursor = parent.field(field);
    if (cursor.isEmpty()) {
      return;
    }
    Optional<Long> value = cursor.get().whole();
    // A number that does not even fit its type was refused for that.
    boolean fits = value.isPresent() && (value.get() <= Integer.MAX_VALUE || most > MOST_PORTS);
    if (fits && (value.get() < least || value.get() > most)) {
      String allowed =
          most == Integer.MAX_VALUE
              ? "give " + least + " or more"
              : least == most ? "give " + least : "give a number from " + least + " to " + most;
      findings.error(cursor.get(), value.get() + " is out of range", allowed);
    }
  }

  /** The permissions of a file. */
  static void mode(Cursor parent, String field, Findings findings) {
    Optional<Cursor> cursor = parent.field(field);
    Optional<Long> mode = cursor.flatMap(Cursor::whole);
    if (mode.isPresent() && (mode.get() < 0 || mode.get() > MOST_MODES)) {
      findings.error(
          cursor.get(),
          "these are no permissions of a file",
          "give 0000 to 0777 (0 to 511 in JSON)");
    }
  }

  /** A path that begins at the root and does not climb. */
  static void absolutePath(Cursor parent, String field, Findings findings) {
    Optional<Cursor> cursor = parent.field(field);
    Optional<String> path = cursor.flatMap(Cursor::text);
    if (cursor.isEmpty() || path.isEmpty()) {
      return;
    }
    if (!path.get().startsWith("/")) {
      findings.error(cursor.get(), "the path is not absolute", "begin it with /");
    } else if (climbs(path.get())) {
      findings.error(cursor.get(), "the path may not contain \"..\"");
    }
  }

  /** A path below something else. */
  static void relativePath(Cursor parent, String field, Findings findings) {
    Optional<Cursor> cursor = parent.field(field);
    Optional<String> path = cursor.flatMap(Cursor::text);
    if (path.isPresent() && (path.get().startsWith("/") || climbs(path.get()))) {
      findings.error(
          cursor.get(), "the path leaves its volume", "give a relative path without \"..\"");
    }
  }

  private static boolean climbs(String path) {
    return List.of(path.split("/", -1)).contains("..");
  }

  /** Items of lists whose field has to be different in each. */
  static void unique(Collection<Cursor> items, String field, String what, Findings findings) {
    Map<String, Cursor> seen = new HashMap<>();
    for (Cursor item : items) {
      Optional<String> name = item.text(field);
      if (name.isPresent()) {
        Cursor before = seen.putIfAbsent(name.get(), item);
        if (before != null) {
          findings.error(
              item.field(field).orElse(item),
              what + " \"" + Names.shortened(name.get()) + "\" is there twice",
              "the other one is " + before.path());
        }
      }
    }
  }

  /** Exactly one of some fields. */
  static Optional<Cursor> exactlyOne(
      Cursor parent, List<String> fields, String what, Findings findings) {
    if (!(parent.node() instanceof MappingNode)) {
      return Optional.empty();
    }
    List<Cursor> given =
        parent.fields().stream()
            .filter(field -> fields.contains(field.name()) && !field.isNull())
            .toList();
    if (given.isEmpty()) {
      findings.error(parent, what + " is missing", "give one of " + String.join(", ", fields));
    } else if (given.size() > 1) {
      findings.error(
          given.get(1),
          "\""
              + given.get(0).writtenName()
              + "\" and \""
              + given.get(1).writtenName()
              + "\" exclude each other",
          "give one of them");
    }
    return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
  }
}
