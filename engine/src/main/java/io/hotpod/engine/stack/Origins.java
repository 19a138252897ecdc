package io.hotpod.engine.stack;

import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import io.hotpod.engine.resource.InnerStack;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.TemplateInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives problems in a template that nobody wrote the place in the template that it was made from.
 * Members that are alike have the same problem, which is told once. Pure.
 */
final class Origins {
  private Origins() {}

  /**
   * The problems as they are to be told.
   *
   * @param problems of the stack inside and all below
   * @param template that has the resource
   * @param prefix what their paths begin with
   */
  static List<Problem> placed(
      List<Problem> problems,
      InnerStack stack,
      TemplateInstance template,
      ResourceDefinition resource,
      String prefix) {
    if (stack.origin().isEmpty()) {
      return problems;
    }
    Function<List<String>, List<String>> origin = stack.origin().orElseThrow();
    String file = stack.definition().templateName();
    List<Problem> placed = new ArrayList<>();
    for (Problem problem : problems) {
      boolean generated =
          problem.location().map(location -> location.file().equals(file)).orElse(true);
      Optional<Location> location =
          generated
              ? template.locate(resource.name(), origin.apply(steps(problem.path(), prefix)))
              : problem.location();
      Problem told = problem.movedTo(location.or(resource::location), problem.path());
      if (placed.stream().noneMatch(other -> isSame(other, told))) {
        placed.add(told);
      }
    }
    return placed;
  }

  private static boolean isSame(Problem one, Problem other) {
    return one.location().equals(other.location())
        && one.message().equals(other.message())
        && one.advice().equals(other.advice());
  }

  /** Keys and indices of a path; a key with a dot in it ends at the dot, which is near enough. */
  private static List<String> steps(String path, String prefix) {
    if (!path.startsWith(prefix)) {
      return List.of();
    }
    List<String> steps = new ArrayList<>();
    for (String step : path.substring(prefix.length()).split("[.\\[]", -1)) {
      steps.add(step.endsWith("]") ? step.substring(0, step.length() - 1) : step);
    }
    return steps;
  }
}
