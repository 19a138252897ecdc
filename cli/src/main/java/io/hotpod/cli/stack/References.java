package io.hotpod.cli.stack;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The files that a template or an environment names. */
final class References {
  private static final List<String> NAMES = List.of("get_file", ".yaml", ".template", "\\");

  private final List<Reference> all = new ArrayList<>();

  /** An anchor's value is met once for each alias. */
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * One name.
   *
   * @param kind the key that names it
   * @param isTemplate whether the file may name others
   */
  record Reference(ScalarNode node, String kind, boolean isTemplate) {}

  private References() {}

  /**
   * Whether a text could name files at all. Most name none, and need not be read to know it; that
   * they are sound is looked at where they are read for good.
   */
  static boolean mayBeIn(String text) {
    // A backslash may spell any of the others.
    return NAMES.stream().anyMatch(text::contains);
  }

  List<Reference> all() {
    return all;
  }

  /** {@code get_file} anywhere, and types that are files. */
  static References ofTemplate(Node root) {
    References references = new References();
    references.template(root);
    return references;
  }

  /** What the resource registry of an environment maps types to. */
  static References ofEnvironment(Node root) {
    References references = new References();
    if (root instanceof MappingNode sections) {
      sections.get("resource_registry").ifPresent(references::registry);
    }
    return references;
  }

  private void template(Node node) {
    if (!seen.add(node)) {
      return;
    }
    switch (node) {
      case MappingNode map -> {
        for (MappingNode.Entry entry : map.entries()) {
          boolean isCall = map.entries().size() == 1 && entry.key().equals("get_file");
          if (isCall && entry.value() instanceof ScalarNode file) {
            all.add(new Reference(file, "get_file", false));
          } else if (entry.key().equals("type")
              && entry.value() instanceof ScalarNode type
              && isTemplate(type)) {
            all.add(new Reference(type, "type", true));
          } else {
            template(entry.value());
          }
        }
      }
      case SequenceNode list -> list.items().forEach(this::template);
      case ScalarNode _ -> {}
    }
  }

  private void registry(Node node) {
    if (node instanceof MappingNode map && seen.add(node)) {
      for (MappingNode.Entry entry : map.entries()) {
        if (entry.value() instanceof ScalarNode type && isTemplate(type)) {
          all.add(new Reference(type, "resource_registry", true));
        } else {
          registry(entry.value());
        }
      }
    }
  }

  private static boolean isTemplate(ScalarNode type) {
    return type.value().isString()
        && (type.text().endsWith(".yaml") || type.text().endsWith(".template"));
  }
}
