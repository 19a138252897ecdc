package io.hotpod.template;

import io.hotpod.document.DocumentException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Works out the properties of resources, each property by itself as far as that goes. */
final class PropertyResolver {
  private final Scope scope;
  private final ResourceView view;
  private final ValueBudget budget;
  private final ObjectNode known = JsonNodeFactory.instance.objectNode();
  private final Map<String, Set<String>> unknown = new LinkedHashMap<>();

  PropertyResolver(Scope scope, ResourceView view) {
    this.scope = scope;
    this.view = view;
    this.budget = new ValueBudget(scope.work());
  }

  ResolvedProperties resolve(ResourceDefinition resource) {
    Optional<Expression> properties = chosen(resource.properties());
    if (properties.isPresent()) {
      switch (properties.orElseThrow()) {
        case Expression.MapExpression map -> map.entries().forEach(this::resolve);
        case Expression.Literal _, Expression.ListExpression _ ->
            throw notAMap(properties.orElseThrow());
        case FunctionCall call -> resolveAtOnce(call);
      }
    }
    return new ResolvedProperties(known, Collections.unmodifiableMap(unknown));
  }

  /** The branch that counts, so that its properties can be looked at one by one. */
  private Optional<Expression> chosen(Expression properties) {
    Optional<Expression> current = Optional.of(properties);
    while (current.isPresent() && current.orElseThrow() instanceof Expression.If call) {
      current = new Resolver(scope, view, budget).branch(call);
    }
    return current;
  }

  private void resolve(Expression.MapExpression.Entry property) {
    Resolver resolver = new Resolver(scope, view, budget);
    Optional<JsonNode> value = resolver.resolve(property.value());
    if (resolver.waitsFor().isEmpty()) {
      value.ifPresent(node -> known.set(property.key(), node));
    } else {
      unknown.put(
          property.key(), Collections.unmodifiableSet(new LinkedHashSet<>(resolver.waitsFor())));
    }
  }

  private void resolveAtOnce(FunctionCall call) {
    Resolver resolver = new Resolver(scope, view, budget);
    JsonNode value = resolver.value(call);
    if (!resolver.waitsFor().isEmpty()) {
      throw new DocumentException(
          call.place()
              .problem(
                  "which properties there are cannot depend on the resources "
                      + String.join(", ", resolver.waitsFor()),
                  Optional.of(
                      "write the names of the properties out and put the function inside")));
    }
    if (value.isObject()) {
      value.properties().forEach(entry -> known.set(entry.getKey(), entry.getValue()));
    } else if (!value.isNull()) {
      throw notAMap(call);
    }
  }

  private static DocumentException notAMap(Expression properties) {
    return new DocumentException(properties.place().problem("properties must come to a map"));
  }
}
