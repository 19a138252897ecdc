package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads expressions: a map of exactly one key that names a function is a call, all else is a plain
 * value. What is wrong is noted, and a null stands in its place.
 */
final class ExpressionParser {
  /** Where the expressions stand, which decides what functions they may hold. */
  enum Context {
    VALUE,
    CONDITION
  }

  private final TemplateVersion version;
  private final Problems problems;
  private final ConditionParser conditions;
  private final Context context;
  private final FunctionParser functions;

  ExpressionParser(
      TemplateVersion version,
      Problems problems,
      ParameterNames parameters,
      ConditionParser conditions,
      WorkBudget work,
      Context context) {
    this.version = version;
    this.problems = problems;
    this.conditions = conditions;
    this.context = context;
    this.functions = new FunctionParser(version, parameters, this, conditions, work);
  }

  Expression parse(Node node, Place place) {
    return switch (node) {
      case ScalarNode scalar -> new Expression.Literal(scalar.value(), place);
      case SequenceNode sequence -> new Expression.ListExpression(items(sequence, place), place);
      case MappingNode mapping -> mapping(mapping, place);
    };
  }

  List<Expression> items(SequenceNode sequence, Place place) {
    List<Expression> items = new ArrayList<>(sequence.items().size());
    for (Node item : sequence.items()) {
      items.add(parse(item, place.item(items.size(), item.location())));
    }
    return items;
  }

  private Expression mapping(MappingNode mapping, Place place) {
    Optional<Language.Function> function = function(mapping);
    if (function.isEmpty()) {
      return map(mapping, place);
    }
    MappingNode.Entry entry = mapping.entries().getFirst();
    Place callPlace = place.key(entry.key(), entry.keyLocation());
    try {
      return call(function.orElseThrow(), entry.value(), callPlace);
    } catch (MalformedException malformed) {
      problems.add(malformed.problem());
      return new Expression.Literal(JsonNodeFactory.instance.nullNode(), callPlace);
    }
  }

  /** The function that a map calls, whether or not the version has it. */
  private Optional<Language.Function> function(MappingNode mapping) {
    if (mapping.entries().size() != 1) {
      return Optional.empty();
    }
    return Language.Function.of(mapping.entries().getFirst().key())
        .filter(
            function ->
                function.isOfValues()
                    || (context == Context.CONDITION && function.isInConditionsOf(version)));
  }

  /** A map that is a map, whatever its keys are called. */
  Expression.MapExpression map(MappingNode mapping, Place place) {
    List<Expression.MapExpression.Entry> entries = new ArrayList<>(mapping.entries().size());
    for (MappingNode.Entry entry : mapping.entries()) {
      Expression value = parse(entry.value(), place.key(entry.key(), entry.value().location()));
      entries.add(new Expression.MapExpression.Entry(entry.key(), entry.keyLocation(), value));
    }
    return new Expression.MapExpression(entries, place);
  }

  private Expression call(Language.Function function, Node argument, Place place)
      throws MalformedException {
    refuseIfNotHere(function, place);
    return switch (function) {
      case EQUALS, NOT, AND, OR ->
          new Expression.ConditionResult(conditions.call(function, argument, place), place);
      default -> functions.call(function, argument, place);
    };
  }

  private void refuseIfNotHere(Language.Function function, Place place) throws MalformedException {
    switch (context) {
      case VALUE -> {
        if (!function.isInValuesOf(version)) {
          throw new MalformedException(
              place.problem(
                  "The template version is invalid: The function "
                      + function.keyword()
                      + " is not supported in this version of HOT.",
                  Optional.of(function.keyword() + " is in " + function.versionsInValues())));
        }
      }
      case CONDITION -> {
        if (!function.isInConditionsOf(version)) {
          throw new MalformedException(
              place.problem(
                  "The function \"" + function.keyword() + "\" is invalid in this context",
                  Optional.of(
                      function.isOfConditions()
                          ? "conditions have it in " + function.versionsInConditions()
                          : "conditions may use parameters only")));
        }
      }
    }
  }
}
