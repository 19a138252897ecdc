package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds the resources that an expression needs, in the branches that count, and notes names of
 * parameters that do not exist. For one template instance.
 */
final class ReferenceCollector {
  private final Scope scope;
  private final Problems problems;

  ReferenceCollector(Scope scope, Problems problems) {
    this.scope = scope;
    this.problems = problems;
  }

  List<ResourceReference> in(Expression expression) {
    List<ResourceReference> references = new ArrayList<>();
    collect(expression, references);
    return references;
  }

  private void collect(Expression expression, List<ResourceReference> references) {
    switch (expression) {
      case Expression.GetResource call -> name(call.resource(), call.place(), references);
      case Expression.GetAttr call -> name(call.resource(), call.place(), references);
      case Expression.GetParam call -> checkParameter(call);
      case Expression.If call -> {
        Resolver.withoutResources(scope)
            .branch(call)
            .ifPresent(branch -> collect(branch, references));
        return;
      }
      case Expression.Literal _, Expression.ListExpression _, Expression.MapExpression _ -> {}
      case Expression.GetFile _, Expression.Facade _ -> {}
      case Expression.ConditionResult _, Expression.Call _ -> {}
    }
    expression.parts().forEach(part -> collect(part, references));
  }

  private void name(Expression name, Place place, List<ResourceReference> references) {
    try {
      Resolver resolver = Resolver.withoutResources(scope);
      Optional<JsonNode> value = resolver.resolve(name);
      if (value.isEmpty() || !resolver.waitsFor().isEmpty()) {
        problems.add(place.problem("the name of a resource cannot depend on another resource"));
      } else if (!value.orElseThrow().isString()) {
        problems.add(
            place.problem(
                "the name of a resource must be a string, not "
                    + Resolver.kind(value.orElseThrow())));
      } else {
        references.add(new ResourceReference(value.orElseThrow().stringValue(), place));
      }
    } catch (DocumentException refused) {
      refused.problems().forEach(problems::add);
    }
  }

  /** A name that is written out is checked now; one that is worked out, when it is. */
  private void checkParameter(Expression.GetParam call) {
    Expression first =
        call.argument() instanceof Expression.ListExpression list
            ? list.items().getFirst()
            : call.argument();
    if (first instanceof Expression.Literal literal
        && literal.value().isString()
        && !scope.parameters().contains(literal.value().stringValue())) {
      String name = literal.value().stringValue();
      problems.add(
          call.place()
              .problem(
                  "The Parameter (" + name + ") was not provided.",
                  Suggestions.advice(name, scope.parameters().names())));
    }
  }
}
