package io.hotpod.agent.runtime;

import java.io.Serial;

/** A manifest asks for something that is not there: a key of a ConfigMap, a directory, a user. */
public final class ConfigurationException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  public ConfigurationException(String message) {
    super(message);
  }

  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
