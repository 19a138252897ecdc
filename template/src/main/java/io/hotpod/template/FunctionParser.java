package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.ScalarNode;
import io.hotpod.document.SequenceNode;
import io.hotpod.document.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the calls of functions that the version has. */
final class FunctionParser {
  private static final String PERMUTATIONS = "permutations";

  private final TemplateVersion version;
  private final ParameterNames parameters;
  private final ExpressionParser expressions;
  private final ConditionParser conditions;
  private final WorkBudget work;

  /**
   * @param work what the calls whose value is known at once may cost together
   */
  FunctionParser(
      TemplateVersion version,
      ParameterNames parameters,
      ExpressionParser expressions,
      ConditionParser conditions,
      WorkBudget work) {
    this.version = version;
    this.parameters = parameters;
    this.expressions = expressions;
    this.conditions = conditions;
    this.work = work;
  }

  Expression call(Language.Function function, Node argument, Place place)
      throws MalformedException {
    return switch (function) {
      case GET_PARAM -> getParam(argument, place);
      case GET_RESOURCE -> new Expression.GetResource(text(function, argument, place), place);
      case GET_ATTR -> getAttr(argument, place);
      case GET_FILE -> new Expression.GetFile(text(function, argument, place), place);
      case RESOURCE_FACADE, FN_RESOURCE_FACADE -> facade(function, argument, place);
      case IF -> ifElse(argument, place);
      case REF -> ref(argument, place);
      case FN_GET_AZS ->
          throw malformed(
              place, "Fn::GetAZs asks a compute service for its zones, and there is none here");
      case EQUALS, NOT, AND, OR ->
          throw new IllegalArgumentException(function + " is read by the conditions");
      case LIST_JOIN,
          STR_REPLACE,
          DIGEST,
          REPEAT,
          STR_SPLIT,
          MAP_MERGE,
          MAP_REPLACE,
          YAQL,
          FILTER,
          STR_REPLACE_STRICT,
          CONTAINS,
          LIST_CONCAT,
          LIST_CONCAT_UNIQUE,
          MAKE_URL,
          STR_REPLACE_VSTRICT,
          FN_BASE64,
          FN_JOIN,
          FN_MEMBER_LIST_TO_MAP,
          FN_REPLACE,
          FN_SELECT,
          FN_SPLIT ->
          plain(function, argument, place);
    };
  }

  private Expression getParam(Node argument, Place place) throws MalformedException {
    boolean empty =
        switch (argument) {
          case ScalarNode scalar -> scalar.value().isNull() || scalar.text().isEmpty();
          case SequenceNode sequence -> sequence.items().isEmpty();
          case MappingNode mapping -> mapping.entries().isEmpty();
        };
    if (empty) {
      throw malformed(place, "Function \"get_param\" must have arguments");
    }
    Expression given = expressions.parse(argument, place);
    boolean fits =
        switch (given) {
          case Expression.Literal literal -> literal.value().isString();
          case Expression.MapExpression _ -> false;
          case Expression.ListExpression _, FunctionCall _ -> true;
        };
    if (!fits) {
      throw malformed(place, "Argument to \"get_param\" must be string or list");
    }
    return new Expression.GetParam(given, place);
  }

  private Expression getAttr(Node argument, Place place) throws MalformedException {
    boolean attributeIsOptional = Language.Feature.ALL_ATTRIBUTES.isIn(version);
    if (!(argument instanceof SequenceNode sequence)) {
      throw malformed(place, "Argument to \"get_attr\" must be a list");
    }
    if (sequence.items().size() < (attributeIsOptional ? 1 : 2)) {
      throw malformed(
          place,
          attributeIsOptional
              ? "Arguments to \"get_attr\" can be of the next forms: [resource_name] or"
                  + " [resource_name, attribute, (path), ...]"
              : "Arguments to \"get_attr\" must be of the form [resource_name, attribute, (path),"
                  + " ...]");
    }
    List<Expression> items = expressions.items(sequence, place);
    return new Expression.GetAttr(
        items.getFirst(),
        items.size() > 1 ? Optional.of(items.get(1)) : Optional.empty(),
        items.subList(Math.min(2, items.size()), items.size()),
        place);
  }

  private static Expression facade(Language.Function function, Node argument, Place place)
      throws MalformedException {
    boolean older = function == Language.Function.FN_RESOURCE_FACADE;
    String asked = argument instanceof ScalarNode scalar ? scalar.text() : "";
    for (ResourceFacade.Part part : ResourceFacade.Part.values()) {
      if (part.keyword(older).equals(asked)) {
        return new Expression.Facade(part, place);
      }
    }
    List<String> choices =
        Arrays.stream(ResourceFacade.Part.values()).map(part -> part.keyword(older)).toList();
    throw new MalformedException(
        place.problem(
            "Incorrect arguments to \""
                + function.keyword()
                + "\" should be one of: "
                + choices.stream().collect(Collectors.joining(", ")),
            Suggestions.advice(asked, choices)));
  }

  private Expression ref(Node argument, Place place) throws MalformedException {
    if (!(argument instanceof ScalarNode scalar) || !scalar.value().isString()) {
      throw malformed(place, "Ref takes the name of a parameter or a resource");
    }
    Expression name = new Expression.Literal(scalar.value(), place);
    return parameters.contains(scalar.text())
        ? new Expression.GetParam(name, place)
        : new Expression.GetResource(name, place);
  }

  private Expression ifElse(Node argument, Place place) throws MalformedException {
    boolean elseIsOptional = Language.Feature.IF_WITHOUT_ELSE.isIn(version);
    if (!(argument instanceof SequenceNode sequence)
        || sequence.items().size() > 3
        || sequence.items().size() < (elseIsOptional ? 2 : 3)) {
      throw new MalformedException(
          place.problem(
              "Arguments to \"if\" must be of the form: [condition_name, value_if_true,"
                  + " value_if_false]",
              elseIsOptional
                  ? Optional.of("without value_if_false the item is left out")
                  : Optional.of(Language.Feature.IF_WITHOUT_ELSE.needs())));
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
  private Expression text(Language.Function function, Node argument, Place place)
      throws MalformedException {
    Expression given = expressions.parse(argument, place);
    boolean fits =
        switch (given) {
          case Expression.Literal literal -> literal.value().isString();
          case Expression.ListExpression _, Expression.MapExpression _ -> false;
          case FunctionCall _ -> true;
        };
    if (!fits) {
      throw malformed(
          place,
          "Argument to \"" + function.keyword() + "\" must be a string, not " + argument.kind());
    }
    return given;
  }

  private Expression plain(Language.Function function, Node argument, Place place)
      throws MalformedException {
    PlainFunction plain = PlainFunctions.of(function, version).orElseThrow();
    refuseOtherKeys(function, plain.shape().keys(), argument, place);
    Expression given =
        argument instanceof MappingNode mapping && !plain.shape().keys().isEmpty()
            ? expressions.map(mapping, place)
            : expressions.parse(argument, place);
    try {
      plain.shape().check(given);
      if (function == Language.Function.YAQL) {
        YaqlFunction.check(given);
      }
      Expression.Call call = new Expression.Call(function, given, place);
      if (Constants.isConstant(given)) {
        Resolver.call(call, Constants.value(given), version, new ValueBudget(work));
      }
      return call;
    } catch (FunctionException refused) {
      throw malformed(place, refused.reason());
    } catch (DocumentException refused) {
      throw new MalformedException(refused.problems().getFirst());
    }
  }

  private void refuseOtherKeys(
      Language.Function function, List<String> keys, Node argument, Place place)
      throws MalformedException {
    if (keys.isEmpty() || !(argument instanceof MappingNode mapping)) {
      return;
    }
    for (MappingNode.Entry entry : mapping.entries()) {
      Place at = place.key(entry.key(), entry.keyLocation());
      if (!keys.contains(entry.key())) {
        throw new MalformedException(
            at.problem(
                "Invalid arguments to \"" + function.keyword() + "\": " + entry.key(),
                Suggestions.advice(entry.key(), keys)));
      }
      if (entry.key().equals(PERMUTATIONS)) {
        checkPermutations(entry.value(), at);
      }
    }
  }

  private void checkPermutations(Node value, Place at) throws MalformedException {
    if (!Language.Feature.REPEAT_IN_STEP.isIn(version)) {
      throw malformed(at, Language.Feature.REPEAT_IN_STEP.needs());
    }
    if (!(value instanceof ScalarNode scalar && scalar.value().isBoolean())) {
      throw malformed(at, "\"permutations\" should be boolean type for repeat function.");
    }
  }

  private static MalformedException malformed(Place place, String message) {
    return new MalformedException(place.problem(message));
  }
}
