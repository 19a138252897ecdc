package io.hotpod.template.analysis;

import io.hotpod.document.Problem;
import io.hotpod.template.Condition;
import io.hotpod.template.Expression;
import io.hotpod.template.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds conditions that no parameter has a part in, so that they always come out the same. */
final class ConstantConditions {
  private ConstantConditions() {}

  static List<Problem> of(Template template) {
    List<Problem> warnings = new ArrayList<>();
    Set<String> constant = new HashSet<>();
    // Each stands after those that it names, so what it names is known already.
    for (Map.Entry<String, Condition> condition : template.conditions().entrySet()) {
      Dependence dependence = new Dependence(constant);
      new TemplateWalk(dependence).through(condition.getValue());
      if (!dependence.found) {
        constant.add(condition.getKey());
        warnings.add(
            new Problem(
                condition.getValue().place().location(),
                condition.getValue().place().path(),
                "the condition \"" + condition.getKey() + "\" always comes out the same",
                Optional.of("it depends on no parameter")));
      }
    }
    return warnings;
  }

  private static final class Dependence implements TemplateVisitor {
    private final Set<String> constant;
    private boolean found;

    Dependence(Set<String> constant) {
      this.constant = constant;
    }

    @Override
    public void expression(Expression expression) {
      found |= expression instanceof Expression.GetParam;
    }

    @Override
    public void condition(Condition condition) {
      found |= condition instanceof Condition.Named named && !constant.contains(named.name());
    }
  }
}
