package io.hotpod.template.analysis;

import io.hotpod.document.Problem;
import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds parameters and conditions that nothing looks at. */
final class UnusedNames implements TemplateVisitor {
  private final Set<String> parameters = new HashSet<>();
  private final Set<String> conditions = new HashSet<>();
  private boolean namesComeFromFunctions;

  private UnusedNames() {}

  static List<Problem> of(Template template) {
    UnusedNames used = new UnusedNames();
    new TemplateWalk(used).through(template);
    List<Problem> warnings = new ArrayList<>();
    for (ParameterDefinition parameter : template.parameters().values()) {
      if (!used.parameters.contains(parameter.name()) && !used.namesComeFromFunctions) {
        warnings.add(
            new Problem(
                parameter.place().location(),
                parameter.place().path(),
                "nothing uses the parameter \"" + parameter.name() + "\"",
                Optional.of("take it out, or use it with get_param")));
      }
    }
    for (Map.Entry<String, Condition> condition : template.conditions().entrySet()) {
      if (!used.conditions.contains(condition.getKey())) {
        warnings.add(
            new Problem(
                condition.getValue().place().location(),
                condition.getValue().place().path(),
                "nothing uses the condition \"" + condition.getKey() + "\"",
                Optional.empty()));
      }
    }
    return warnings;
  }

  @Override
  public void expression(Expression expression) {
    if (expression instanceof Expression.GetParam call) {
      ParameterNames.of(call).ifPresentOrElse(parameters::add, () -> namesComeFromFunctions = true);
    }
  }

  @Override
  public void condition(Condition condition) {
    if (condition instanceof Condition.Named named) {
      conditions.add(named.name());
    }
  }
}
