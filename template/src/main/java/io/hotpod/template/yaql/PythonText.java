package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.Map;

/** Values as texts: yaql's {@code str()}, and Python's {@code repr()} of what is inside others. */
final class PythonText {
  private final StringBuilder text = new StringBuilder();
  private final Work work;

  private PythonText(Work work) {
    this.work = work;
  }

  /** Null, true and false as in JSON; all others as in Python. */
  static String str(Value value, Work work) {
    return switch (value) {
      case Value.Null _ -> "null";
      case Value.Bool(boolean flag) -> flag ? "true" : "false";
      default -> python(value, work);
    };
  }

  /** {@code str()} of Python itself. */
  static String python(Value value, Work work) {
    return value instanceof Value.Text(String string) ? string : repr(value, work);
  }

  static String repr(Value value, Work work) {
    work.spend(value.weight());
    PythonText written = new PythonText(work);
    written.append(value);
    return written.text.toString();
  }

  private void append(Value value) {
    work.refuseBytes(text.length());
    switch (value) {
      case Value.Null _ -> text.append("None");
      case Value.Numeric number -> text.append(Numbers.text(number));
      case Value.Text(String string) -> quote(string);
      case Value.Sequence sequence -> {
        text.append(sequence.isTuple() ? '(' : '[');
        members(sequence.items());
        text.append(sequence.isTuple() && sequence.size() == 1 ? "," : "");
        text.append(sequence.isTuple() ? ')' : ']');
      }
      case Value.SetOf set -> {
        text.append(set.size() == 0 ? "frozenset(" : "frozenset({");
        members(set.members());
        text.append(set.size() == 0 ? ")" : "})");
      }
      case Value.Dict dict -> entries(dict);
      case Value.Stream _, Value.Pattern _, Value.Names _, Value.Rule _, Value.Lambda _ ->
          throw new Failure(
              value.kind()
                  + " has no text"
                  + (value instanceof Value.Stream ? "; make a list of it by toList()" : ""));
    }
  }

  private void members(Iterable<Value> members) {
    Iterator<Value> iterator = members.iterator();
    while (iterator.hasNext()) {
      append(iterator.next());
      text.append(iterator.hasNext() ? ", " : "");
    }
  }

  private void entries(Value.Dict dict) {
    text.append('{');
    Iterator<Map.Entry<Value, Value>> iterator = dict.entries().entrySet().iterator();
    while (iterator.hasNext()) {
      Map.Entry<Value, Value> entry = iterator.next();
      append(entry.getKey());
      text.append(": ");
      append(entry.getValue());
      text.append(iterator.hasNext() ? ", " : "");
    }
    text.append('}');
  }

  private void quote(String string) {
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    string.codePoints().forEach(codePoint -> character(codePoint, quote));
    text.append(quote);
  }

  private void character(int codePoint, char quote) {
    if (codePoint == quote || codePoint == '\\') {
      text.append('\\').appendCodePoint(codePoint);
    } else if (codePoint == '\n') {
      text.append("\\n");
    } else if (codePoint == '\r') {
      text.append("\\r");
    } else if (codePoint == '\t') {
      text.append("\\t");
    } else if (isPrintable(codePoint)) {
      text.appendCodePoint(codePoint);
    } else if (codePoint < 0x100) {
      text.append("\\x%02x".formatted(codePoint));
    } else {
      text.append((codePoint < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(codePoint));
    }
  }

  private static boolean isPrintable(int codePoint) {
    return codePoint == ' '
        || switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
