package io.hotpod.template;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import java.math.BigDecimal;
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

  ConstraintParser(TemplateVersion version, Problems problems) {
    this.version = version;
    this.problems = problems;
  }

  List<Constraint> parse(Node node, Place place, ParameterType type) {
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(place.problem("constraints must be a list, not " + node.kind()));
      return List.of();
    }
    List<Constraint> constraints = new ArrayList<>();
    int index = 0;
    for (Node item : sequence.items()) {
      Place at = place.item(index++, item.location());
      try {
        constraints.add(constraint(item, at, type));
      } catch (MalformedException malformed) {
        problems.add(malformed.problem());
      }
    }
    return constraints;
  }

  private Constraint constraint(Node node, Place place, ParameterType type)
      throws MalformedException {
    if (!(node instanceof MappingNode mapping)) {
      throw malformed(place, "a constraint must be a map, not " + node.kind());
    }
    Fields fields = new Fields(mapping, place, problems);
    fields.refuseOthers(KEYS, key -> "Invalid key '" + key + "' for parameter constraints");
    List<String> kinds =
        mapping.entries().stream()
            .map(MappingNode.Entry::key)
            .filter(key -> KEYS.contains(key) && !key.equals(DESCRIPTION))
            .toList();
    if (kinds.size() != 1) {
      throw malformed(place, "a constraint holds exactly one rule, but this one " + kinds.size());
    }
    String kind = kinds.getFirst();
    Place at = fields.at(kind);
    if (kind.equals("custom_constraint")) {
      throw malformed(at, "custom_constraint is not supported yet");
    }
    if (kind.equals("modulo") && !Language.Feature.MODULO.isIn(version)) {
      throw malformed(at, Language.Feature.MODULO.needs());
    }
    Set<ParameterType> types = TYPES.getOrDefault(kind, Set.of());
    if (!types.contains(type)) {
      throw malformed(at, displayName(kind) + " constraint invalid for " + type.displayName());
    }
    Node rule = mapping.get(kind).orElseThrow();
    Optional<String> description = fields.text(DESCRIPTION);
    return switch (kind) {
      case "length" -> length(bounds(rule, at, kind, "min", "max"), at, description);
      case "range" -> range(bounds(rule, at, kind, "min", "max"), at, description);
      case "modulo" -> modulo(bounds(rule, at, kind, "step", "offset"), at, description);
      case "allowed_values" -> allowedValues(rule, at, type, description);
      case "allowed_pattern" -> allowedPattern(fields.text(kind).orElse(""), at, description);
      default -> throw new IllegalStateException(kind);
    };
  }

  private Fields bounds(Node rule, Place at, String kind, String first, String second)
      throws MalformedException {
    if (!(rule instanceof MappingNode mapping) || mapping.entries().isEmpty()) {
      throw malformed(at, kind + " must be a map of " + first + " and " + second);
    }
    Fields fields = new Fields(mapping, at, problems);
    fields.refuseOthers(List.of(first, second), key -> "Invalid key '" + key + "' for " + kind);
    return fields;
  }

  private Constraint length(Fields bounds, Place at, Optional<String> description)
      throws MalformedException {
    Optional<Long> min = bounds.number("min").map(JsonNode::asLong);
    Optional<Long> max = bounds.number("max").map(JsonNode::asLong);
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
    BigDecimal step = bounds.number("step").map(JsonNode::decimalValue).orElse(BigDecimal.ZERO);
    BigDecimal offset = bounds.number("offset").map(JsonNode::decimalValue).orElse(BigDecimal.ZERO);
    if (step.signum() == 0) {
      throw malformed(at, "step cannot be 0");
    }
    if (offset.abs().compareTo(step.abs()) >= 0) {
      throw malformed(at, "offset must be smaller (by absolute value) than step");
    }
    if (offset.signum() * step.signum() < 0) {
      throw malformed(at, "step and offset must be both positive or both negative");
    }
    return new Constraint.Modulo(step, offset, description);
  }

  private Constraint allowedValues(
      Node rule, Place at, ParameterType type, Optional<String> description)
      throws MalformedException {
    if (!(rule instanceof SequenceNode sequence)) {
      throw malformed(at, "allowed_values must be a list, not " + rule.kind());
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

  private Constraint allowedPattern(String pattern, Place at, Optional<String> description)
      throws MalformedException {
    try {
      return new Constraint.AllowedPattern(Pattern.compile(pattern), description);
    } catch (PatternSyntaxException refused) {
      throw malformed(
          at,
          "this pattern cannot be used: "
              + refused.getDescription()
              + " (look-around and back references are not available)");
    }
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
