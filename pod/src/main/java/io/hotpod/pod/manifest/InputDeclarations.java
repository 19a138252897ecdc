package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the list of inputs that a config declares. */
final class InputDeclarations {
  private static final List<String> FIELDS = List.of("name", "type", "default", "description");

  private final Findings findings;

  InputDeclarations(Findings findings) {
    this.findings = findings;
  }

  /** Name to declaration, in order; without those that are wrong. */
  Map<String, InputDeclaration> read(Node list) {
    Map<String, InputDeclaration> declarations = new LinkedHashMap<>();
    Cursor root = new Cursor("inputs", list, "inputs", list.location(), new IdentityHashMap<>());
    if (root.isNull()) {
      return declarations;
    }
    if (!(list instanceof SequenceNode)) {
      findings.error(root, "a list is wanted, and this is " + list.kind());
    }
    Checks.unique(root.items(), "name", "input", findings);
    for (Cursor item : root.items()) {
      declaration(item).ifPresent(declared -> declarations.put(declared.name(), declared));
    }
    return declarations;
  }

  private Optional<InputDeclaration> declaration(Cursor item) {
    if (!(item.node() instanceof MappingNode)) {
      findings.error(item, "a map is wanted, and this is " + item.node().kind());
      return Optional.empty();
    }
    for (Cursor field : item.fields()) {
      if (!FIELDS.contains(field.name())) {
        findings.unknownField(item, field, FIELDS);
      }
    }
    Checks.required(item, "name", findings);
    text(item, "name");
    text(item, "description");
    Optional<InputType> type = type(item);
    Optional<String> name = item.text("name");
    if (type.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Optional<JsonNode> value = Optional.empty();
    Optional<Cursor> given = item.field("default");
    if (given.isPresent()) {
      value = InputValues.convert(given.get().node().toJson(), type.get());
      if (value.isEmpty()) {
        findings.error(given.get(), "the default is not of type " + type.get().heatName());
      }
    }
    return Optional.of(
        new InputDeclaration(name.get(), type.get(), value, item.text("description").orElse("")));
  }

  private Optional<InputType> type(Cursor item) {
    Optional<Cursor> given = item.field("type");
    if (given.isEmpty()) {
      return Optional.of(InputType.STRING);
    }
    String name = given.get().text().orElse("");
    Optional<InputType> type = InputType.named(name);
    if (type.isEmpty()) {
      findings.error(
          given.get(),
          "\"" + Names.shortened(name) + "\" is no type of an input",
          Suggestions.advice(name, InputType.names())
              .orElse("use one of " + String.join(", ", InputType.names())));
    }
    return type;
  }

  private void text(Cursor item, String name) {
    Optional<Cursor> field = item.field(name);
    if (field.flatMap(Cursor::value).filter(JsonNode::isString).isEmpty() && field.isPresent()) {
      findings.error(field.get(), "a string is wanted, and this is " + field.get().node().kind());
    }
  }
}
