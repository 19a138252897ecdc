package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The values of a template's parameters, each of its type. Immutable. */
public final class Parameters {
  private static final String HIDDEN = "******";

  private final Map<String, ParameterDefinition> definitions;
  private final Map<String, JsonNode> values;
  private final Map<String, Long> sizes = new HashMap<>();

  private final Set<String> undecided;

  private Parameters(
      Map<String, ParameterDefinition> definitions,
      Map<String, JsonNode> values,
      Set<String> undecided) {
    this.definitions = definitions;
    this.values = values;
    this.undecided = Set.copyOf(undecided);
    values.forEach((name, value) -> sizes.put(name, ValueBudget.size(value)));
  }

  /**
   * The values given, with the defaults for the rest.
   *
   * @param given by name; null values count as not given
   * @throws DocumentException when a parameter is not defined, is missing, or breaks its type or
   *     constraints, in Heat's words; hidden values are not shown
   */
  public static Parameters of(
      Template template, Map<String, JsonNode> given, PseudoParameters pseudo) {
    return read(template, given, pseudo, true);
  }

  /**
   * The same for looking at a template before its parameters are decided: a missing value is the
   * type's zero value and breaks no constraint.
   *
   * @throws DocumentException as {@link #of}, except for missing values
   */
  public static Parameters forValidation(
      Template template, Map<String, JsonNode> given, PseudoParameters pseudo) {
    return read(template, given, pseudo, false);
  }

  private static Parameters read(
      Template template, Map<String, JsonNode> given, PseudoParameters pseudo, boolean strict) {
    Problems problems = new Problems();
    Map<String, ParameterDefinition> definitions = template.parameters();
    for (String name : given.keySet()) {
      if (!definitions.containsKey(name)) {
        problems.add(
            new Problem(
                Optional.empty(),
                "parameters." + name,
                "The Parameter (" + name + ") was not defined in template.",
                Suggestions.advice(name, definitions.keySet())));
      }
    }
    Map<String, JsonNode> values = new LinkedHashMap<>();
    Set<String> undecided = new HashSet<>();
    WorkBudget work = new WorkBudget();
    pseudo
        .byName()
        .forEach((name, value) -> values.put(name, JsonNodeFactory.instance.stringNode(value)));
    for (ParameterDefinition definition : definitions.values()) {
      Optional<JsonNode> value =
          Optional.ofNullable(given.get(definition.name())).filter(node -> !node.isNull());
      if (value.or(definition::defaultValue).isEmpty()) {
        if (strict) {
          problems.add(
              definition
                  .place()
                  .problem("The Parameter (" + definition.name() + ") was not provided."));
        }
        values.put(definition.name(), ParameterValues.zero(definition.type()));
        undecided.add(definition.name());
        continue;
      }
      try {
        values.put(
            definition.name(),
            checked(definition, value.or(definition::defaultValue).orElseThrow(), work));
      } catch (ParameterValueException invalid) {
        problems.add(
            new Problem(
                Optional.empty(),
                "parameters." + definition.name(),
                "Parameter '" + definition.name() + "' is invalid: " + invalid.reason(),
                Optional.empty()));
      }
    }
    problems.throwIfAny();
    return new Parameters(definitions, values, undecided);
  }

  /** Converts a value to the type of its parameter and holds it against the constraints. */
  static JsonNode checked(ParameterDefinition definition, JsonNode given, WorkBudget work)
      throws ParameterValueException {
    JsonNode value = ParameterValues.convert(definition.type(), ParameterValues.bounded(given));
    for (Constraint constraint : definition.constraints()) {
      Optional<String> violation = constraint.violation(value, definition.hidden(), work);
      if (violation.isPresent()) {
        throw new ParameterValueException(constraint.description().orElse(violation.orElseThrow()));
      }
    }
    return value;
  }

  /** Whether the name is a declared or a pseudo parameter. */
  public boolean contains(String name) {
    return values.containsKey(name);
  }

  /** The names, the pseudo parameters first, then in the template's order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /**
   * The value of a parameter, which is not to be changed.
   *
   * @throws IllegalArgumentException when there is none of that name
   */
  public JsonNode value(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return value;
  }

  /** The parameters that only have their type's zero value, for want of a real one. */
  public Set<String> undecided() {
    return undecided;
  }

  /** The size of a value in characters, counted once. */
  long size(String name) {
    return sizes.getOrDefault(name, 0L);
  }

  /** All values as Heat's show call gives them: as text, hidden ones as {@code ******}. */
  public Map<String, String> display() {
    Map<String, String> shown = new LinkedHashMap<>();
    values.forEach((name, value) -> shown.put(name, display(name, value)));
    return shown;
  }

  private String display(String name, JsonNode value) {
    ParameterDefinition definition = definitions.get(name);
    if (definition == null) {
      return PythonText.str(value);
    }
    if (definition.hidden()) {
      return HIDDEN;
    }
    return switch (definition.type()) {
      case STRING, NUMBER, BOOLEAN -> PythonText.str(value);
      case COMMA_DELIMITED_LIST ->
          value.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(","));
      case JSON -> PythonText.json(value, false);
    };
  }

  /** The texts and numbers in the values of hidden parameters, as text. */
  public Set<String> hiddenTexts() {
    Set<String> texts = new HashSet<>();
    values.forEach(
        (name, value) -> {
          ParameterDefinition definition = definitions.get(name);
          if (definition != null && definition.hidden() && !undecided.contains(name)) {
            collect(value, texts);
          }
        });
    return texts;
  }

  private static void collect(JsonNode value, Set<String> texts) {
    if (value.isContainer()) {
      value.values().forEach(each -> collect(each, texts));
    } else if (value.isString() || value.isNumber()) {
      texts.add(value.asString());
    }
  }

  /** Names only: values may be secret. */
  @Override
  public String toString() {
    return "Parameters" + values.keySet();
  }
}
