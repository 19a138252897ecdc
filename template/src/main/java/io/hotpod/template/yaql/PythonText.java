package io.hotpod.template.yaql;

import io.hotpod.template.python.PythonQuotes;
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
      case Value.Text(String string) -> text.append(PythonQuotes.repr(string));
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
}
