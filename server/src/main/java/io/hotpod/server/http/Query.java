package io.hotpod.server.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The query of a URL, with Heat's rules for booleans and integers. */
public final class Query {
  private final String raw;
  private final Map<String, List<String>> values;

  private Query(String raw, Map<String, List<String>> values) {
    this.raw = raw;
    this.values = values;
  }

  /** Parses the part behind the question mark. */
  static Query parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int start = 0;
    while (start < raw.length()) {
      int end = raw.indexOf('&', start);
      if (end < 0) {
        end = raw.length();
      }
      if (end > start) {
        String pair = raw.substring(start, end);
        int equals = pair.indexOf('=');
        String key = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(value);
      }
      start = end + 1;
    }
    return new Query(raw, values);
  }

  private static String decode(String part) {
    return PathText.decode(part.replace('+', ' '));
  }

  /** As it was sent, without the question mark. */
  public String raw() {
    return raw;
  }

  public Set<String> names() {
    return values.keySet();
  }

  /** Every value of a name, in order. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The last value of a name; an empty one counts as none. */
  public Optional<String> last(String name) {
    List<String> all = all(name);
    return all.isEmpty() || all.getLast().isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** A boolean, {@code true} or {@code false} in any case. */
  public boolean flag(String name, boolean absent) {
    return last(name).map(value -> flagValue(name, value)).orElse(absent);
  }

  /**
   * Heat's rule for booleans that are sent as text.
   *
   * @throws ApiException for anything but {@code true} and {@code false}
   */
  public static boolean flagValue(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw ApiException.badRequest(
              "Unrecognized value \"%s\" for \"%s\", acceptable values are: true, false."
                  .formatted(value, name));
    };
  }

  /** An integer that is not negative. */
  public OptionalInt integer(String name) {
    Optional<String> value = last(name);
    return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(integerValue(name, value.get()));
  }

  /** Every value of a name, each an integer that is not negative; empty ones count as none. */
  public List<Integer> integers(String name) {
    return all(name).stream()
        .filter(value -> !value.isEmpty())
        .map(value -> integerValue(name, value))
        .toList();
  }

  private static int integerValue(String name, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number < 0) {
        throw ApiException.badRequest(
            "Value '%d' is invalid for '%s' which only accepts non-negative integer."
                .formatted(number, name));
      }
      return number;
    } catch (NumberFormatException notANumber) {
      throw ApiException.badRequest("Only integer is acceptable by '%s'.".formatted(name));
    }
  }

  /** A number of seconds, cut to the longest wait that is allowed; absent: none. */
  public Duration seconds(String name, Duration longest) {
    return Duration.ofSeconds(Math.min(integer(name).orElse(0), longest.toSeconds()));
  }
}
