package io.hotpod.template.schema;

import io.hotpod.template.Constraint;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A constraint as templates write it and as Heat's API describes it. */
final class ConstraintJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ConstraintJson() {}

  static ObjectNode of(Constraint constraint) {
    ObjectNode described = JSON.objectNode();
    String keyword = constraint.keyword();
    switch (constraint) {
      case Constraint.Length length -> {
        ObjectNode bounds = described.putObject(keyword);
        length.min().ifPresent(min -> bounds.put("min", min));
        length.max().ifPresent(max -> bounds.put("max", max));
      }
      case Constraint.Range range -> {
        ObjectNode bounds = described.putObject(keyword);
        put(bounds, "min", range.min());
        put(bounds, "max", range.max());
      }
      case Constraint.Modulo modulo -> {
        ObjectNode rule = described.putObject(keyword);
        put(rule, "step", Optional.of(modulo.step()));
        put(rule, "offset", Optional.of(modulo.offset()));
      }
      case Constraint.AllowedValues allowed -> {
        ArrayNode values = described.putArray(keyword);
        allowed.values().forEach(values::add);
      }
      case Constraint.AllowedPattern allowed -> described.put(keyword, allowed.pattern().pattern());
      case Constraint.Custom custom -> described.put(keyword, custom.constraint().keyword());
    }
    constraint.description().ifPresent(words -> described.put("description", words));
    return described;
  }

  /** Whole numbers without a fraction, as people write them. */
  private static void put(ObjectNode bounds, String name, Optional<BigDecimal> bound) {
    bound.ifPresent(
        number -> {
          if (number.stripTrailingZeros().scale() <= 0) {
            bounds.set(name, PythonNumbers.narrow(number.toBigInteger()));
          } else {
            bounds.put(name, number.doubleValue());
          }
        });
  }
}
