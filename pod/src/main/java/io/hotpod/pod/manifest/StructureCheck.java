package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import io.hotpod.pod.Quantities;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Holds a manifest against the fields of the model and the table of what is honoured, and gives the
 * value with exactly what is honoured in it: no nulls, no empty lists and maps, no empty strings
 * where Kubernetes reads them as nothing.
 */
final class StructureCheck {
  private final Findings findings;

  StructureCheck(Findings findings) {
    this.findings = findings;
  }

  /** The value of a map with the fields of a model class; without the fields that are wrong. */
  ObjectNode object(Cursor at, Class<?> model) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    Map<String, FieldType> known = ModelFields.of(model);
    for (Cursor field : at.fields()) {
      String name = field.name();
      FieldType type = known.get(name);
      if (type == null) {
        findings.unknownField(at, field, known.keySet());
      } else if (!saysNothing(field, type, model)) {
        field(field, name, type, model).ifPresent(value -> result.set(name, value));
      }
    }
    return result;
  }

  private Optional<JsonNode> field(Cursor field, String name, FieldType type, Class<?> model) {
    return switch (SupportedFields.of(model, name)) {
      case Support.Honoured() -> value(field, type, false);
      case Support.HonouredText() -> value(field, type, true);
      case Support.HonouredValues(Set<String> values) -> {
        Optional<JsonNode> value = value(field, type, false);
        value.ifPresent(given -> oneOf(field, name, given.asString(), values));
        yield value;
      }
      case Support.Harmless(Set<String> values, Support.Refused otherwise) -> {
        if (value(field, type, false).filter(v -> !values.contains(v.asString())).isPresent()) {
          refuse(field, otherwise);
        }
        yield Optional.empty();
      }
      case Support.Refused refused -> {
        refuse(field, refused);
        yield Optional.empty();
      }
    };
  }

  private Optional<JsonNode> value(Cursor at, FieldType type, boolean freeText) {
    if (findings.mayBeAnything(at.node())) {
      return Optional.empty();
    }
    return switch (type) {
      case FieldType.Simple simple -> scalar(at, simple, freeText);
      case FieldType.ListOf(FieldType item) -> list(at, item, freeText);
      case FieldType.MapOf(FieldType value) -> map(at, value, freeText);
      case FieldType.ObjectOf(Class<?> model) -> {
        if (at.node() instanceof MappingNode) {
          yield Optional.of(object(at, model));
        }
        wrongType(at, type);
        yield Optional.empty();
      }
    };
  }

  private Optional<JsonNode> list(Cursor at, FieldType item, boolean freeText) {
    if (!(at.node() instanceof SequenceNode)) {
      wrongType(at, new FieldType.ListOf(item));
      return Optional.empty();
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Cursor element : at.items()) {
      value(element, item, freeText).ifPresent(array::add);
    }
    return Optional.of(array);
  }

  private Optional<JsonNode> map(Cursor at, FieldType type, boolean freeText) {
    if (!(at.node() instanceof MappingNode)) {
      wrongType(at, new FieldType.MapOf(type));
      return Optional.empty();
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Cursor entry : at.fields()) {
      value(entry, type, freeText).ifPresent(value -> object.set(entry.name(), value));
    }
    return Optional.of(object);
  }

  private Optional<JsonNode> scalar(Cursor at, FieldType.Simple type, boolean freeText) {
    if (!(at.node() instanceof ScalarNode(JsonNode value, String text, _))) {
      wrongType(at, type);
      return Optional.empty();
    }
    boolean right =
        switch (type) {
          case TEXT -> value.isString();
          case WHOLE -> value.isIntegralNumber() && value.canConvertToInt();
          case LONG -> value.isIntegralNumber() && value.canConvertToLong();
          case FLAG -> value.isBoolean();
          case WHOLE_OR_TEXT ->
              value.isString() || (value.isIntegralNumber() && value.canConvertToInt());
          case QUANTITY -> value.isString() || value.isNumber();
          case ANY -> true;
        };
    if (right && type == FieldType.Simple.QUANTITY) {
      return quantity(at, value.asString());
    }
    if (!right && type == FieldType.Simple.TEXT && freeText && isUnmistakable(value, text)) {
      findings.warning(
          at, "text is wanted, and this is " + at.node().kind(), "write \"" + text + "\"");
      return Optional.of(StringNode.valueOf(text));
    }
    if (!right) {
      wrongType(at, type);
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** Whether a value would read the same if it had been quoted; 1.10 and yes would not. */
  private static boolean isUnmistakable(JsonNode value, String text) {
    return (value.isNumber() || value.isBoolean()) && value.asString().equals(text);
  }

  private Optional<JsonNode> quantity(Cursor at, String text) {
    Optional<String> canonical = Quantities.canonical(text, at.name().equals("cpu"));
    if (canonical.isEmpty()) {
      findings.error(
          at,
          "\"" + text + "\" is not a quantity",
          Quantities.advice(text).orElse("write something like 500m, 2, 64Mi or 1Gi"));
    }
    return canonical.map(StringNode::valueOf);
  }

  private void wrongType(Cursor at, FieldType wanted) {
    String kind = at.node().kind();
    Optional<String> advice = Optional.empty();
    if (at.node() instanceof MappingNode mapping && mapping.entry("get_input").isPresent()) {
      kind = "an input that has no value yet";
    } else if (at.node() instanceof ScalarNode(JsonNode value, String text, _)) {
      if (wanted == FieldType.Simple.TEXT && (value.isNumber() || value.isBoolean())) {
        advice = Optional.of("put it in quotes: \"" + text + "\"");
      } else if (value.isString() && looksLike(text, wanted)) {
        advice = Optional.of("leave out the quotes: " + text);
      } else if (value.isNumber() && wanted.words().equals(FieldType.Simple.WHOLE.words())) {
        kind = text;
      }
    }
    findings.typeError(at, wanted.words() + " is wanted, and this is " + kind, advice);
  }

  private static boolean looksLike(String text, FieldType wanted) {
    if (wanted == FieldType.Simple.FLAG) {
      return text.equals("true") || text.equals("false");
    }
    return (wanted == FieldType.Simple.WHOLE || wanted == FieldType.Simple.LONG)
        && !text.isEmpty()
        && text.length() < 10
        && text.chars().allMatch(character -> character >= '0' && character <= '9');
  }

  private void oneOf(Cursor at, String name, String given, Set<String> values) {
    if (!values.contains(given)) {
      findings.error(
          at,
          "\"" + given + "\" is no " + name + " that is supported",
          Suggestions.advice(given, values).orElse("use one of " + String.join(", ", values)));
    }
  }

  private void refuse(Cursor field, Support.Refused refused) {
    findings.fieldError(
        field, "\"" + field.writtenName() + "\" " + refused.words(), Optional.empty());
  }

  /** Whether Kubernetes reads the value as if the field were not there. */
  private static boolean saysNothing(Cursor field, FieldType type, Class<?> model) {
    return switch (field.node()) {
      case ScalarNode(JsonNode value, _, _) ->
          value.isNull()
              || (type == FieldType.Simple.TEXT
                  && value.isString()
                  && value.stringValue().isEmpty()
                  && !(SupportedFields.of(model, field.name()) instanceof Support.HonouredText));
      case SequenceNode sequence -> type instanceof FieldType.ListOf && sequence.items().isEmpty();
      case MappingNode mapping ->
          mapping.entries().isEmpty()
              && (type instanceof FieldType.MapOf
                  || (type instanceof FieldType.ObjectOf && !SupportedFields.union(model)));
    };
  }
}
