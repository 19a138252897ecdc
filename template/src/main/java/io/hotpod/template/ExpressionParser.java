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
 * Reads expressions: a map of exactly one key that names a function of the version is a call, all
 * else is a plain value. What is wrong is noted, and a null stands in its place.
 */
final class ExpressionParser {
  private final TemplateVersion version;
  private final Problems problems;
  private final FunctionParser functions;

  ExpressionParser(TemplateVersion version, Problems problems, ConditionParser conditions) {
    this.version = version;
    this.problems = problems;
    this.functions = new FunctionParser(version, this, conditions);
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
    if (mapping.entries().size() == 1) {
      MappingNode.Entry entry = mapping.entries().getFirst();
      Optional<FunctionName> function = FunctionName.of(entry.key(), version);
      if (function.isPresent()) {
        return call(function.orElseThrow(), entry, place);
      }
    }
    return map(mapping, place);
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

  private Expression call(FunctionName function, MappingNode.Entry entry, Place place) {
    Place callPlace = place.key(entry.key(), entry.keyLocation());
    try {
      return functions.call(function, entry.value(), callPlace);
    } catch (MalformedException malformed) {
      problems.add(malformed.problem());
      return new Expression.Literal(JsonNodeFactory.instance.nullNode(), callPlace);
    }
  }
}
