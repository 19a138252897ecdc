package io.hotpod.template;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Location;
import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one pass over a template. */
final class Problems {
  /** More would not be read. */
  private static final int MOST = 100;

  private static final Comparator<Problem> BY_PLACE =
      Comparator.comparingInt((Problem problem) -> problem.location().map(Location::line).orElse(0))
          .thenComparingInt(problem -> problem.location().map(Location::column).orElse(0));

  private final List<Problem> problems = new ArrayList<>();

  void add(Problem problem) {
    problems.add(problem);
    if (problems.size() >= MOST) {
      throwIfAny();
    }
  }

  /** How many there are so far. */
  int size() {
    return problems.size();
  }

  /** In the order of the text. */
  List<Problem> all() {
    return problems.stream().sorted(BY_PLACE).toList();
  }

  /** Ends the pass, if anything was wrong, with the problems in the order of the text. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new DocumentException(all());
    }
  }
}
