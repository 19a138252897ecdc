package io.hotpod.template.yaql;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code str.format()} of Python. For one call. */
final class TextFormat {
  private final String template;
  private final List<Value> positional;
  private final Map<String, Value> named;
  private final Work work;
  private final StringBuilder text = new StringBuilder();
  private int position;
  private int nextNumber;
  private boolean numbered;

  private TextFormat(String template, List<Value> positional, Map<String, Value> named, Work work) {
    this.template = template;
    this.positional = positional;
    this.named = named;
    this.work = work;
  }

  static String format(
      String template, List<Value> positional, Map<String, Value> named, Work work) {
    TextFormat format = new TextFormat(template, positional, named, work);
    while (format.position < template.length()) {
      format.next();
      work.refuseBytes(format.text.length());
    }
    return format.text.toString();
  }

  private void next() {
    char c = template.charAt(position);
    position++;
    if (c != '{' && c != '}') {
      text.append(c);
    } else if (position < template.length() && template.charAt(position) == c) {
      text.append(c);
      position++;
    } else if (c == '{') {
      field();
    } else {
      throw new Failure("single '}' in the format");
    }
  }

  /** {@code name!conversion:specification}, with fields in the specification. */
  private void field() {
    work.spend(4);
    int end = endOfField();
    String body = template.substring(position, end);
    position = end + 1;
    int colon = body.indexOf(':');
    String head = colon < 0 ? body : body.substring(0, colon);
    int mark = head.indexOf('!');
    Value value = value(mark < 0 ? head : head.substring(0, mark));
    String specification = colon < 0 ? "" : nested(body.substring(colon + 1));
    text.append(
        FormatSpecification.parse(specification, work)
            .apply(mark < 0 ? value : converted(value, head.substring(mark + 1)), work));
  }

  private int endOfField() {
    int depth = 1;
    for (int i = position; i < template.length(); i++) {
      if (template.charAt(i) == '{') {
        depth++;
      } else if (template.charAt(i) == '}') {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    throw new Failure("single '{' in the format");
  }

  /** A specification whose fields, one level deep, are replaced by their values. */
  private String nested(String specification) {
    StringBuilder resolved = new StringBuilder();
    int from = 0;
    while (true) {
      int open = specification.indexOf('{', from);
      if (open < 0) {
        return resolved.append(specification, from, specification.length()).toString();
      }
      int close = specification.indexOf('}', open);
      String name = specification.substring(open + 1, Math.max(open + 1, close));
      if (close < 0 || name.indexOf('{') >= 0) {
        throw new Failure("the format is nested too deep");
      }
      resolved.append(specification, from, open);
      resolved.append(PythonText.python(value(name), work));
      from = close + 1;
    }
  }

  private Value converted(Value value, String conversion) {
    return switch (conversion) {
      case "s" -> new Value.Text(PythonText.python(value, work));
      case "r" -> new Value.Text(PythonText.repr(value, work));
      default -> throw new Failure("the format has an unknown conversion \"" + conversion + "\"");
    };
  }

  /** A number or name, then keys in brackets. */
  private Value value(String field) {
    int bracket = field.indexOf('[');
    String name = bracket < 0 ? field : field.substring(0, bracket);
    if (name.indexOf('.') >= 0) {
      throw new Failure("the format may not use attributes: \"" + Texts.shortened(field) + "\"");
    }
    Value value = argument(name);
    int from = bracket < 0 ? field.length() : bracket;
    while (from < field.length()) {
      int close = field.indexOf(']', from);
      if (field.charAt(from) != '[' || close < 0) {
        throw new Failure("the format has a malformed key: \"" + Texts.shortened(field) + "\"");
      }
      value = element(value, field.substring(from + 1, close));
      from = close + 1;
    }
    return value;
  }

  private Value argument(String name) {
    Optional<Integer> number = number(name);
    if (!name.isEmpty() && number.isEmpty()) {
      return Optional.ofNullable(named.get(name))
          .orElseThrow(() -> new Failure("the format names \"" + name + "\", which is not given"));
    }
    if (nextNumber > 0 && numbered != number.isPresent()) {
      throw new Failure("the format mixes numbered and unnumbered fields");
    }
    numbered = number.isPresent();
    int index = number.orElse(nextNumber);
    nextNumber++;
    if (index >= positional.size()) {
      throw new Failure("the format has a field " + index + ", which is not given");
    }
    return positional.get(index);
  }

  private static Value element(Value value, String key) {
    Optional<Integer> number = number(key);
    if (value instanceof Value.Dict dict) {
      return Dicts.get(
          dict,
          number.<Value>map(index -> Value.Int.of(index)).orElseGet(() -> new Value.Text(key)));
    }
    if (value instanceof Value.Sequence sequence && number.isPresent()) {
      return Sequences.get(sequence, number.get());
    }
    throw new Failure(value.kind() + " has no element \"" + Texts.shortened(key) + "\"");
  }

  private static Optional<Integer> number(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && text.length() < 10 ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
