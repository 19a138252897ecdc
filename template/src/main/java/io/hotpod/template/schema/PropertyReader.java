package io.hotpod.template.schema;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import io.hotpod.template.Constraint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the properties of one resource by the schema of its type: unknown ones refused, types
 * coerced as Heat does, constraints held, defaults filled in, at every depth. Use once.
 */
public final class PropertyReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ResourceSchema schema;
  private final String path;
  private final Function<List<String>, Optional<Location>> locate;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Makes a reader.
   *
   * @param path of the resource: {@code resources.web}
   * @param locate where something inside the properties stands in the template, by the keys and
   *     list indices that lead to it; the empty list asks for the resource
   */
  public PropertyReader(
      ResourceSchema schema, String path, Function<List<String>, Optional<Location>> locate) {
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
    return schema.open() ? given.deepCopy() : keys(schema.properties(), given, unknown, List.of());
  }

  /** What {@link #read} found wrong. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  private ObjectNode keys(
      Map<String, PropertyDefinition> definitions,
      ObjectNode given,
      Set<String> unknown,
      List<String> at) {
    ObjectNode result = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      List<String> inside = step(at, entry.getKey());
      usable(definitions, inside)
          .flatMap(definition -> value(definition, entry.getValue(), inside))
          .ifPresent(value -> result.set(entry.getKey(), value));
    }
    for (String name : unknown) {
      usable(definitions, step(at, name));
    }
    for (PropertyDefinition definition : definitions.values()) {
      String name = definition.name();
      if (given.has(name) || unknown.contains(name)) {
        continue;
      }
      if (definition.defaultValue().isPresent()) {
        result.set(name, definition.defaultValue().orElseThrow().deepCopy());
      } else if (definition.required()) {
        problem(at, "Property " + name + " not assigned", Optional.of("it is required"));
      }
    }
    return result;
  }

  private Optional<PropertyDefinition> usable(
      Map<String, PropertyDefinition> definitions, List<String> at) {
    String name = at.getLast();
    PropertyDefinition definition = definitions.get(name);
    if (definition == null) {
      problem(at, "Unknown Property " + name, expected(name, definitions.keySet()));
    } else if (definition.support().status() == SupportStatus.Status.UNSUPPORTED) {
      String message = definition.support().message();
      problem(
          at,
          "Property " + name + " not implemented yet",
          message.isEmpty() ? Optional.empty() : Optional.of(message));
      return Optional.empty();
    }
    return Optional.ofNullable(definition);
  }

  private static Optional<String> expected(String name, Collection<String> names) {
    return Suggestions.advice(name, names)
        .or(
            () ->
                names.isEmpty() || names.size() > 12
                    ? Optional.empty()
                    : Optional.of("there are " + String.join(", ", names)));
  }

  private Optional<JsonNode> value(PropertyDefinition definition, JsonNode given, List<String> at) {
    // As in Heat, a null stands for the default, and without one for the type's empty value.
    JsonNode present =
        given.isNull()
            ? definition
                .defaultValue()
                .map(JsonNode::deepCopy)
                .orElseGet(() -> definition.type().zero())
            : given;
    JsonNode coerced;
    try {
      coerced = new Coercion(definition).of(present);
    } catch (UnfitValueException unfit) {
      problem(at, unfit.reason(), Optional.empty());
      return Optional.empty();
    }
    int before = problems.size();
    JsonNode read =
        definition.nested().isPresent()
            ? inside(definition, definition.nested().orElseThrow(), coerced, at)
            : coerced;
    if (problems.size() == before) {
      definition.constraints().forEach(constraint -> check(definition, constraint, read, at));
    }
    return problems.size() == before ? Optional.of(read) : Optional.empty();
  }

  private JsonNode inside(
      PropertyDefinition definition, NestedSchema nested, JsonNode value, List<String> at) {
    return switch (nested) {
      case NestedSchema.Keys keys ->
          value instanceof ObjectNode object
              ? keys(inherited(definition, keys.properties()), object, Set.of(), at)
              : value;
      case NestedSchema.Each each -> items(inherited(definition, each.item()), value, at);
    };
  }

  /** What is inside a secret is secret. */
  private static PropertyDefinition inherited(PropertyDefinition outer, PropertyDefinition item) {
    return outer.hidden() ? item.secret() : item;
  }

  private static Map<String, PropertyDefinition> inherited(
      PropertyDefinition outer, Map<String, PropertyDefinition> items) {
    Map<String, PropertyDefinition> all = new LinkedHashMap<>();
    items.forEach((name, item) -> all.put(name, inherited(outer, item)));
    return all;
  }

  private JsonNode items(PropertyDefinition item, JsonNode container, List<String> at) {
    if (container instanceof ObjectNode object) {
      ObjectNode result = JSON.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        value(item, entry.getValue(), step(at, entry.getKey()))
            .ifPresent(read -> result.set(entry.getKey(), read));
      }
      return result;
    }
    if (!container.isArray()) {
      return container;
    }
    ArrayNode result = JSON.arrayNode();
    int index = 0;
    for (JsonNode given : container) {
      value(item, given, step(at, Integer.toString(index++))).ifPresent(result::add);
    }
    return result;
  }

  private void check(
      PropertyDefinition definition, Constraint constraint, JsonNode value, List<String> at) {
    Optional<String> violation = constraint.violation(value, definition.hidden());
    if (violation.isEmpty()) {
      return;
    }
    Optional<String> advice = Optional.empty();
    if (constraint instanceof Constraint.AllowedValues allowed && value.isString()) {
      advice =
          Suggestions.advice(
              value.stringValue(),
              allowed.values().stream().map(choice -> choice.asString("")).toList());
    }
    problem(at, constraint.description().orElse(violation.orElseThrow()), advice);
  }

  private static List<String> step(List<String> at, String next) {
    List<String> steps = new ArrayList<>(at);
    steps.add(next);
    return steps;
  }

  private void problem(List<String> at, String message, Optional<String> advice) {
    problems.add(new Problem(locate.apply(at), shownPath(at), message, advice));
  }

  private String shownPath(List<String> at) {
    StringBuilder shown = new StringBuilder(path);
    if (!at.isEmpty()) {
      shown.append(".properties");
    }
    for (String step : at) {
      boolean index = !step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9');
      shown.append(index ? "[" + step + "]" : "." + step);
    }
    return shown.toString();
  }
}
