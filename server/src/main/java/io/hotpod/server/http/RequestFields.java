package io.hotpod.server.http;

import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the fields of a JSON body, by Heat's rules for booleans and integers. */
public final class RequestFields {
  private RequestFields() {}

  /** A field; JSON null counts as none. */
  public static Optional<JsonNode> value(ObjectNode body, String field) {
    JsonNode value = body.get(field);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /** A text. */
  public static Optional<String> text(ObjectNode body, String field) {
    return value(body, field)
        .map(
            value -> {
              if (!value.isString()) {
                throw ApiException.badRequest("\"%s\" takes a string.".formatted(field));
              }
              return value.stringValue();
            });
  }

  /** A text that has to be there. */
  public static String requiredText(ObjectNode body, String field) {
    return text(body, field)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> ApiException.badRequest("No %s specified".formatted(field)));
  }

  /** A boolean, or {@code true} or {@code false} as text. */
  public static Optional<Boolean> flag(ObjectNode body, String field) {
    return value(body, field)
        .map(
            value ->
                value.isBoolean()
                    ? value.booleanValue()
                    : Query.flagValue(field, value.isString() ? value.stringValue() : "" + value));
  }

  /** An integer that is not negative, or one as text. */
  public static OptionalInt integer(ObjectNode body, String field) {
    Optional<JsonNode> value = value(body, field);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    int number = number(field, value.get());
    if (number < 0) {
      throw ApiException.badRequest(
          "Value '%d' is invalid for '%s' which only accepts non-negative integer."
              .formatted(number, field));
    }
    return OptionalInt.of(number);
  }

  private static int number(String field, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToInt()) {
      return value.intValue();
    }
    if (value.isString()) {
      try {
        return Integer.parseInt(value.stringValue());
      } catch (NumberFormatException notANumber) {
        throw onlyInteger(field);
      }
    }
    throw onlyInteger(field);
  }

  private static ApiException onlyInteger(String field) {
    return ApiException.badRequest("Only integer is acceptable by '%s'.".formatted(field));
  }
}
