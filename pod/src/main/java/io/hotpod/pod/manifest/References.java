package io.hotpod.pod.manifest;

import io.hotpod.document.Suggestions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds what a pod names as config map or secret against what its config brings along. */
final class References {
  private static final Set<String> DOCKER_KEYS = Set.of(".dockerconfigjson", ".dockercfg");

  private final ManifestContext context;
  private final Findings findings;

  References(ManifestContext context, Findings findings) {
    this.context = context;
    this.findings = findings;
  }

  /** The two kinds of things that a pod may name. */
  enum Kind {
    CONFIG_MAP("config map", "config_maps"),
    SECRET("secret", "secrets");

    private final String words;
    private final String property;

    Kind(String words, String property) {
      this.words = words;
      this.property = property;
    }
  }

  /**
   * A map with the name of a config map or secret.
   *
   * @param nameField {@code name}, or {@code secretName} in volumes
   * @return its keys; empty when it need not be there, or is not
   */
  Optional<Set<String>> named(Cursor reference, Kind kind, String nameField) {
    Checks.required(reference, nameField, findings);
    Optional<Cursor> name = reference.field(nameField);
    Optional<String> text = name.flatMap(Cursor::text);
    if (text.isEmpty() || reference.flag("optional")) {
      return Optional.empty();
    }
    Map<String, Set<String>> there =
        switch (kind) {
          case CONFIG_MAP -> context.configMaps();
          case SECRET -> context.secrets();
        };
    Set<String> keys = there.get(text.get());
    if (keys == null) {
      findings.dangling(
          name.orElse(reference),
          "the pod config brings along no "
              + kind.words
              + " \""
              + Names.shortened(text.get())
              + "\"",
          Suggestions.nearest(text.get(), there.keySet())
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("give it in its " + kind.property + ", or say optional: true"));
    }
    return Optional.ofNullable(keys);
  }

  /** A secret with the credentials of a registry. */
  void pullSecret(Cursor reference) {
    Optional<Set<String>> keys = named(reference, Kind.SECRET, "name");
    if (keys.isPresent() && keys.get().stream().noneMatch(DOCKER_KEYS::contains)) {
      findings.dangling(
          reference.field("name").orElse(reference),
          "the secret holds no credentials of a registry",
          "give it the key .dockerconfigjson");
    }
  }

  /** A key that has to be in what is named beside it. */
  void key(Cursor holder, Kind kind, Optional<Set<String>> keys) {
    Checks.required(holder, "key", findings);
    Optional<Cursor> key = holder.field("key");
    key.ifPresent(cursor -> Names.KEY.check(cursor, findings));
    Optional<String> text = key.flatMap(Cursor::text);
    if (text.isPresent() && keys.isPresent() && !keys.get().contains(text.get())) {
      findings.dangling(
          key.orElse(holder),
          "the " + kind.words + " has no key \"" + Names.shortened(text.get()) + "\"",
          Suggestions.nearest(text.get(), keys.get())
              .map(near -> "did you mean \"" + near + "\"?")
              .orElse("add it in the " + kind.property + " of the pod config"));
    }
  }
}
