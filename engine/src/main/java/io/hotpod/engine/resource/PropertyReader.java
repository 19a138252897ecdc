package io.hotpod.engine.resource;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the properties of one resource by the schema of its type: unknown ones refused, types
 * coerced as Heat does, defaults filled in. Use once.
 */
public final class PropertyReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

  private final ResourceSchema schema;
  private final String path;
  private final Function<String, Optional<Location>> locate;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param path of the resource: {@code resources.web}
   * @param locate where a property stands in the template; the empty name asks for the resource
   */
  public PropertyReader(
      ResourceSchema schema, String path, Function<String, Optional<Location>> locate) {
    this.schema = schema;
    this.path = path;
    this.locate = locate;
  }

  /**
   * Reads what is known.
   *
   * @param unknown names of properties whose values are not known yet; they are taken on trust
   * @return coerced, with defaults; without the unknown ones
   */
  public ObjectNode read(ObjectNode given, Set<String> unknown) {
    ObjectNode result = JSON.objectNode();
    if (schema.open()) {
      return given.deepCopy();
    }
    given
        .propertyStream()
        .forEach(
            entry -> {
              PropertyDefinition definition = schema.properties().get(entry.getKey());
              if (definition == null) {
                unknownProperty(entry.getKey());
              } else if (!entry.getValue().isNull()) {
                coerce(definition, entry.getValue())
                    .ifPresent(value -> result.set(entry.getKey(), value));
              }
            });
    for (String name : unknown) {
      if (!schema.properties().containsKey(name)) {
        unknownProperty(name);
      }
    }
    for (PropertyDefinition definition : schema.properties().values()) {
      String name = definition.name();
      if (result.has(name) || unknown.contains(name)) {
        continue;
      }
      JsonNode value = given.get(name);
      boolean absent = value == null || value.isNull();
      if (absent && definition.required()) {
        problem("", "Property " + name + " not assigned", Optional.empty());
      } else if (absent) {
        definition.defaultValue().ifPresent(fallback -> result.set(name, fallback));
      }
    }
    return result;
  }

  /** What {@link #read} found wrong. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  private void unknownProperty(String name) {
    Optional<String> advice =
        Suggestions.nearest(name, schema.properties().keySet())
            .map(nearest -> "did you mean \"" + nearest + "\"?");
    problem(name, "Unknown Property " + name, advice);
  }

  private void problem(String property, String message, Optional<String> advice) {
    String place = property.isEmpty() ? path : path + ".properties." + property;
    problems.add(new Problem(locate.apply(property), place, message, advice));
  }

  private Optional<JsonNode> coerce(PropertyDefinition definition, JsonNode value) {
    Optional<JsonNode> coerced =
        switch (definition.type()) {
          case ANY -> Optional.of(value);
          case STRING -> string(value);
          case INTEGER -> integer(value);
          case NUMBER -> number(value);
          case BOOLEAN -> bool(value);
          case MAP -> Optional.of(value).filter(JsonNode::isObject);
          case LIST -> Optional.of(value).filter(JsonNode::isArray);
        };
    if (coerced.isEmpty()) {
      problem(
          definition.name(),
          "%s is not a %s".formatted(shortened(value), definition.type().heatName()),
          Optional.empty());
      return coerced;
    }
    return coerced.filter(accepted -> withinConstraints(definition, accepted));
  }

  private boolean withinConstraints(PropertyDefinition definition, JsonNode value) {
    if (!definition.allowedValues().isEmpty()
        && !definition.allowedValues().contains(value.asString(""))) {
      problem(
          definition.name(),
          "%s is not an allowed value [%s]"
              .formatted(shortened(value), String.join(", ", definition.allowedValues())),
          Suggestions.nearest(value.asString(""), definition.allowedValues())
              .map(nearest -> "did you mean \"" + nearest + "\"?"));
      return false;
    }
    if (value.isNumber()
        && (definition.minimum().isPresent() || definition.maximum().isPresent())) {
      long least = definition.minimum().orElse(Long.MIN_VALUE);
      long most = definition.maximum().orElse(Long.MAX_VALUE);
      BigDecimal number = value.decimalValue();
      if (number.compareTo(BigDecimal.valueOf(least)) < 0
          || number.compareTo(BigDecimal.valueOf(most)) > 0) {
        problem(
            definition.name(),
            "%s is out of range (min: %d, max: %d)".formatted(shortened(value), least, most),
            Optional.empty());
        return false;
      }
    }
    return true;
  }

  private static Optional<JsonNode> string(JsonNode value) {
    if (value.isString()) {
      return Optional.of(value);
    }
    if (value.isBoolean()) {
      // Heat is written in Python and shows its booleans so.
      return Optional.of(JSON.stringNode(value.booleanValue() ? "True" : "False"));
    }
    return value.isNumber() ? Optional.of(JSON.stringNode(value.asString())) : Optional.empty();
  }

  private static Optional<JsonNode> integer(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Optional.of(value);
    }
    if (value.isString() && INTEGER.matcher(value.stringValue()).matches()) {
      return Optional.of(JSON.numberNode(Long.parseLong(value.stringValue())));
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> number(JsonNode value) {
    if (value.isNumber()) {
      return Optional.of(value);
    }
    if (!value.isString() || value.stringValue().length() > 40) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.numberNode(new BigDecimal(value.stringValue())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> bool(JsonNode value) {
    if (value.isBoolean()) {
      return Optional.of(value);
    }
    return switch (value.asString("").toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> Optional.of(JSON.booleanNode(true));
      case "false" -> Optional.of(JSON.booleanNode(false));
      default -> Optional.empty();
    };
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
