package io.hotpod.cli.output;

import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.document.Problem;
import io.hotpod.document.ProblemPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes refusals of texts into failures that show each place. */
public final class Problems {
  private Problems() {}

  /**
   * A failure that shows every problem with its line.
   *
   * @param name what was refused, as people named it
   * @param texts by the name that locations use
   */
  public static CommandFailure failure(
      String name, List<Problem> problems, Map<String, String> texts) {
    ProblemPrinter printer = new ProblemPrinter(texts);
    List<String> lines = new ArrayList<>();
    problems.forEach(problem -> lines.addAll(printer.print(problem).lines().toList()));
    String count = problems.size() == 1 ? "a problem" : problems.size() + " problems";
    return CommandFailure.of(name + " has " + count + ".", lines);
  }

  /** Warnings as lines, each with the line of the text that it is about. */
  public static List<String> warnings(List<Problem> warnings, Map<String, String> texts) {
    ProblemPrinter printer = new ProblemPrinter(texts);
    List<String> lines = new ArrayList<>();
    warnings.forEach(warning -> lines.addAll(printer.printWarning(warning).lines().toList()));
    return lines;
  }

  /** The server's refusal with the places shown, or as it is when it names none. */
  public static RuntimeException failure(
      String name, ApiException refusal, Map<String, String> texts) {
    return refusal.problems().isEmpty() ? refusal : failure(name, refusal.problems(), texts);
  }
}
