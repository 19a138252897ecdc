package io.hotpod.template;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.List;
import java.util.Optional;

/** Reads the arguments of functions. */
final class FunctionParser {
  private static final List<String> STR_REPLACE_KEYS = List.of("template", "params");

  private final TemplateVersion version;
  private final ExpressionParser expressions;
  private final ConditionParser conditions;

  FunctionParser(
      TemplateVersion version, ExpressionParser expressions, ConditionParser conditions) {
    this.version = version;
    this.expressions = expressions;
    this.conditions = conditions;
  }

  Expression call(FunctionName function, Node argument, Place place) throws MalformedException {
    return switch (function) {
      case GET_PARAM -> getParam(argument, place);
      case GET_RESOURCE -> new Expression.GetResource(text(function, argument, place), place);
      case GET_ATTR -> getAttr(argument, place);
      case GET_FILE -> new Expression.GetFile(text(function, argument, place), place);
      case STR_REPLACE -> strReplace(argument, place);
      case LIST_JOIN -> listJoin(argument, place);
      case IF -> ifElse(argument, place);
      case RESOURCE_FACADE,
          DIGEST,
          REPEAT,
          STR_SPLIT,
          MAP_MERGE,
          YAQL,
          MAP_REPLACE,
          FILTER,
          STR_REPLACE_STRICT,
          MAKE_URL,
          LIST_CONCAT,
          LIST_CONCAT_UNIQUE,
          STR_REPLACE_VSTRICT,
          CONTAINS,
          FN_GET_AZS,
          REF,
          FN_SELECT,
          FN_JOIN,
          FN_SPLIT,
          FN_REPLACE,
          FN_BASE64,
          FN_MEMBER_LIST_TO_MAP,
          FN_RESOURCE_FACADE ->
          throw new MalformedException(place.problem(unavailable(function)));
    };
  }

  private String unavailable(FunctionName function) {
    return function
        .removedIn(version)
        .map(
            removed ->
                function.keyword()
                    + " is not available since heat_template_version "
                    + removed.date())
        .orElse(function.keyword() + " is not supported yet");
  }

  private Expression getParam(Node argument, Place place) throws MalformedException {
    boolean fits =
        switch (argument) {
          case ScalarNode scalar -> scalar.value().isString() && !scalar.text().isEmpty();
          case SequenceNode sequence -> !sequence.items().isEmpty();
          case MappingNode _ -> true;
        };
    if (!fits) {
      throw malformed(place, "get_param takes a name, or a list of a name and a path");
    }
    return new Expression.GetParam(expressions.parse(argument, place), place);
  }

  private Expression getAttr(Node argument, Place place) throws MalformedException {
    boolean attributeIsOptional = version.isAtLeast(TemplateVersion.V2015_10_15);
    int fewest = attributeIsOptional ? 1 : 2;
    if (!(argument instanceof SequenceNode sequence) || sequence.items().size() < fewest) {
      throw malformed(
          place,
          attributeIsOptional
              ? "get_attr takes a list: [resource, attribute, path, …]"
              : "get_attr takes a list of at least two: [resource, attribute, path, …]");
    }
    List<Expression> items = expressions.items(sequence, place);
    return new Expression.GetAttr(
        items.getFirst(),
        items.size() > 1 ? Optional.of(items.get(1)) : Optional.empty(),
        items.subList(Math.min(2, items.size()), items.size()),
        place);
  }

  private Expression strReplace(Node argument, Place place) throws MalformedException {
    if (!(argument instanceof MappingNode mapping)) {
      throw malformed(place, "str_replace takes a map of template and params");
    }
    for (MappingNode.Entry entry : mapping.entries()) {
      if (!STR_REPLACE_KEYS.contains(entry.key())) {
        throw new MalformedException(
            place
                .key(entry.key(), entry.keyLocation())
                .problem(
                    "str_replace takes template and params, not \"" + entry.key() + "\"",
                    Suggestions.advice(entry.key(), STR_REPLACE_KEYS)));
      }
    }
    Expression.MapExpression arguments = expressions.map(mapping, place);
    return new Expression.StrReplace(
        required(arguments, "template", place), required(arguments, "params", place), place);
  }

  private static Expression required(Expression.MapExpression arguments, String key, Place place)
      throws MalformedException {
    return arguments
        .get(key)
        .orElseThrow(() -> malformed(place, "str_replace needs \"" + key + "\""));
  }

  private Expression listJoin(Node argument, Place place) throws MalformedException {
    boolean manyLists = version.isAtLeast(TemplateVersion.V2015_10_15);
    if (!(argument instanceof SequenceNode sequence)
        || sequence.items().size() < 2
        || (!manyLists && sequence.items().size() > 2)) {
      throw malformed(
          place,
          manyLists
              ? "list_join takes a list: [delimiter, list, list, …]"
              : "list_join takes a list of two: [delimiter, list]");
    }
    List<Expression> items = expressions.items(sequence, place);
    return new Expression.ListJoin(items.getFirst(), items.subList(1, items.size()), place);
  }

  private Expression ifElse(Node argument, Place place) throws MalformedException {
    boolean elseIsOptional = version.isAtLeast(TemplateVersion.V2021_04_16);
    if (!(argument instanceof SequenceNode sequence)
        || sequence.items().size() > 3
        || sequence.items().size() < (elseIsOptional ? 2 : 3)) {
      throw malformed(
          place,
          elseIsOptional
              ? "if takes a list: [condition, value] or [condition, value, other value]"
              : "if takes a list of three: [condition, value, other value]");
    }
    List<Node> items = sequence.items();
    Condition condition =
        conditions.parse(items.getFirst(), place.item(0, items.getFirst().location()));
    Expression then = expressions.parse(items.get(1), place.item(1, items.get(1).location()));
    Optional<Expression> otherwise =
        items.size() < 3
            ? Optional.empty()
            : Optional.of(expressions.parse(items.get(2), place.item(2, items.get(2).location())));
    return new Expression.If(condition, then, otherwise, place);
  }

  /** A text, or a function that may come to one. */
  private Expression text(FunctionName function, Node argument, Place place)
      throws MalformedException {
    boolean fits =
        switch (argument) {
          case ScalarNode scalar -> scalar.value().isString();
          case SequenceNode _ -> false;
          case MappingNode _ -> true;
        };
    if (!fits) {
      throw malformed(place, function.keyword() + " takes a name, not " + argument.kind());
    }
    return expressions.parse(argument, place);
  }

  private static MalformedException malformed(Place place, String message) {
    return new MalformedException(place.problem(message));
  }
}
