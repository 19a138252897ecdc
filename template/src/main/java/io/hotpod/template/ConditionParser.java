package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Problem;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads conditions: booleans, names of conditions, and the condition functions. */
final class ConditionParser {
  private static final List<String> FUNCTIONS = List.of("equals", "not", "and", "or", "get_param");
  private static final Set<String> NOT_YET = Set.of("yaql", "contains");

  private final TemplateVersion version;
  private final Problems problems;
  private final Set<String> names;

  /**
   * Makes a parser.
   *
   * @param names of all entries of the template's {@code conditions}
   */
  ConditionParser(TemplateVersion version, Problems problems, Set<String> names) {
    this.version = version;
    this.problems = problems;
    this.names = names;
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
      return call(entry, place.key(entry.key(), entry.keyLocation()));
    }
    throw new MalformedException(
        place.problem(
            "a condition is a boolean, the name of a condition, or one condition function, but"
                + " this is "
                + node.kind()));
  }

  private Condition named(String name, Place place) throws MalformedException {
    if (!names.contains(name)) {
      throw new MalformedException(
          place.problem("Invalid condition \"" + name + "\"", Suggestions.advice(name, names)));
    }
    return new Condition.Named(name, place);
  }

  private Condition call(MappingNode.Entry entry, Place place) throws MalformedException {
    return switch (entry.key()) {
      case "equals" -> equal(entry.value(), place);
      case "not" -> new Condition.Not(parse(entry.value(), place), place);
      case "and" -> new Condition.And(several("and", entry.value(), place), place);
      case "or" -> new Condition.Or(several("or", entry.value(), place), place);
      case "get_param" -> new Condition.Truth(getParam(entry.value(), place), place);
      default -> throw new MalformedException(refusal(entry.key(), place));
    };
  }

  private Problem refusal(String key, Place place) {
    Optional<FunctionName> function = FunctionName.of(key, version);
    if (NOT_YET.contains(key) && function.isPresent()) {
      return place.problem(key + " is not supported yet");
    }
    return function.isPresent()
        ? place.problem(key + " cannot be used in a condition")
        : place.problem(
            "\"" + key + "\" is not a condition function", Suggestions.advice(key, FUNCTIONS));
  }

  private Condition equal(Node argument, Place place) throws MalformedException {
    if (!(argument instanceof SequenceNode sequence) || sequence.items().size() != 2) {
      throw new MalformedException(
          place.problem("equals takes a list of two: [value, other value]"));
    }
    Node left = sequence.items().get(0);
    Node right = sequence.items().get(1);
    return new Condition.Equals(
        value(left, place.item(0, left.location())),
        value(right, place.item(1, right.location())),
        place);
  }

  private List<Condition> several(String function, Node argument, Place place)
      throws MalformedException {
    if (!(argument instanceof SequenceNode sequence) || sequence.items().size() < 2) {
      throw new MalformedException(
          place.problem(function + " takes a list of at least two conditions"));
    }
    List<Condition> conditions = new ArrayList<>();
    for (Node item : sequence.items()) {
      conditions.add(parse(item, place.item(conditions.size(), item.location())));
    }
    return conditions;
  }

  /** A value to compare: plain, or from parameters; nothing else is known that early. */
  private Expression value(Node node, Place place) throws MalformedException {
    return switch (node) {
      case ScalarNode scalar -> new Expression.Literal(scalar.value(), place);
      case SequenceNode sequence -> {
        List<Expression> items = new ArrayList<>();
        for (Node item : sequence.items()) {
          items.add(value(item, place.item(items.size(), item.location())));
        }
        yield new Expression.ListExpression(items, place);
      }
      case MappingNode mapping -> map(mapping, place);
    };
  }

  private Expression map(MappingNode mapping, Place place) throws MalformedException {
    List<Expression.MapExpression.Entry> entries = new ArrayList<>();
    for (MappingNode.Entry entry : mapping.entries()) {
      if (mapping.entries().size() == 1 && FunctionName.of(entry.key(), version).isPresent()) {
        Place callPlace = place.key(entry.key(), entry.keyLocation());
        if (!entry.key().equals("get_param")) {
          throw new MalformedException(refusal(entry.key(), callPlace));
        }
        return getParam(entry.value(), callPlace);
      }
      entries.add(
          new Expression.MapExpression.Entry(
              entry.key(),
              entry.keyLocation(),
              value(entry.value(), place.key(entry.key(), entry.value().location()))));
    }
    return new Expression.MapExpression(entries, place);
  }

  private Expression getParam(Node argument, Place place) throws MalformedException {
    return new Expression.GetParam(value(argument, place), place);
  }
}
