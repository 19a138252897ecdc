package io.hotpod.cli.session;

/** A command whose exit code is usually another program's, so that its own failures need one. */
public interface OwnFailureCode {
  /** What the process ends with when the command itself could not do what it was asked. */
  int failureCode();
}
