package io.hotpod.template.yaql;

import java.util.Locale;
import java.util.Optional;

/**
 * One parameter of a function.
 *
 * @param isNullable whether null is taken whatever the type
 * @param isOptional whether it may be left out
 * @param fallback what it is when left out; empty when the function asks whether it was given
 */
record Parameter(
    String name,
    ParameterType type,
    boolean isNullable,
    boolean isOptional,
    Optional<Value> fallback) {
  /** Reads {@code name: type}, with {@code ?} for null and {@code = value} for a default. */
  static Parameter parse(String text) {
    String[] halves = text.split(" = ", 2);
    String[] parts = halves[0].split(": ", 2);
    boolean nullable = parts[1].endsWith("?");
    String type = nullable ? parts[1].substring(0, parts[1].length() - 1) : parts[1];
    return new Parameter(
        parts[0],
        ParameterType.valueOf(type.toUpperCase(Locale.ROOT)),
        nullable,
        halves.length == 2,
        halves.length == 2 ? literal(halves[1]) : Optional.empty());
  }

  private static Optional<Value> literal(String text) {
    return switch (text) {
      case "none" -> Optional.empty();
      case "null" -> Optional.of(Value.Null.NULL);
      case "true" -> Optional.of(Value.Bool.TRUE);
      case "false" -> Optional.of(Value.Bool.FALSE);
      default -> Optional.of(Value.Int.of(Long.parseLong(text)));
    };
  }

  boolean accepts(Value value) {
    return value == Value.Null.NULL ? isNullable : type.accepts(value);
  }
}
