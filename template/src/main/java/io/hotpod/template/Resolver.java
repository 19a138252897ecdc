package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Nodes;
import io.hotpod.document.Problem;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works out expressions. An empty result means that there is no value: it waits for resources,
 * which are then in {@link #waitsFor}, or an {@code if} without an else leaves it out. For one
 * result only, and one thread.
 */
final class Resolver {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Scope scope;
  private final ResourceView view;
  private final Set<String> waitsFor = new LinkedHashSet<>();
  private final ValueBudget budget;

  Resolver(Scope scope, ResourceView view, ValueBudget budget) {
    this.scope = scope;
    this.view = view;
    this.budget = budget;
  }

  /** A resolver for what parameters alone decide. */
  static Resolver withoutResources(Scope scope) {
    return new Resolver(scope, ResourceView.NOTHING, new ValueBudget(scope.work()));
  }

  Set<String> waitsFor() {
    return waitsFor;
  }

  /** The value of an expression that no resource has a part in; null when it is left out. */
  JsonNode value(Expression expression) {
    return resolve(expression).orElseGet(NODES::nullNode);
  }

  Optional<JsonNode> resolve(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> Optional.of(literal.value());
      case Expression.ListExpression list -> Optional.of(list(list));
      case Expression.MapExpression map -> Optional.of(map(map));
      case Expression.GetParam call -> getParam(call);
      case Expression.GetResource call -> getResource(call);
      case Expression.GetAttr call -> getAttr(call);
      case Expression.GetFile call -> getFile(call);
      case Expression.Facade call -> Optional.of(facade(call));
      case Expression.If call -> branch(call).flatMap(this::resolve);
      case Expression.ConditionResult result ->
          Optional.of(NODES.booleanNode(scope.holds(result.condition())));
      case Expression.Call call -> plain(call);
    };
  }

  /** The branch of an {@code if} that counts; empty when it has no else and needs one. */
  Optional<Expression> branch(Expression.If call) {
    return scope.holds(call.condition()) ? Optional.of(call.then()) : call.otherwise();
  }

  private ArrayNode list(Expression.ListExpression list) {
    ArrayNode array = NODES.arrayNode(list.items().size());
    for (Expression item : list.items()) {
      resolve(item).ifPresent(array::add);
    }
    return array;
  }

  private ObjectNode map(Expression.MapExpression map) {
    ObjectNode object = NODES.objectNode();
    for (Expression.MapExpression.Entry entry : map.entries()) {
      resolve(entry.value()).ifPresent(value -> object.set(entry.key(), value));
    }
    return object;
  }

  private Optional<JsonNode> getParam(Expression.GetParam call) {
    Optional<JsonNode> argument = argument(call.argument(), call);
    if (argument.isEmpty()) {
      return Optional.empty();
    }
    JsonNode given = argument.orElseThrow();
    List<JsonNode> steps = given.isArray() ? given.valueStream().toList() : List.of(given);
    if (steps.isEmpty() || (given.isString() && given.stringValue().isEmpty())) {
      throw refusal(call, "Function \"get_param\" must have arguments");
    }
    if (!steps.getFirst().isString()) {
      throw refusal(call, "Parameter name in \"get_param\" must be string");
    }
    String name = steps.getFirst().stringValue();
    if (!scope.parameters().contains(name)) {
      throw new DocumentException(
          call.place()
              .problem(
                  "The Parameter (" + name + ") was not provided.",
                  Suggestions.advice(name, scope.parameters().names()))
              .lacking("parameters." + name));
    }
    if (steps.size() == 1) {
      budget.spend(scope.parameters().size(name), call.place());
      return Optional.of(scope.parameters().value(name));
    }
    JsonNode value =
        PathLookup.find(scope.parameters().value(name), steps.subList(1, steps.size()), true)
            .orElseGet(() -> NODES.stringNode(""));
    budget.spend(ValueBudget.size(value), call.place());
    return Optional.of(value);
  }

  private Optional<JsonNode> getResource(Expression.GetResource call) {
    return name(call.resource(), call).flatMap(name -> known(name, view.referenceId(name), call));
  }

  private Optional<JsonNode> getAttr(Expression.GetAttr call) {
    Optional<String> resource = name(call.resource(), call);
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    String name = resource.orElseThrow();
    if (call.attribute().isEmpty()) {
      return known(name, view.attributes(name), call);
    }
    Optional<JsonNode> asked = argument(call.attribute().orElseThrow(), call);
    if (asked.isPresent()
        && asked.orElseThrow().isNull()
        && Language.Feature.ALL_ATTRIBUTES.isIn(scope.version())) {
      return known(name, view.attributes(name), call);
    }
    Optional<String> attribute =
        asked.map(value -> text(value, call.attribute().orElseThrow(), call));
    List<JsonNode> path = new ArrayList<>();
    for (Expression step : call.path()) {
      argument(step, call).ifPresent(path::add);
    }
    if (attribute.isEmpty() || path.size() < call.path().size()) {
      return Optional.empty();
    }
    return known(name, view.attribute(name, attribute.orElseThrow(), path), call);
  }

  private Optional<JsonNode> known(String resource, Optional<JsonNode> value, Expression call) {
    if (value.isEmpty()) {
      waitsFor.add(resource);
    }
    value.ifPresent(node -> budget.spend(ValueBudget.size(node), call.place()));
    return value;
  }

  private Optional<JsonNode> getFile(Expression.GetFile call) {
    Optional<String> key = name(call.file(), call);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    String content = scope.files().get(key.orElseThrow());
    if (content == null) {
      throw new DocumentException(
          call.place()
              .problem(
                  "No content found in the \"files\" section for get_file path: "
                      + key.orElseThrow(),
                  Suggestions.advice(key.orElseThrow(), scope.files().keySet()))
              .lacking(Problem.FILES + key.orElseThrow()));
    }
    budget.spend(content.length(), call.place());
    return Optional.of(NODES.stringNode(content));
  }

  private JsonNode facade(Expression.Facade call) {
    ResourceFacade facade =
        scope
            .facade()
            .orElseThrow(
                () ->
                    refusal(
                        call,
                        "resource_facade only works in a template that another one uses as a"
                            + " resource type"));
    JsonNode value =
        switch (call.part()) {
          case METADATA -> facade.metadata();
          case DELETION_POLICY -> NODES.stringNode(facade.deletionPolicy().keyword());
          case UPDATE_POLICY -> facade.updatePolicy();
        };
    budget.spend(ValueBudget.size(value), call.place());
    return value;
  }

  private Optional<JsonNode> plain(Expression.Call call) {
    Optional<JsonNode> argument = argument(call.argument(), call);
    if (argument.isEmpty() || !waitsFor.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(call(call, argument.orElseThrow(), scope.version(), budget));
    } catch (FunctionException refused) {
      throw refusal(call, refused.reason());
    }
  }

  /** The value of a function that looks at nothing but its argument. */
  static JsonNode call(
      Expression.Call call, JsonNode argument, TemplateVersion version, ValueBudget budget)
      throws FunctionException {
    budget.work().spendOnReading(ValueBudget.size(argument), call.place());
    return PlainFunctions.of(call.function(), version)
        .orElseThrow()
        .apply(
            argument,
            new PlainFunction.Call(
                call.function().keyword(),
                version,
                characters -> budget.spendOnMaking(characters, call.place()),
                budget.work()));
  }

  /** The text of an argument that must be one. */
  private Optional<String> name(Expression argument, Expression call) {
    return argument(argument, call).map(value -> text(value, argument, call));
  }

  private static String text(JsonNode value, Expression argument, Expression call) {
    if (!value.isString()) {
      throw refusal(
          call,
          "the argument at " + argument.place().path() + " must be a string, not " + kind(value));
    }
    return value.stringValue();
  }

  /** The value of an argument; empty only when it waits for resources. */
  private Optional<JsonNode> argument(Expression argument, Expression call) {
    Optional<JsonNode> value = resolve(argument);
    if (value.isEmpty() && waitsFor.isEmpty()) {
      throw refusal(call, "an if without an else leaves out an argument that is needed here");
    }
    return value;
  }

  private static DocumentException refusal(Expression call, String message) {
    return new DocumentException(call.place().problem(message));
  }

  /** What people call a value; never the value, which may be secret. */
  static String kind(JsonNode value) {
    if (value.isContainer()) {
      return value.isObject() ? "a map" : "a list";
    }
    return Nodes.of(value).kind();
  }
}
