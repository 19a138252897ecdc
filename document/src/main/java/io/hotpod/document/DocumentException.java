package io.hotpod.document;

import java.util.List;
import java.util.stream.Collectors;

/** A text was refused; carries every problem that was found in it, at least one. */
public class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  public DocumentException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a refusal needs a problem");
    }
    this.problems = List.copyOf(problems);
  }

  public DocumentException(Problem problem) {
    this(List.of(problem));
  }

  /** In the order of the text. */
  public List<Problem> problems() {
    return problems;
  }
}
