package io.hotpod.template.environment;

import io.hotpod.document.Location;
import java.util.List;
import java.util.Optional;

/** What a type in a template stands for. */
public sealed interface MappedType {
  /** A type that the server implements. */
  record Implemented(String type) implements MappedType {}

  /**
   * A template of its own.
   *
   * @param template key of its text among the files
   * @param path of the registry entry that led to it; the type alone when a template names it
   *     directly
   * @param location of that entry; empty when there is none
   */
  record Nested(String template, List<String> path, Optional<Location> location)
      implements MappedType {
    public Nested {
      path = List.copyOf(path);
    }

    /** A template that another template names as a type. */
    public static Nested named(String template) {
      return new Nested(template, List.of(template), Optional.empty());
    }
  }

  /** Whether a name is a template's, wherever it stands: by its ending, as in Heat. */
  static boolean isTemplate(String name) {
    return name.endsWith(".yaml") || name.endsWith(".template");
  }
}
