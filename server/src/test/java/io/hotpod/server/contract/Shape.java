package io.hotpod.server.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Compares an answer with what a row says of it. A map has exactly the keys that it is said to
 * have, but for one with {@code <more>}; a list has exactly its items, unless it begins with {@code
 * <each>} or {@code <has>}; a string is what it says, or a word in angle brackets for a kind of
 * value, or a pattern behind a tilde.
 */
final class Shape {
  private static final String EACH = "<each>";
  private static final String HAS = "<has>";
  private static final String MORE = "<more>";
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

  private final List<String> problems = new ArrayList<>();

  private Shape() {}

  /** What is wrong with an answer, each with its place; empty when nothing is. */
  static List<String> problems(JsonNode wanted, JsonNode found) {
    Shape shape = new Shape();
    shape.compare("", wanted, found);
    return shape.problems;
  }

  private void compare(String place, JsonNode wanted, JsonNode found) {
    if (wanted.isObject()) {
      object(place, wanted, found);
    } else if (wanted.isArray()) {
      list(place, wanted, found);
    } else if (wanted.isString()) {
      text(place, wanted.stringValue(), found);
    } else {
      require(place, wanted.toString().equals(found.toString()), wanted.toString(), found);
    }
  }

  private void object(String place, JsonNode wanted, JsonNode found) {
    if (!found.isObject()) {
      require(place, false, "a map", found);
      return;
    }
    for (Map.Entry<String, JsonNode> entry : wanted.properties()) {
      if (!entry.getKey().equals(MORE)) {
        if (found.has(entry.getKey())) {
          compare(place + "/" + entry.getKey(), entry.getValue(), found.required(entry.getKey()));
        } else {
          problems.add(place + ": " + entry.getKey() + " is missing");
        }
      }
    }
    if (!wanted.has(MORE)) {
      for (String name : found.propertyNames()) {
        if (!wanted.has(name)) {
          problems.add(place + ": " + name + " is too much");
        }
      }
    }
  }

  private void list(String place, JsonNode wanted, JsonNode found) {
    if (!found.isArray()) {
      require(place, false, "a list", found);
      return;
    }
    String first = wanted.path(0).asString("");
    if (first.equals(EACH)) {
      for (int index = 0; index < found.size(); index++) {
        compare(place + "/" + index, wanted.required(1), found.required(index));
      }
    } else if (first.equals(HAS)) {
      for (int index = 1; index < wanted.size(); index++) {
        JsonNode one = wanted.required(index);
        require(
            place,
            found.valueStream().anyMatch(item -> problems(one, item).isEmpty()),
            "an item like " + one,
            found);
      }
    } else {
      require(place, wanted.size() == found.size(), wanted.size() + " items", found);
      for (int index = 0; index < Math.min(wanted.size(), found.size()); index++) {
        compare(place + "/" + index, wanted.required(index), found.required(index));
      }
    }
  }

  private void text(String place, String wanted, JsonNode found) {
    String value = found.isString() ? found.stringValue() : "";
    boolean fits =
        switch (wanted) {
          case "<any>" -> true;
          case "<text>" -> found.isString();
          case "<uuid>" -> UUID.matcher(value).matches();
          case "<time>" -> TIME.matcher(value).matches();
          case "<time or null>" -> found.isNull() || TIME.matcher(value).matches();
          case "<integer>" -> found.isIntegralNumber();
          case "<map>" -> found.isObject();
          case "<list>" -> found.isArray();
          default ->
              wanted.startsWith("~")
                  ? found.isString()
                      && Pattern.compile(wanted.substring(1), Pattern.DOTALL)
                          .matcher(value)
                          .matches()
                  : found.isString() && value.equals(wanted);
        };
    require(place, fits, wanted, found);
  }

  private void require(String place, boolean fits, String wanted, JsonNode found) {
    if (!fits) {
      problems.add("%s: wanted %s, found %s".formatted(place, wanted, found));
    }
  }
}
