package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads conditions: booleans, names of conditions, and the condition functions. */
final class ConditionParser {
  private final TemplateVersion version;
  private final Problems problems;
  private final Set<String> names;
  private final ExpressionParser values;

  /**
   * Makes a parser.
   *
   * @param names of all entries of the template's {@code conditions}
   */
  ConditionParser(
      TemplateVersion version,
      Problems problems,
      ParameterNames parameters,
      WorkBudget work,
      Set<String> names) {
    this.version = version;
    this.problems = problems;
    this.names = names;
    this.values =
        new ExpressionParser(
            version, problems, parameters, this, work, ExpressionParser.Context.CONDITION);
  }

  /** The condition; when it is malformed, the problem is noted and false stands in its place. */
  Condition parse(Node node, Place place) {
    try {
      return condition(node, place);
    } catch (MalformedException malformed) {
      problems.add(malformed.problem());
      return new Condition.Truth(
          new Expression.Literal(JsonNodeFactory.instance.booleanNode(false), place), place);
    }
  }

  private Condition condition(Node node, Place place) throws MalformedException {
    if (node instanceof ScalarNode scalar && scalar.value().isBoolean()) {
      return new Condition.Truth(new Expression.Literal(scalar.value(), place), place);
    }
    if (node instanceof ScalarNode scalar && scalar.value().isString()) {
      return named(scalar.text(), place);
    }
    if (node instanceof MappingNode mapping && mapping.entries().size() == 1) {
      MappingNode.Entry entry = mapping.entries().getFirst();
      Place at = place.key(entry.key(), entry.keyLocation());
      if (Language.Function.of(entry.key()).isEmpty()) {
        throw new MalformedException(
            at.problem(
                "Invalid condition: \"" + entry.key() + "\" is not a condition function",
                Suggestions.advice(entry.key(), functions())));
      }
      Expression value = values.parse(mapping, place);
      return value instanceof Expression.ConditionResult result
          ? result.condition()
          : new Condition.Truth(value, at);
    }
    throw new MalformedException(
        place.problem(
            "Invalid condition: it is a boolean, the name of a condition, or one condition"
                + " function, but this is "
                + node.kind()));
  }

  private List<String> functions() {
    return Arrays.stream(Language.Function.values())
        .filter(function -> function.isInConditionsOf(version))
        .map(Language.Function::keyword)
        .toList();
  }

  private Condition named(String name, Place place) throws MalformedException {
    if (!names.contains(name)) {
      throw new MalformedException(
          place.problem("Invalid condition \"" + name + "\"", Suggestions.advice(name, names)));
    }
    return new Condition.Named(name, place);
  }

  /** One of the functions that combine conditions. */
  Condition call(Language.Function function, Node argument, Place place) throws MalformedException {
    return switch (function) {
      case EQUALS -> equal(argument, place);
      case NOT -> new Condition.Not(parse(argument, place), place);
      case AND -> new Condition.And(several(function, argument, place), place);
      case OR -> new Condition.Or(several(function, argument, place), place);
      default -> throw new IllegalArgumentException(function + " combines no conditions");
    };
  }

  private Condition equal(Node argument, Place place) throws MalformedException {
    if (!(argument instanceof SequenceNode sequence) || sequence.items().size() != 2) {
      throw new MalformedException(
          place.problem("Arguments to \"equals\" must be of the form: [value_1, value_2]"));
    }
    List<Expression> sides = values.items(sequence, place);
    return new Condition.Equals(sides.get(0), sides.get(1), place);
  }

  private List<Condition> several(Language.Function function, Node argument, Place place)
      throws MalformedException {
    if (!(argument instanceof SequenceNode sequence)) {
      throw new MalformedException(
          place.problem(
              "Arguments to \"" + function.keyword() + "\" must be a list of conditions",
              Optional.empty()));
    }
    if (sequence.items().size() < 2) {
      throw new MalformedException(
          place.problem(
              "The minimum number of condition arguments to \"" + function.keyword() + "\" is 2."));
    }
    List<Condition> conditions = new ArrayList<>();
    for (Node item : sequence.items()) {
      conditions.add(parse(item, place.item(conditions.size(), item.location())));
    }
    return conditions;
  }
}
