package io.hotpod.cli.client;

import static java.util.Objects.requireNonNull;

/** The server did not answer, or not in time, or not like one of ours. */
public final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String advice;
  private final boolean mayHaveArrived;

  UnreachableException(String message, String advice, boolean mayHaveArrived, Throwable cause) {
    super(message, cause);
    this.advice = requireNonNull(advice, "advice is null");
    this.mayHaveArrived = mayHaveArrived;
  }

  /** Whether the request may have reached the server, so that only the answer is lost. */
  public boolean mayHaveArrived() {
    return mayHaveArrived;
  }

  /** What to do about it, one line. */
  public String advice() {
    return advice;
  }
}
