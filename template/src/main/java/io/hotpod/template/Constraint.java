package io.hotpod.template;

import io.hotpod.template.pattern.PatternEffort;
import io.hotpod.template.pattern.PatternException;
import io.hotpod.template.pattern.PythonPattern;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A rule for the values of a parameter. Immutable. */
public sealed interface Constraint {
  /** What the template says instead of our words when a value breaks the rule. */
  Optional<String> description();

  /** Its keyword in templates, such as {@code allowed_values}. */
  String keyword();

  /**
   * How a value breaks the rule, in Heat's words; empty when it does not.
   *
   * @param value of the parameter's type
   * @param hidden whether the words must not show the value
   */
  default Optional<String> violation(JsonNode value, boolean hidden) {
    return violation(value, hidden, steps -> {});
  }

  /**
   * The same for who checks many values and bounds the work for all of them.
   *
   * @param effort is told the work; it may refuse more by a {@link PatternException}, which then is
   *     the violation
   */
  Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort);

  private static String shown(JsonNode value, boolean hidden) {
    return hidden ? "******" : PythonText.str(value);
  }

  private static String bound(Optional<?> bound) {
    return bound.map(Object::toString).orElse("None");
  }

  /** The number of characters, items or entries. */
  record Length(Optional<Long> min, Optional<Long> max, Optional<String> description)
      implements Constraint {
    @Override
    public String keyword() {
      return "length";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      long length =
          value.isString()
              ? value.stringValue().codePointCount(0, value.stringValue().length())
              : value.size();
      boolean fits = min.orElse(0L) <= length && length <= max.orElse(Long.MAX_VALUE);
      return fits
          ? Optional.empty()
          : Optional.of(
              "length (%s) is out of range (min: %s, max: %s)"
                  .formatted(hidden ? "******" : length, bound(min), bound(max)));
    }
  }

  /** The size of a number. */
  record Range(Optional<BigDecimal> min, Optional<BigDecimal> max, Optional<String> description)
      implements Constraint {
    @Override
    public String keyword() {
      return "range";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      BigDecimal number = value.decimalValue();
      boolean fits =
          min.map(bound -> bound.compareTo(number) <= 0).orElse(true)
              && max.map(bound -> bound.compareTo(number) >= 0).orElse(true);
      return fits
          ? Optional.empty()
          : Optional.of(
              "%s is out of range (min: %s, max: %s)"
                  .formatted(shown(value, hidden), bound(min), bound(max)));
    }
  }

  /** The remainder of a number divided by a step. */
  record Modulo(BigDecimal step, BigDecimal offset, Optional<String> description)
      implements Constraint {
    @Override
    public String keyword() {
      return "modulo";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      BigDecimal rest = value.decimalValue().subtract(offset).remainder(step);
      return rest.signum() == 0
          ? Optional.empty()
          : Optional.of(
              "%s is not a multiple of %s with an offset of %s"
                  .formatted(shown(value, hidden), step, offset));
    }
  }

  /** A choice; of a list, every item must be allowed. */
  record AllowedValues(List<JsonNode> values, Optional<String> description) implements Constraint {
    public AllowedValues {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "allowed_values";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      boolean fits = value.isArray() ? areAllowed(value) : isAllowed(value);
      return fits
          ? Optional.empty()
          : Optional.of(
              "%s is not an allowed value [%s]"
                  .formatted(
                      hidden ? "******" : PythonText.json(value, false),
                      values.stream()
                          .map(allowed -> PythonText.json(allowed, false))
                          .collect(Collectors.joining(", "))));
    }

    private boolean areAllowed(JsonNode list) {
      Set<PythonKey> allowed = new HashSet<>();
      values.forEach(value -> allowed.add(new PythonKey(value)));
      return list.valueStream().allMatch(item -> allowed.contains(new PythonKey(item)));
    }

    private boolean isAllowed(JsonNode value) {
      return values.stream().anyMatch(allowed -> PythonEquality.equal(allowed, value));
    }
  }

  /** A pattern that takes the whole text, as Heat asks for it; always in linear time. */
  record AllowedPattern(PythonPattern pattern, Optional<String> description) implements Constraint {
    @Override
    public String keyword() {
      return "allowed_pattern";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      try {
        return pattern.takesAll(value.stringValue(), effort)
            ? Optional.empty()
            : Optional.of(
                "\"%s\" does not match pattern \"%s\""
                    .formatted(shown(value, hidden), pattern.pattern()));
      } catch (PatternException tooMuch) {
        return Optional.of("the value cannot be checked: " + tooMuch.getMessage());
      }
    }
  }

  /** A rule with a name of its own, such as {@code ip_addr}. */
  record Custom(CustomConstraint constraint, Optional<String> description) implements Constraint {
    @Override
    public String keyword() {
      return "custom_constraint";
    }

    @Override
    public Optional<String> violation(JsonNode value, boolean hidden, PatternEffort effort) {
      String text = PythonText.strOfAny(value);
      return constraint
          .problem(text)
          .map(
              problem ->
                  "Error validating value '%s': %s".formatted(hidden ? "******" : text, problem));
    }
  }
}
