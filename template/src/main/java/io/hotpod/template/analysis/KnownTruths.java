package io.hotpod.template.analysis;

import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which named conditions are known to hold, or not to, at a place of a template: inside a resource
 * with a condition, or inside a branch of an {@code if}. For one thread.
 */
final class KnownTruths {
  /** Conditions of one template that are looked at; about a tenth of a second. */
  private static final long MOST_WORK = 2_000_000;

  private final Analysis analysis;

  private final Map<String, Boolean> known;

  /** Whether what is known contradicts itself, so that nobody ever comes here. */
  private final boolean impossible;

  private Optional<Map<String, Boolean>> outcomes = Optional.empty();

  private KnownTruths(Analysis analysis, Map<String, Boolean> known, boolean impossible) {
    this.analysis = analysis;
    this.known = known;
    this.impossible = impossible;
  }

  /** One look at one template: its conditions, and the work done so far. */
  private static final class Analysis {
    private final Map<String, Condition> definitions;
    private long work;

    Analysis(Map<String, Condition> definitions) {
      this.definitions = definitions;
    }

    boolean isExhausted(long more) {
      work += more;
      return work > MOST_WORK;
    }
  }

  /**
   * Where nothing is known.
   *
   * @param definitions the named conditions, each after those that it names
   */
  static KnownTruths nothing(Map<String, Condition> definitions) {
    return new KnownTruths(new Analysis(definitions), Map.of(), false);
  }

  private record Lesson(Condition condition, boolean truth) {}

  /** What is known besides where a condition holds, or where it does not. */
  KnownTruths with(Condition condition, boolean truth) {
    if (analysis.isExhausted(known.size())) {
      return this;
    }
    boolean contradiction = impossible;
    Map<String, Boolean> learned = new HashMap<>(known);
    Deque<Lesson> open = new ArrayDeque<>(List.of(new Lesson(condition, truth)));
    while (!open.isEmpty() && !analysis.isExhausted(1)) {
      Lesson lesson = open.removeLast();
      switch (lesson.condition()) {
        case Condition.Named named -> {
          Boolean before = learned.putIfAbsent(named.name(), lesson.truth());
          contradiction |= before != null && before != lesson.truth();
          Condition definition = analysis.definitions.get(named.name());
          if (before == null && definition != null) {
            open.add(new Lesson(definition, lesson.truth()));
          }
        }
        case Condition.Not not -> open.add(new Lesson(not.condition(), !lesson.truth()));
        case Condition.And and when lesson.truth() ->
            and.conditions().forEach(part -> open.add(new Lesson(part, true)));
        case Condition.Or or when !lesson.truth() ->
            or.conditions().forEach(part -> open.add(new Lesson(part, false)));
        case Condition.And _, Condition.Or _, Condition.Equals _, Condition.Truth _ -> {}
      }
    }
    return new KnownTruths(analysis, learned, contradiction);
  }

  /**
   * Whether a condition may come out otherwise, as far as it was looked into: a template whose
   * conditions are too much work is not suspected of anything.
   */
  boolean isDoubtful(Condition condition, boolean truth) {
    if (impossible) {
      return false;
    }
    if (outcomes.isEmpty() && !analysis.isExhausted(0)) {
      Map<String, Boolean> found = new HashMap<>();
      outcomes = Optional.of(found);
      analysis.definitions.forEach(
          (name, definition) -> {
            Optional<Boolean> outcome =
                Optional.ofNullable(known.get(name)).or(() -> outcome(definition, found));
            outcome.ifPresent(it -> found.put(name, it));
          });
    }
    return !analysis.isExhausted(0)
        && outcomes
            .map(found -> outcome(condition, found))
            .orElse(Optional.empty())
            .filter(it -> it == truth)
            .isEmpty();
  }

  /** How a condition comes out; empty when it may come out either way. */
  private Optional<Boolean> outcome(Condition condition, Map<String, Boolean> named) {
    if (analysis.isExhausted(1)) {
      return Optional.empty();
    }
    return switch (condition) {
      case Condition.Named name -> Optional.ofNullable(named.get(name.name()));
      case Condition.Not not -> outcome(not.condition(), named).map(it -> !it);
      case Condition.And and -> all(and.conditions(), true, named);
      case Condition.Or or -> all(or.conditions(), false, named);
      case Condition.Truth always ->
          always.value() instanceof Expression.Literal literal && literal.value().isBoolean()
              ? Optional.of(literal.value().booleanValue())
              : Optional.empty();
      case Condition.Equals _ -> Optional.empty();
    };
  }

  /** The truth when all parts come out so, its opposite when one does so. */
  private Optional<Boolean> all(List<Condition> parts, boolean truth, Map<String, Boolean> named) {
    boolean certain = true;
    for (Condition part : parts) {
      Optional<Boolean> outcome = outcome(part, named);
      if (outcome.filter(it -> it != truth).isPresent()) {
        return Optional.of(!truth);
      }
      certain &= outcome.isPresent();
    }
    return certain ? Optional.of(truth) : Optional.empty();
  }
}
