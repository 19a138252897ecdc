package io.hotpod.cli.stack;

import io.hotpod.document.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says of problems with parameters where on the command line they come from or can be mended. Pure.
 */
final class ParameterProblems {
  private static final Pattern NOT_PROVIDED =
      Pattern.compile("The Parameter \\((.+)\\) was not provided\\.");
  private static final String PARAMETERS = "parameters.";
  private static final String OPTION = "-p ";

  private ParameterProblems() {}

  /**
   * The same problems in the same order.
   *
   * @param given names of the parameters that {@code -p} gives
   */
  static List<Problem> explained(List<Problem> problems, Set<String> given) {
    return problems.stream().map(problem -> explained(problem, given)).toList();
  }

  /** Whether every one of them is about a value of {@code -p}. */
  static boolean onlyOfOptions(List<Problem> explained) {
    return explained.stream().allMatch(problem -> problem.path().startsWith(OPTION));
  }

  private static Problem explained(Problem problem, Set<String> given) {
    Matcher missing = NOT_PROVIDED.matcher(problem.message());
    if (missing.find() && problem.advice().isEmpty()) {
      return new Problem(
          problem.location(),
          problem.path(),
          problem.message(),
          Optional.of("give it with -p " + missing.group(1) + "=VALUE"));
    }
    String name =
        problem.path().startsWith(PARAMETERS) ? problem.path().substring(PARAMETERS.length()) : "";
    return problem.location().isEmpty() && given.contains(name)
        ? new Problem(Optional.empty(), OPTION + name, problem.message(), problem.advice())
        : problem;
  }
}
