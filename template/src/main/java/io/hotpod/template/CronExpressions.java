package io.hotpod.template;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as {@code cron} takes them: five fields, and perhaps one of seconds. */
final class CronExpressions {
  private static final Set<String> NAMED =
      Set.of("@midnight", "@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final Pattern PART =
      Pattern.compile("(\\*|[0-9a-z]{1,9})(?:-([0-9a-z]{1,9}))?(?:/([0-9]{1,9}))?");
  private static final Pattern NTH_DAY = Pattern.compile("([0-9a-z]{1,9})#([1-5])|l([0-9])");

  /** The least and largest number of each field, in the order of the text. */
  private record Bounds(String name, int least, int most, List<String> names, int first) {}

  private static final List<Bounds> FIELDS =
      List.of(
          new Bounds("minute", 0, 59, List.of(), 0),
          new Bounds("hour", 0, 23, List.of(), 0),
          new Bounds("day of month", 1, 31, List.of(), 0),
          new Bounds("month", 1, 12, MONTHS, 1),
          new Bounds("day of week", 0, 7, DAYS, 0),
          new Bounds("second", 0, 59, List.of(), 0));

  private CronExpressions() {}

  static Optional<String> problem(String text) {
    String expression = text.strip().toLowerCase(Locale.ROOT);
    if (text.isEmpty() || NAMED.contains(expression)) {
      return Optional.empty();
    }
    List<String> fields = Arrays.asList(expression.split("\\s+", -1));
    if (fields.size() != 5 && fields.size() != 6) {
      return Optional.of(
          "Invalid CRON expression: Exactly 5 or 6 columns has to be specified for iterator"
              + " expression.");
    }
    for (int i = 0; i < fields.size(); i++) {
      Bounds bounds = FIELDS.get(i);
      for (String part : fields.get(i).split(",", -1)) {
        if (!fits(part, bounds)) {
          return Optional.of(
              "Invalid CRON expression: the " + bounds.name() + " is not acceptable");
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fits(String part, Bounds bounds) {
    if (bounds.name().equals("day of month") && part.equals("l")) {
      return true;
    }
    if (bounds.name().equals("day of week")) {
      Matcher special = NTH_DAY.matcher(part);
      if (special.matches()) {
        String day = Optional.ofNullable(special.group(1)).orElseGet(() -> special.group(3));
        return number(day, bounds).isPresent();
      }
    }
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      return false;
    }
    Optional<String> step = Optional.ofNullable(matcher.group(3));
    if (step.filter(text -> Integer.parseInt(text) == 0).isPresent()) {
      return false;
    }
    Optional<String> end = Optional.ofNullable(matcher.group(2));
    if (matcher.group(1).equals("*")) {
      return end.isEmpty();
    }
    Optional<Integer> from = number(matcher.group(1), bounds);
    Optional<Integer> to = end.flatMap(text -> number(text, bounds));
    return from.isPresent()
        && (end.isEmpty()
            || (to.isPresent()
                && (from.orElseThrow() <= to.orElseThrow() || bounds.names().equals(DAYS))));
  }

  private static Optional<Integer> number(String text, Bounds bounds) {
    int named = bounds.names().indexOf(text);
    if (named >= 0) {
      return Optional.of(named + bounds.first());
    }
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    int number = Integer.parseInt(text);
    return number >= bounds.least() && number <= bounds.most()
        ? Optional.of(number)
        : Optional.empty();
  }
}
