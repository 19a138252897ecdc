package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The keys of one definition in a template, read one by one; what does not fit is noted. */
final class Fields {
  private final MappingNode mapping;
  private final Place place;
  private final Problems problems;

  Fields(MappingNode mapping, Place place, Problems problems) {
    this.mapping = mapping;
    this.place = place;
    this.problems = problems;
  }

  Place place() {
    return place;
  }

  /** Where a key's value stands. */
  Place at(String key) {
    return mapping
        .entry(key)
        .map(entry -> place.key(key, entry.value().location()))
        .orElseGet(() -> place.key(key, Optional.empty()));
  }

  /** Notes every key that is not among the known ones. */
  void refuseOthers(List<String> known, UnaryOperator<String> message) {
    for (MappingNode.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            place
                .key(entry.key(), entry.keyLocation())
                .problem(message.apply(entry.key()), Suggestions.advice(entry.key(), known)));
      }
    }
  }

  /** The value of a key, unless it is null. */
  Optional<Node> get(String key) {
    return mapping.get(key).filter(node -> !isNull(node));
  }

  /** A text, or a number or boolean as it was written. */
  Optional<String> text(String key) {
    Optional<Node> node = get(key);
    if (node.isPresent() && !(node.orElseThrow() instanceof ScalarNode)) {
      problems.add(at(key).problem(key + " must be a string, not " + node.orElseThrow().kind()));
    }
    return node.filter(ScalarNode.class::isInstance).map(scalar -> ((ScalarNode) scalar).text());
  }

  /** A boolean as lenient as Heat's; false when the key is not there. */
  boolean flag(String key) {
    Optional<Node> node = get(key);
    if (node.isEmpty()) {
      return false;
    }
    try {
      return ParameterValues.convert(ParameterType.BOOLEAN, node.orElseThrow().toJson())
          .booleanValue();
    } catch (ParameterValueException invalid) {
      problems.add(at(key).problem(key + " must be a boolean"));
      return false;
    }
  }

  /** A list of texts; a single text counts when that is allowed. */
  List<ResourceReference> names(String key, boolean oneAllowed) {
    List<ResourceReference> names = new ArrayList<>();
    get(key)
        .ifPresent(
            node -> {
              if (node instanceof SequenceNode sequence) {
                for (Node item : sequence.items()) {
                  name(item, at(key).item(names.size(), item.location())).ifPresent(names::add);
                }
              } else if (oneAllowed) {
                name(node, at(key)).ifPresent(names::add);
              } else {
                problems.add(at(key).problem(key + " must be a list, not " + node.kind()));
              }
            });
    return names;
  }

  private Optional<ResourceReference> name(Node node, Place at) {
    if (node instanceof ScalarNode scalar && !isNull(scalar)) {
      // Names stand as keys elsewhere, and keys are text whatever YAML would make of them.
      return Optional.of(new ResourceReference(scalar.text(), at));
    }
    problems.add(at.problem("this must be a name, not " + node.kind()));
    return Optional.empty();
  }

  /** A number, or a text that reads as one. */
  Optional<JsonNode> number(String key) {
    Optional<Node> node = get(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ParameterValues.convert(ParameterType.NUMBER, node.orElseThrow().toJson()));
    } catch (ParameterValueException invalid) {
      problems.add(at(key).problem(key + " must be a number"));
      return Optional.empty();
    }
  }

  static boolean isNull(Node node) {
    return node instanceof ScalarNode scalar && scalar.value().isNull();
  }
}
