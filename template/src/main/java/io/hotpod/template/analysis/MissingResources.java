package io.hotpod.template.analysis;

import io.hotpod.document.Problem;
import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import io.hotpod.template.OutputDefinition;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds references to resources that may not be there: the resource has a condition, and the
 * reference counts also where that condition does not hold.
 */
final class MissingResources {
  private final Template template;
  private final KnownTruths nothing;
  private final List<Problem> warnings = new ArrayList<>();

  private MissingResources(Template template) {
    this.template = template;
    this.nothing = KnownTruths.nothing(template.conditions());
  }

  static List<Problem> of(Template template) {
    MissingResources missing = new MissingResources(template);
    for (ResourceDefinition resource : template.resources().values()) {
      KnownTruths known = missing.inside(resource.condition());
      missing.look(resource.properties(), known);
      resource.metadata().ifPresent(metadata -> missing.look(metadata, known));
      resource.updatePolicy().ifPresent(policy -> missing.look(policy, known));
    }
    for (OutputDefinition output : template.outputs().values()) {
      missing.look(output.value(), missing.inside(output.condition()));
    }
    return missing.warnings;
  }

  private KnownTruths inside(Optional<Condition> condition) {
    return condition.map(holds -> nothing.with(holds, true)).orElse(nothing);
  }

  private void look(Expression expression, KnownTruths known) {
    switch (expression) {
      case Expression.If choice -> {
        look(choice.then(), known.with(choice.condition(), true));
        choice.otherwise().ifPresent(other -> look(other, known.with(choice.condition(), false)));
        return;
      }
      case Expression.GetResource call -> check(call.resource(), call, known);
      case Expression.GetAttr call -> check(call.resource(), call, known);
      default -> {
        // Nothing else names a resource.
      }
    }
    expression.parts().forEach(part -> look(part, known));
  }

  private void check(Expression name, Expression call, KnownTruths known) {
    Optional<ResourceDefinition> resource =
        name instanceof Expression.Literal literal
            ? Optional.of(literal.value())
                .filter(JsonNode::isString)
                .map(text -> template.resources().get(text.stringValue()))
            : Optional.empty();
    resource
        .filter(
            definition ->
                definition.condition().map(it -> known.isDoubtful(it, true)).orElse(false))
        .ifPresent(
            definition ->
                warnings.add(
                    new Problem(
                        call.place().location(),
                        call.place().path(),
                        "\"%s\" is not there when its condition does not hold"
                            .formatted(definition.name()),
                        Optional.of("put the reference under the same condition"))));
  }
}
