package io.hotpod.template.analysis;

import io.hotpod.document.Problem;
import io.hotpod.template.Expression;
import io.hotpod.template.OutputDefinition;
import io.hotpod.template.ParameterDefinition;
import io.hotpod.template.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds outputs that show what a parameter hides. */
final class HiddenOutputs {
  private HiddenOutputs() {}

  static List<Problem> of(Template template) {
    List<Problem> warnings = new ArrayList<>();
    for (OutputDefinition output : template.outputs().values()) {
      new TemplateWalk(new Finder(template.parameters(), warnings)).through(output.value());
    }
    return warnings;
  }

  private record Finder(Map<String, ParameterDefinition> parameters, List<Problem> warnings)
      implements TemplateVisitor {
    @Override
    public void expression(Expression expression) {
      if (expression instanceof Expression.GetParam call) {
        ParameterNames.of(call)
            .flatMap(name -> Optional.ofNullable(parameters.get(name)))
            .filter(ParameterDefinition::hidden)
            .ifPresent(
                parameter ->
                    warnings.add(
                        new Problem(
                            call.place().location(),
                            call.place().path(),
                            "this output shows the hidden parameter \"" + parameter.name() + "\"",
                            Optional.empty())));
      }
    }
  }
}
