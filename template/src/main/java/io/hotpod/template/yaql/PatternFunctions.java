package io.hotpod.template.yaql;

import io.hotpod.template.pattern.PatternFlag;
import io.hotpod.template.pattern.PatternMatch;
import io.hotpod.template.pattern.PythonPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functions of patterns. */
final class PatternFunctions {
  private static final String SEARCH = "regexp: pattern, string: string, selector: lambda = null";

  private PatternFunctions() {}

  static void register(Library library) {
    library
        .function(
            "regex",
            "pattern: string, ignoreCase: bool? = false, multiLine: bool? = false,"
                + " dotAll: bool? = false",
            PatternFunctions::regex)
        .function(
            "isRegex", "value: any?", call -> Value.Bool.of(call.value(0) instanceof Value.Pattern))
        .function("escapeRegex", "string: string", call -> new Value.Text(escaped(call.text(0))))
        .method("matches", "regexp: pattern, string: string", call -> found(call, 0, 1, true))
        .method("matches", "string: string, regexp: string", call -> found(call, 1, 0, true))
        .operator("=~", "string: string, regexp: pattern", call -> found(call, 1, 0, true))
        .operator("=~", "string: string, pattern: string", call -> found(call, 1, 0, true))
        .operator("!~", "string: string, regexp: pattern", call -> found(call, 1, 0, false))
        .operator("!~", "string: string, pattern: string", call -> found(call, 1, 0, false))
        .method("search", SEARCH, PatternFunctions::search)
        .method("searchAll", SEARCH, PatternFunctions::searchAll);
    splitting(library);
  }

  private static void splitting(Library library) {
    library
        .method(
            "split",
            "regexp: pattern, string: string, maxSplit: int = 0",
            call -> split(call, 0, 1))
        .method(
            "split",
            "string: string, regexp: pattern, maxSplit: int = 0",
            call -> split(call, 1, 0))
        .method(
            "replace",
            "regexp: pattern, string: string, repl: string, count: int = 0",
            call -> replace(call, 0, 1))
        .method(
            "replace",
            "string: string, regexp: pattern, repl: string, count: int = 0",
            call -> replace(call, 1, 0))
        .method(
            "replaceBy",
            "regexp: pattern, string: string, repl: lambda, count: int = 0",
            call -> replaceBy(call, 0, 1))
        .method(
            "replaceBy",
            "string: string, regexp: pattern, repl: lambda, count: int = 0",
            call -> replaceBy(call, 1, 0));
  }

  private static Value regex(Call call) {
    Set<PatternFlag> flags = EnumSet.noneOf(PatternFlag.class);
    PatternFlag[] order = {PatternFlag.IGNORE_CASE, PatternFlag.MULTI_LINE, PatternFlag.DOT_ALL};
    for (int i = 0; i < order.length; i++) {
      if (call.flag(i + 1)) {
        flags.add(order[i]);
      }
    }
    return new Value.Pattern(call.work().pattern(call.text(0), flags));
  }

  private static PythonPattern pattern(Call call, int index) {
    return call.value(index) instanceof Value.Pattern(PythonPattern pattern)
        ? pattern
        : call.work().pattern(call.text(index), EnumSet.noneOf(PatternFlag.class));
  }

  private static Value found(Call call, int pattern, int string, boolean wanted) {
    return Value.Bool.of(
        pattern(call, pattern).isFound(call.text(string), call.work()::match) == wanted);
  }

  private static List<PatternMatch> matches(Call call, int pattern, int string, int most) {
    return pattern(call, pattern).findAll(call.text(string), most, call.work()::match);
  }

  private static Value search(Call call) {
    return matches(call, 0, 1, 1).stream()
        .findFirst()
        .map(match -> selected(call, match))
        .orElse(Value.Null.NULL);
  }

  private static Value searchAll(Call call) {
    Iterator<PatternMatch> matches = matches(call, 0, 1, Integer.MAX_VALUE).iterator();
    return Sequences.lazy(
        call,
        () -> matches.hasNext() ? Optional.of(selected(call, matches.next())) : Optional.empty());
  }

  private static Value selected(Call call, PatternMatch match) {
    return call.optionalLambda(2)
        .map(selector -> selector.in(published(call, 0, match)))
        .orElseGet(() -> value(match.whole()));
  }

  private static Value value(PatternMatch.Group group) {
    return group.value().<Value>map(Value.Text::new).orElse(Value.Null.NULL);
  }

  /** The whole match is {@code $}, the groups follow from {@code $2}, and by their names. */
  private static Scope published(Call call, int pattern, PatternMatch match) {
    Map<String, Value> variables = new HashMap<>();
    for (int i = 0; i < match.groups().size(); i++) {
      variables.put("$" + (i + 1), described(match.groups().get(i)));
    }
    pattern(call, pattern)
        .groupNames()
        .forEach((name, number) -> variables.put("$" + name, variables.get("$" + (number + 1))));
    return call.scope().with(variables);
  }

  private static Value described(PatternMatch.Group group) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    entries.put(new Value.Text("value"), value(group));
    entries.put(new Value.Text("start"), Value.Int.of(group.start()));
    entries.put(new Value.Text("end"), Value.Int.of(group.end()));
    return Value.Dict.plain(entries);
  }

  /** The parts between the matches, and between them what the groups matched. */
  private static Value split(Call call, int pattern, int string) {
    String text = call.text(string);
    List<Value> parts = new ArrayList<>();
    int from = 0;
    int place = 0;
    for (PatternMatch match : matches(call, pattern, string, most(call.integer(2)))) {
      int start = text.offsetByCodePoints(from, match.whole().start() - place);
      parts.add(new Value.Text(text.substring(from, start)));
      match.groups().stream().skip(1).map(PatternFunctions::value).forEach(parts::add);
      from = text.offsetByCodePoints(start, match.whole().end() - match.whole().start());
      place = match.whole().end();
    }
    parts.add(new Value.Text(text.substring(from)));
    return Value.Sequence.list(parts);
  }

  /** Zero means all, as in Python, and so does less, which Python leaves open. */
  private static int most(int count) {
    return count == 0 ? Integer.MAX_VALUE : Math.max(0, count);
  }

  private static Value replace(Call call, int pattern, int string) {
    PatternReplacement replacement = PatternReplacement.parse(call.text(2), pattern(call, pattern));
    return replaced(call, pattern, string, replacement::apply);
  }

  private static Value replaceBy(Call call, int pattern, int string) {
    return replaced(
        call,
        pattern,
        string,
        match -> {
          Value fresh = call.lambda(2).in(published(call, pattern, match));
          if (!(fresh instanceof Value.Text(String text))) {
            throw new Failure("replaceBy() puts in strings, not " + fresh.kind());
          }
          return text;
        });
  }

  private static Value replaced(
      Call call,
      int pattern,
      int string,
      java.util.function.Function<PatternMatch, String> replacement) {
    String text = call.text(string);
    StringBuilder result = new StringBuilder();
    int from = 0;
    int place = 0;
    for (PatternMatch match : matches(call, pattern, string, most(call.integer(3)))) {
      int start = text.offsetByCodePoints(from, match.whole().start() - place);
      String fresh = replacement.apply(match);
      result.append(text, from, start).append(fresh);
      call.work().spend(1L + fresh.length() / 8);
      call.work().refuseBytes(result.length());
      from = text.offsetByCodePoints(start, match.whole().end() - match.whole().start());
      place = match.whole().end();
    }
    return new Value.Text(result.append(text, from, text.length()).toString());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ("()[]{}?*+-|^$\\.&~# \t\n\r\u000b\f".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
