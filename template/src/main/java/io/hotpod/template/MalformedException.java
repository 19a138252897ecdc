package io.hotpod.template;

import io.hotpod.document.Problem;

/** A piece of a template that cannot be read; the pass goes on after it. */
final class MalformedException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  MalformedException(Problem problem) {
    super(problem.toString());
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
