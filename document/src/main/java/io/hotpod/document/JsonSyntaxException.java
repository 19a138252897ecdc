package io.hotpod.document;

/** The text is not JSON; it may still be YAML. */
final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  JsonSyntaxException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
