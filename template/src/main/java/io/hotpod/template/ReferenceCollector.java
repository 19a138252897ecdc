package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Finds the resources that an expression needs, in the branches that count, and notes names of
 * parameters that do not exist. For one template instance.
 */
final class ReferenceCollector {
  private final Scope scope;
  private final Undecided undecided;
  private final Problems problems;

  /** Of the references that count only as long as undecided parameters are as they are. */
  private final Set<Place> uncertain = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Of those whose name comes out of undecided parameters. */
  private final Set<Place> open = Collections.newSetFromMap(new IdentityHashMap<>());

  ReferenceCollector(Scope scope, Undecided undecided, Problems problems) {
    this.scope = scope;
    this.undecided = undecided;
    this.problems = problems;
  }

  List<ResourceReference> in(Expression expression) {
    List<ResourceReference> references = new ArrayList<>();
    collect(expression, true, references);
    return references;
  }

  /** Whether a reference counts whatever the undecided parameters come to. */
  boolean isCertain(ResourceReference reference) {
    return !uncertain.contains(reference.place());
  }

  /** Whether the undecided parameters have a part in the name. */
  boolean isNameOpen(ResourceReference reference) {
    return open.contains(reference.place());
  }

  /** Whether a condition names only parameters that there are; what else it names is noted. */
  boolean checkParameters(Condition condition) {
    int before = problems.size();
    switch (condition) {
      case Condition.Truth truth -> checkParameters(truth.value());
      case Condition.Named _ -> {}
      case Condition.Equals equals -> {
        checkParameters(equals.left());
        checkParameters(equals.right());
      }
      case Condition.Not not -> checkParameters(not.condition());
      case Condition.And and -> and.conditions().forEach(this::checkParameters);
      case Condition.Or or -> or.conditions().forEach(this::checkParameters);
    }
    return problems.size() == before;
  }

  private void checkParameters(Expression expression) {
    if (expression instanceof Expression.GetParam call) {
      checkParameter(call);
    }
    if (expression instanceof Expression.ConditionResult result) {
      checkParameters(result.condition());
    }
    expression.parts().forEach(this::checkParameters);
  }

  private void collect(Expression expression, boolean certain, List<ResourceReference> references) {
    switch (expression) {
      case Expression.GetResource call -> name(call.resource(), call.place(), certain, references);
      case Expression.GetAttr call -> name(call.resource(), call.place(), certain, references);
      case Expression.GetParam call -> checkParameter(call);
      case Expression.If call -> {
        boolean counts = certain && !undecided.contains(call.condition());
        branches(call).forEach(branch -> collect(branch, counts, references));
        return;
      }
      case Expression.Literal _, Expression.ListExpression _, Expression.MapExpression _ -> {}
      case Expression.GetFile _, Expression.Facade _ -> {}
      case Expression.ConditionResult _, Expression.Call _ -> {}
    }
    expression.parts().forEach(part -> collect(part, certain, references));
  }

  /** The branch that counts; none when that cannot be decided, which is noted. */
  private List<Expression> branches(Expression.If call) {
    if (!checkParameters(call.condition())) {
      return List.of();
    }
    try {
      return Resolver.withoutResources(scope).branch(call).stream().toList();
    } catch (DocumentException refused) {
      if (!undecided.contains(call.condition())) {
        refused.problems().forEach(problems::add);
      }
      return List.of();
    }
  }

  private void name(
      Expression name, Place place, boolean certain, List<ResourceReference> references) {
    if (!certain) {
      uncertain.add(place);
    }
    if (undecided.contains(name)) {
      uncertain.add(place);
      open.add(place);
    }
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
      if (!undecided.contains(name)) {
        refused.problems().forEach(problems::add);
      }
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
                  Suggestions.advice(name, scope.parameters().names()))
              .lacking("parameters." + name));
    }
  }
}
