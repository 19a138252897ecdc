package io.hotpod.template.analysis;

import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which named conditions are known to hold, or not to, at a place of a template: inside a resource
 * with a condition, or inside a branch of an {@code if}. Immutable.
 */
final class KnownTruths {
  private final Map<String, Condition> definitions;
  private final Set<String> holding;
  private final Set<String> failing;

  private KnownTruths(
      Map<String, Condition> definitions, Set<String> holding, Set<String> failing) {
    this.definitions = definitions;
    this.holding = holding;
    this.failing = failing;
  }

  static KnownTruths nothing(Map<String, Condition> definitions) {
    return new KnownTruths(definitions, Set.of(), Set.of());
  }

  /** What is known besides where a condition holds, or where it does not. */
  KnownTruths with(Condition condition, boolean truth) {
    Set<String> held = new HashSet<>(holding);
    Set<String> failed = new HashSet<>(failing);
    learn(condition, truth, held, failed);
    return new KnownTruths(definitions, held, failed);
  }

  private void learn(Condition condition, boolean truth, Set<String> held, Set<String> failed) {
    switch (condition) {
      case Condition.Named named -> {
        // A condition that leads back to itself was refused before anybody came here.
        if ((truth ? held : failed).add(named.name()) && definitions.containsKey(named.name())) {
          learn(definition(named), truth, held, failed);
        }
      }
      case Condition.Not not -> learn(not.condition(), !truth, held, failed);
      case Condition.And and when truth ->
          and.conditions().forEach(part -> learn(part, true, held, failed));
      case Condition.Or or when !truth ->
          or.conditions().forEach(part -> learn(part, false, held, failed));
      case Condition.And _, Condition.Or _, Condition.Equals _, Condition.Truth _ -> {}
    }
  }

  /** Whether a condition is certain to come out so. */
  boolean isCertain(Condition condition, boolean truth) {
    return switch (condition) {
      case Condition.Named named ->
          (truth ? holding : failing).contains(named.name())
              || (definitions.containsKey(named.name()) && isCertain(definition(named), truth));
      case Condition.Not not -> isCertain(not.condition(), !truth);
      case Condition.And and ->
          truth
              ? and.conditions().stream().allMatch(part -> isCertain(part, true))
              : and.conditions().stream().anyMatch(part -> isCertain(part, false));
      case Condition.Or or ->
          truth
              ? or.conditions().stream().anyMatch(part -> isCertain(part, true))
              : or.conditions().stream().allMatch(part -> isCertain(part, false));
      case Condition.Truth always ->
          always.value() instanceof Expression.Literal literal
              && literal.value().isBoolean()
              && literal.value().booleanValue() == truth;
      case Condition.Equals _ -> false;
    };
  }

  private Condition definition(Condition.Named named) {
    Condition definition = definitions.get(named.name());
    return definition == null ? named : definition;
  }
}
