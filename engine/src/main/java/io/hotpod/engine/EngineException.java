package io.hotpod.engine;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import java.util.List;

/** What was asked cannot be done; the message is fit for the person who asked. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final transient List<Problem> problems;

  public EngineException(ErrorCode code, String message) {
    super(message);
    this.code = requireNonNull(code, "code is null");
    this.problems = List.of();
  }

  /** A text was refused; keeps the places. */
  public EngineException(ErrorCode code, DocumentException refusal) {
    super(refusal.getMessage(), refusal);
    this.code = requireNonNull(code, "code is null");
    this.problems = refusal.problems();
  }

  public ErrorCode code() {
    return code;
  }

  /** Every problem with its place, when a text was refused; else empty. */
  public List<Problem> problems() {
    return problems;
  }
}
