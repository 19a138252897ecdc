package io.hotpod.template.yaql;

import io.hotpod.template.pattern.PatternMatch;
import io.hotpod.template.pattern.PythonPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code re.sub} of Python puts in: a text with references to groups. Immutable. */
final class PatternReplacement {
  /** A text, or a group when there is a number. */
  private record Part(String text, Optional<Integer> group) {}

  private static final String LETTERS = "abfnrtv\\";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\";

  private final List<Part> parts = new ArrayList<>();
  private final PythonPattern pattern;

  private PatternReplacement(PythonPattern pattern) {
    this.pattern = pattern;
  }

  static PatternReplacement parse(String template, PythonPattern pattern) {
    PatternReplacement replacement = new PatternReplacement(pattern);
    int from = 0;
    int escape = template.indexOf('\\');
    while (escape >= 0) {
      replacement.add(template.substring(from, escape));
      from = replacement.escape(template, escape + 1);
      escape = template.indexOf('\\', from);
    }
    replacement.add(template.substring(from));
    return replacement;
  }

  String apply(PatternMatch match) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          part.group()
              .map(number -> match.groups().get(number).value().orElse(""))
              .orElse(part.text()));
    }
    return text.toString();
  }

  private void add(String text) {
    if (!text.isEmpty()) {
      parts.add(new Part(text, Optional.empty()));
    }
  }

  /** Reads behind a backslash, and gives the place behind the escape. */
  private int escape(String template, int start) {
    if (start == template.length()) {
      throw new Failure("the replacement ends with a backslash");
    }
    char letter = template.charAt(start);
    if (letter == 'g') {
      int close = template.indexOf('>', start);
      if (!template.startsWith("<", start + 1) || close < 0) {
        throw new Failure("\\g in the replacement is followed by <name>");
      }
      group(template.substring(start + 2, close));
      return close + 1;
    }
    if (letter >= '0' && letter <= '9') {
      return number(template, start);
    }
    int simple = LETTERS.indexOf(letter);
    if (simple < 0 && letter < 128 && Character.isLetter(letter)) {
      throw new Failure("bad escape \\" + letter + " in the replacement");
    }
    add(simple < 0 ? "\\" + letter : MEANINGS.substring(simple, simple + 1));
    return start + 1;
  }

  /** Three octal digits, or two behind a zero, are a character; otherwise it is a group. */
  private int number(String template, int start) {
    int octal = start;
    while (octal < template.length()
        && octal < start + 3
        && template.charAt(octal) >= '0'
        && template.charAt(octal) <= '7') {
      octal++;
    }
    if (template.charAt(start) == '0' || octal == start + 3) {
      int value = Integer.parseInt(template.substring(start, octal), 8);
      if (value > 0xff) {
        throw new Failure("an octal escape in the replacement is too large");
      }
      add(Character.toString(value));
      return octal;
    }
    int end = start + 1;
    if (end < template.length() && template.charAt(end) >= '0' && template.charAt(end) <= '9') {
      end++;
    }
    group(template.substring(start, end));
    return end;
  }

  private void group(String name) {
    boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    Optional<Integer> number =
        digits && name.length() < 6
            ? Optional.of(Integer.valueOf(name)).filter(known -> known <= pattern.groupCount())
            : Optional.ofNullable(pattern.groupNames().get(name));
    if (number.isEmpty()) {
      throw new Failure(
          "the replacement refers to a group \""
              + Texts.shortened(name)
              + "\", which the pattern has not");
    }
    parts.add(new Part("", number));
  }
}
