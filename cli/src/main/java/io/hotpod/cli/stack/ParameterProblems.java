package io.hotpod.cli.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says of problems with parameters where they come from, which the server does not know of values
 * that reach it without a place, or how a missing one is given. Pure.
 */
public final class ParameterProblems {
  private static final Pattern NOT_PROVIDED =
      Pattern.compile("The Parameter \\((.+)\\) was not provided\\.");
  private static final String PARAMETERS = "parameters.";
  private static final String OPTION = "-p ";

  private final Set<String> given;
  private final StackSources sources;

  /**
   * Gets ready.
   *
   * @param given names of the parameters that {@code -p} gives
   */
  public ParameterProblems(Set<String> given, StackSources sources) {
    this.given = Set.copyOf(given);
    this.sources = sources;
  }

  /** The same problems in the same order. */
  public List<Problem> explained(List<Problem> problems) {
    return problems.stream().map(this::explained).toList();
  }

  /** What has the problems: the command line, the one file of them all, or else the template. */
  public String culprit(List<Problem> explained) {
    if (explained.stream().allMatch(problem -> problem.path().startsWith(OPTION))) {
      return "the command line";
    }
    Set<String> files =
        explained.stream()
            .map(problem -> problem.location().map(Location::file).orElse(sources.name()))
            .collect(Collectors.toSet());
    return files.size() == 1 ? files.iterator().next() : sources.name();
  }

  private Problem explained(Problem problem) {
    Matcher missing = NOT_PROVIDED.matcher(problem.message());
    if (missing.find() && problem.advice().isEmpty()) {
      return new Problem(
          problem.location(),
          problem.path(),
          problem.message(),
          Optional.of("give it with -p " + missing.group(1) + "=VALUE"));
    }
    if (problem.location().isPresent() || !problem.path().startsWith(PARAMETERS)) {
      return problem;
    }
    String name = problem.path().substring(PARAMETERS.length());
    return given.contains(name)
        ? problem.movedTo(Optional.empty(), OPTION + name)
        : problem.movedTo(inEnvironments(name), problem.path());
  }

  /** In the last environment that has it, since that one counts. */
  private Optional<Location> inEnvironments(String name) {
    return sources.environments().reversed().stream()
        .flatMap(file -> place(file, sources.files().getOrDefault(file, ""), name).stream())
        .findFirst();
  }

  private static Optional<Location> place(String file, String text, String name) {
    try {
      return new DocumentReader(Limits.DEFAULT).read(file, text) instanceof MappingNode environment
              && environment.get("parameters").orElse(environment) instanceof MappingNode values
          ? values.entry(name).flatMap(MappingNode.Entry::keyLocation)
          : Optional.empty();
    } catch (DocumentException unreadable) {
      // The server says what is wrong with it.
      return Optional.empty();
    }
  }
}
