package io.hotpod.template.analysis;

import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import io.hotpod.template.OutputDefinition;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.Template;

/** Goes through all that a template says, in every branch. */
final class TemplateWalk {
  private final TemplateVisitor visitor;

  TemplateWalk(TemplateVisitor visitor) {
    this.visitor = visitor;
  }

  void through(Template template) {
    template.conditions().values().forEach(this::through);
    template.resources().values().forEach(this::through);
    for (OutputDefinition output : template.outputs().values()) {
      output.condition().ifPresent(this::through);
      through(output.value());
    }
  }

  private void through(ResourceDefinition resource) {
    resource.condition().ifPresent(this::through);
    through(resource.properties());
    resource.metadata().ifPresent(this::through);
    resource.deletionPolicy().ifPresent(this::through);
    resource.updatePolicy().ifPresent(this::through);
    resource.externalId().ifPresent(this::through);
  }

  void through(Expression expression) {
    visitor.expression(expression);
    if (expression instanceof Expression.If choice) {
      through(choice.condition());
    }
    if (expression instanceof Expression.ConditionResult result) {
      through(result.condition());
    }
    expression.parts().forEach(this::through);
  }

  void through(Condition condition) {
    visitor.condition(condition);
    switch (condition) {
      case Condition.Truth truth -> through(truth.value());
      case Condition.Named _ -> {}
      case Condition.Equals equals -> {
        through(equals.left());
        through(equals.right());
      }
      case Condition.Not not -> through(not.condition());
      case Condition.And and -> and.conditions().forEach(this::through);
      case Condition.Or or -> or.conditions().forEach(this::through);
    }
  }
}
