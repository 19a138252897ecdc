package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;

/** A tree of stacks would be deeper or larger than it may be. */
final class NestingLimitException extends DocumentException {
  private static final long serialVersionUID = 1;

  NestingLimitException(Problem problem) {
    super(problem);
  }
}
