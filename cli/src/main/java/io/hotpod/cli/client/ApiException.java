package io.hotpod.cli.client;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.Problem;
import java.util.List;

/** The server refused a request; the message is the server's, fit for people. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final transient List<Problem> problems;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param type Heat's name of the error; may be empty
   * @param problems places in a text that was refused; may be none
   */
  public ApiException(int status, String type, String message, List<Problem> problems) {
    super(message);
    this.status = status;
    this.type = requireNonNull(type, "type is null");
    this.problems = List.copyOf(problems);
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  /** Every place of a text that was refused; empty when it was not about a text. */
  public List<Problem> problems() {
    return problems;
  }

  /** Whether what was named is not there. */
  public boolean isNotFound() {
    return status == 404;
  }
}
