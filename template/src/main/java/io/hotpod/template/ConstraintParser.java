package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import io.hotpod.template.pattern.PatternException;
import io.hotpod.template.pattern.PythonPattern;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the constraints of parameters. */
final class ConstraintParser {
  private static final String DESCRIPTION = "description";
  private static final List<String> KEYS =
      List.of(
          DESCRIPTION,
          "length",
          "range",
          "modulo",
          "allowed_values",
          "allowed_pattern",
          "custom_constraint");

  /** Writing one out costs about as much as so many steps of matching. */
  private static final long STEPS_OF_INSTRUCTION = 10;

  private static final Map<String, Set<ParameterType>> TYPES =
      Map.of(
          "length",
          EnumSet.of(ParameterType.STRING, ParameterType.COMMA_DELIMITED_LIST, ParameterType.JSON),
          "range",
          EnumSet.of(ParameterType.NUMBER),
          "modulo",
          EnumSet.of(ParameterType.NUMBER),
          "allowed_values",
          EnumSet.of(
              ParameterType.STRING,
              ParameterType.NUMBER,
              ParameterType.BOOLEAN,
              ParameterType.COMMA_DELIMITED_LIST),
          "allowed_pattern",
          EnumSet.of(ParameterType.STRING));

  private final TemplateVersion version;
  private final Problems problems;
  private final WorkBudget work;

  ConstraintParser(TemplateVersion version, Problems problems, WorkBudget work) {
    this.version = version;
    this.problems = problems;
    this.work = work;
  }

  /** The constraints of a list; one entry of it may hold several. */
  List<Constraint> parse(Node node, Place place, String parameter, ParameterType type) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(
          place.problem(
              "Invalid parameter constraints for parameter " + parameter + ", expected a list"));
      return List.of();
    }
    List<Constraint> constraints = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.items()) {
      Place at = place.item(index++, item.location());
      if (item instanceof MappingNode mapping) {
        constraints.addAll(constraints(mapping, at, type));
      } else {
        problems.add(at.problem("Invalid parameter constraints, expected a mapping"));
      }
    }
    return constraints;
  }

  private List<Constraint> constraints(MappingNode mapping, Place place, ParameterType type) {
    Fields fields = new Fields(mapping, place, problems);
    fields.refuseOthers(KEYS, key -> "Invalid key '" + key + "' for parameter constraints");
    List<Constraint> constraints = new ArrayList<>();
    boolean expressed = false;
    for (MappingNode.Entry entry : mapping.entries()) {
      if (KEYS.contains(entry.key()) && !entry.key().equals(DESCRIPTION)) {
        expressed = true;
        try {
          constraints.add(constraint(entry.key(), entry.value(), fields, type));
        } catch (MalformedException malformed) {
          problems.add(malformed.problem());
        }
      }
    }
    if (!expressed) {
      problems.add(place.problem("No constraint expressed"));
    }
    return constraints;
  }

  private Constraint constraint(String kind, Node rule, Fields fields, ParameterType type)
      throws MalformedException {
    Place at = fields.at(kind);
    if (kind.equals("modulo") && !Language.Feature.MODULO.isIn(version)) {
      throw malformed(at, Language.Feature.MODULO.needs());
    }
    if (!TYPES.getOrDefault(kind, EnumSet.allOf(ParameterType.class)).contains(type)) {
      throw malformed(at, displayName(kind) + " constraint invalid for " + type.keyword());
    }
    Optional<String> description = fields.text(DESCRIPTION);
    return switch (kind) {
      case "length" -> length(bounds(rule, at, kind, "min", "max"), at, description);
      case "range" -> range(bounds(rule, at, kind, "min", "max"), at, description);
      case "modulo" -> modulo(bounds(rule, at, kind, "step", "offset"), at, description);
      case "allowed_values" -> allowedValues(rule, at, type, description);
      case "allowed_pattern" -> allowedPattern(rule, at, description);
      case "custom_constraint" -> custom(fields.text(kind).orElse(""), at, description);
      default -> throw new IllegalStateException(kind);
    };
  }

  private Fields bounds(Node rule, Place at, String kind, String first, String second)
      throws MalformedException {
    if (!(rule instanceof MappingNode mapping)) {
      throw malformed(at, "Invalid " + kind + " constraint, expected a mapping");
    }
    Fields fields = new Fields(mapping, at, problems);
    fields.refuseOthers(
        List.of(first, second), key -> "Invalid key '" + key + "' for " + kind + " constraint");
    boolean both = kind.equals("modulo");
    boolean firstGiven = fields.get(first).isPresent();
    boolean secondGiven = fields.get(second).isPresent();
    if (both ? !firstGiven || !secondGiven : !firstGiven && !secondGiven) {
      throw malformed(
          at,
          "A %s constraint must have a %s value and%s %s value specified."
              .formatted(kind, first, both ? " an" : "/or a", second));
    }
    return fields;
  }

  private Constraint length(Fields bounds, Place at, Optional<String> description)
      throws MalformedException {
    Optional<Long> min = lengthBound(bounds, "min");
    Optional<Long> max = lengthBound(bounds, "max");
    if (min.orElse(0L) > max.orElse(Long.MAX_VALUE)) {
      throw malformed(at, "min is larger than max");
    }
    return new Constraint.Length(min, max, description);
  }

  private Constraint range(Fields bounds, Place at, Optional<String> description)
      throws MalformedException {
    Optional<BigDecimal> min = bounds.number("min").map(JsonNode::decimalValue);
    Optional<BigDecimal> max = bounds.number("max").map(JsonNode::decimalValue);
    if (min.isPresent() && max.isPresent() && min.orElseThrow().compareTo(max.orElseThrow()) > 0) {
      throw malformed(at, "min is larger than max");
    }
    return new Constraint.Range(min, max, description);
  }

  private Constraint modulo(Fields bounds, Place at, Optional<String> description)
      throws MalformedException {
    BigInteger step = whole(bounds, "step", "step/offset must be integer").orElse(BigInteger.ZERO);
    BigInteger offset =
        whole(bounds, "offset", "step/offset must be integer").orElse(BigInteger.ZERO);
    if (step.signum() == 0) {
      throw malformed(at, "step cannot be 0.");
    }
    if (offset.abs().compareTo(step.abs()) >= 0) {
      throw malformed(at, "offset must be smaller (by absolute value) than step.");
    }
    if (offset.signum() * step.signum() < 0) {
      throw malformed(at, "step and offset must be both positive or both negative.");
    }
    return new Constraint.Modulo(new BigDecimal(step), new BigDecimal(offset), description);
  }

  /** What is beyond any length is as good as the largest number. */
  private static Optional<Long> lengthBound(Fields bounds, String key) throws MalformedException {
    return whole(bounds, key, "min/max length must be integral")
        .map(bound -> bound.min(BigInteger.valueOf(Long.MAX_VALUE)))
        .map(bound -> bound.max(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact());
  }

  private static Optional<BigInteger> whole(Fields bounds, String key, String words)
      throws MalformedException {
    Optional<JsonNode> number = bounds.number(key);
    if (number.isPresent() && !number.orElseThrow().canConvertToExactIntegral()) {
      throw malformed(bounds.at(key), words);
    }
    return number.map(it -> it.decimalValue().toBigIntegerExact());
  }

  private Constraint allowedValues(
      Node rule, Place at, ParameterType type, Optional<String> description)
      throws MalformedException {
    if (!(rule instanceof SequenceNode sequence)) {
      throw malformed(at, "AllowedValues must be a list");
    }
    ParameterType itemType =
        type == ParameterType.COMMA_DELIMITED_LIST ? ParameterType.STRING : type;
    List<JsonNode> values = new ArrayList<>();
    for (Node item : sequence.items()) {
      try {
        values.add(ParameterValues.convert(itemType, item.toJson()));
      } catch (ParameterValueException invalid) {
        throw malformed(at.item(values.size(), item.location()), invalid.reason());
      }
    }
    return new Constraint.AllowedValues(values, description);
  }

  private Constraint allowedPattern(Node rule, Place at, Optional<String> description)
      throws MalformedException {
    if (!(rule instanceof ScalarNode scalar) || !scalar.value().isString()) {
      throw malformed(at, "AllowedPattern must be a string");
    }
    try {
      PythonPattern pattern = PythonPattern.compile(scalar.text());
      work.spend(STEPS_OF_INSTRUCTION * pattern.size());
      return new Constraint.AllowedPattern(pattern, description);
    } catch (PatternException refused) {
      throw malformed(
          at,
          "this pattern cannot be used: at position %d: %s"
              .formatted(refused.position(), refused.getMessage()));
    }
  }

  private static Constraint custom(String name, Place at, Optional<String> description)
      throws MalformedException {
    Optional<CustomConstraint> constraint = CustomConstraint.of(name);
    if (constraint.isPresent()) {
      return new Constraint.Custom(constraint.orElseThrow(), description);
    }
    throw new MalformedException(
        at.problem(
            name.contains(".")
                ? "custom_constraint " + name + " asks a cloud service, and there is none here"
                : "custom_constraint " + name + " is not known",
            Suggestions.advice(name, CustomConstraint.keywords())));
  }

  private static String displayName(String kind) {
    return switch (kind) {
      case "length" -> "Length";
      case "range" -> "Range";
      case "modulo" -> "Modulo";
      case "allowed_values" -> "AllowedValues";
      case "allowed_pattern" -> "AllowedPattern";
      default -> kind;
    };
  }

  private static MalformedException malformed(Place place, String message) {
    return new MalformedException(place.problem(message));
  }
}
