package io.hotpod.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Texts that name points in time and time zones, and JSON. */
final class TimeFormats {
  private static final Pattern MOMENT =
      Pattern.compile(
          "([0-9]{4})(?:-?([0-9]{1,2})(?:-?([0-9]{1,2}))?)?"
              + "(?:[T ]([0-9]{2})(?::?([0-9]{2})(?::?([0-9]{2})(?:[.,][0-9]+)?)?)?"
              + "(?:Z|[-+][0-9]{2}(?::?[0-9]{2})?)?)?");
  private static final Pattern EXACT_DATE =
      Pattern.compile("[0-9]{4}(-[0-9]{2}-[0-9]{2}|[0-9]{4})(?:[T ].*)?");
  private static final Set<String> ZONES =
      ZoneId.getAvailableZoneIds().stream()
          .filter(zone -> !zone.startsWith("SystemV/"))
          .map(zone -> zone.toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> OLDER_ZONES = Set.of("est", "mst", "hst", "roc");

  private TimeFormats() {}

  static Optional<String> iso8601(String text) {
    return isMoment(text) ? Optional.empty() : Optional.of("Invalid ISO 8601 time");
  }

  /** A point in time; whether it has passed is not looked at, because a check has no clock. */
  static Optional<String> expiration(String text) {
    return text.isEmpty() || (EXACT_DATE.matcher(text).matches() && isMoment(text))
        ? Optional.empty()
        : Optional.of("Unable to parse date string");
  }

  private static boolean isMoment(String text) {
    Matcher matcher = MOMENT.matcher(text);
    if (!matcher.matches() || number(matcher, 1, 1) == 0) {
      return false;
    }
    try {
      LocalDate.of(number(matcher, 1, 1), number(matcher, 2, 1), number(matcher, 3, 1));
      LocalTime.of(number(matcher, 4, 0), number(matcher, 5, 0), number(matcher, 6, 0));
      return true;
    } catch (DateTimeException noSuchTime) {
      return false;
    }
  }

  private static int number(Matcher matcher, int group, int otherwise) {
    return Optional.ofNullable(matcher.group(group)).map(Integer::valueOf).orElse(otherwise);
  }

  static Optional<String> timezone(String text) {
    String zone = text.toLowerCase(Locale.ROOT);
    return text.isEmpty() || ZONES.contains(zone) || OLDER_ZONES.contains(zone)
        ? Optional.empty()
        : Optional.of("Invalid timezone");
  }

  static Optional<String> json(String text) {
    try {
      JsonMapper.shared().readTree(text);
      return text.isBlank() ? Optional.of("it is not valid JSON") : Optional.empty();
    } catch (JacksonException refused) {
      return Optional.of(
          "it is not valid JSON: it breaks off at line %d column %d"
              .formatted(refused.getLocation().getLineNr(), refused.getLocation().getColumnNr()));
    }
  }
}
