package io.hotpod.template.yaql;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Functions of texts. */
final class TextFunctions {
  private TextFunctions() {}

  static void register(Library library) {
    library
        .operator("+", "left: string, right: string", call -> text(call.text(0) + call.text(1)))
        .operator("*", "left: string, right: int", call -> repeated(call, 0, 1))
        .operator("*", "left: int, right: string", call -> repeated(call, 1, 0))
        .operator("in", "left: string, right: string", TextFunctions::isPart)
        .function("concat", "*args: string", TextFunctions::concat)
        .method("toUpper", "string: string", call -> text(call.text(0).toUpperCase(Locale.ROOT)))
        .method("toLower", "string: string", call -> text(call.text(0).toLowerCase(Locale.ROOT)))
        .both("len", "string: string", call -> Value.Int.of(Texts.length(call.text(0))))
        .method("join", "sequence: iterable, separator: string", call -> join(call, 0, 1))
        .method("join", "separator: string, sequence: iterable", call -> join(call, 1, 0))
        .function("str", "value: any?", call -> text(PythonText.str(call.value(0), call.work())))
        .function("characters", CharacterSets.SIGNATURE, CharacterSets::of)
        .method("toCharArray", "string: string", TextFunctions::characters)
        .function(
            "isString", "value: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Text))
        .method("startsWith", "string: string, *prefixes: string", call -> anyEnd(call, true))
        .method("endsWith", "string: string, *suffixes: string", call -> anyEnd(call, false))
        .both(
            "format",
            "template: string, *args: any?, **named",
            call -> text(TextFormat.format(call.text(0), call.rest(), call.named(), call.work())));
    trimming(library);
    splitting(library);
    searching(library);
  }

  private static void trimming(Library library) {
    String signature = "string: string, chars: string? = null";
    library
        .method("trim", signature, call -> text(strip(call, 1, true, true)))
        .method("trimLeft", signature, call -> text(strip(call, 1, true, false)))
        .method("trimRight", signature, call -> text(strip(call, 1, false, true)))
        .both("norm", "string: string?, chars: string? = null", TextFunctions::norm)
        .both(
            "isEmpty",
            "string: string?, trim: bool = true, chars: string? = null",
            call ->
                Value.Bool.of(
                    call.isNull(0)
                        || (call.flag(1) ? strip(call, 2, true, true) : call.text(0)).isEmpty()));
  }

  private static void splitting(Library library) {
    String signature = "string: string, separator: string? = null, maxSplits: int = -1";
    library
        .method("split", signature, call -> split(call, false))
        .method("rightSplit", signature, call -> split(call, true))
        .method(
            "replace",
            "string: string, old: string, new: string, count: int = -1",
            call -> replace(call.text(0), call.text(1), call.text(2), call.integer(3), call))
        .method(
            "replace",
            "string: string, replacements: dict, count: int = -1",
            TextFunctions::replaceMany);
  }

  private static void searching(Library library) {
    String open = "string: string, sub: string, start: int = 0";
    String closed = "string: string, sub: string, start: int, length: int";
    library
        .method(
            "substring", "string: string, start: int, length: int = -1", TextFunctions::substring)
        .method("indexOf", open, call -> find(call, call.integer(2), Integer.MAX_VALUE, false))
        .method("indexOf", closed, call -> findWithin(call, false))
        .method("lastIndexOf", open, call -> find(call, call.integer(2), Integer.MAX_VALUE, true))
        .method("lastIndexOf", closed, call -> findWithin(call, true));
  }

  static Value text(String value) {
    return new Value.Text(value);
  }

  private static Value isPart(Call call) {
    call.work().search(call.text(1), call.text(0));
    return Value.Bool.of(call.text(1).contains(call.text(0)));
  }

  private static Value concat(Call call) {
    if (call.rest().isEmpty()) {
      throw new Failure("concat() of nothing could be a string or a list", true);
    }
    StringBuilder joined = new StringBuilder();
    for (Value part : call.rest()) {
      joined.append(((Value.Text) part).value());
      call.work().refuseBytes(joined.length());
    }
    return text(joined.toString());
  }

  private static Value repeated(Call call, int string, int times) {
    String unit = call.text(string);
    int count = Math.max(0, call.integer(times));
    call.work().refuseBytes((long) unit.length() * count);
    return text(unit.repeat(unit.isEmpty() ? 0 : count));
  }

  private static Value join(Call call, int sequence, int separator) {
    StringBuilder joined = new StringBuilder();
    Iterator<Value> items = call.each(sequence);
    for (boolean first = true; items.hasNext(); first = false) {
      joined.append(first ? "" : call.text(separator));
      joined.append(PythonText.str(items.next(), call.work()));
      call.work().refuseBytes(joined.length());
      call.work().spend(1L + call.text(separator).length() / 8);
    }
    return text(joined.toString());
  }

  private static Value characters(Call call) {
    call.work().spend(call.text(0).length());
    return Value.Sequence.tuple(Texts.characters(call.text(0)));
  }

  private static Value anyEnd(Call call, boolean start) {
    String string = call.text(0);
    return Value.Bool.of(
        call.rest().stream()
            .map(end -> ((Value.Text) end).value())
            .anyMatch(end -> start ? string.startsWith(end) : string.endsWith(end)));
  }

  private static String strip(Call call, int characters, boolean left, boolean right) {
    return Texts.strip(call.text(0), call.optionalText(characters), left, right);
  }

  private static Value norm(Call call) {
    if (call.isNull(0)) {
      return Value.Null.NULL;
    }
    String stripped = strip(call, 1, true, true);
    return stripped.isEmpty() ? Value.Null.NULL : text(stripped);
  }

  private static Value split(Call call, boolean right) {
    String string = call.text(0);
    int most = call.integer(2);
    Optional<String> separator = call.optionalText(1);
    separator.ifPresent(part -> call.work().search(string, part));
    call.work().spend(string.length() / 4);
    List<String> parts =
        separator.isPresent()
            ? right
                ? TextSplitter.splitRight(string, separator.get(), most)
                : TextSplitter.split(string, separator.get(), most)
            : right
                ? TextSplitter.splitBlanksRight(string, most)
                : TextSplitter.splitBlanks(string, most);
    return Value.Sequence.list(parts.stream().map(TextFunctions::text).toList());
  }

  private static Value replace(String string, String old, String fresh, int count, Call call) {
    call.work().search(string, old);
    return text(Texts.replace(string, old, fresh, count, call.work()));
  }

  private static Value replaceMany(Call call) {
    Value replaced = call.value(0);
    for (Map.Entry<Value, Value> entry : call.dict(1).entries().entrySet()) {
      replaced =
          replace(
              ((Value.Text) replaced).value(),
              PythonText.str(entry.getKey(), call.work()),
              PythonText.str(entry.getValue(), call.work()),
              call.integer(2),
              call);
    }
    return replaced;
  }

  private static Value substring(Call call) {
    String string = call.text(0);
    int size = Texts.length(string);
    long length = call.integer(2) < 0 ? size : call.integer(2);
    long start = call.integer(1) < 0 ? (long) call.integer(1) + size : call.integer(1);
    return text(Texts.slice(string, start, start + length));
  }

  private static Value find(Call call, long start, long end, boolean last) {
    call.work().search(call.text(0), call.text(1));
    return Value.Int.of(Texts.find(call.text(0), call.text(1), start, end, last));
  }

  private static Value findWithin(Call call, boolean last) {
    int size = Texts.length(call.text(0));
    long start = call.integer(2) < 0 ? (long) call.integer(2) + size : call.integer(2);
    long length = call.integer(3) < 0 ? size - start : call.integer(3);
    return find(call, start, start + length, last);
  }
}
