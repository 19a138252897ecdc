package io.hotpod.agent.runtime.podman;

import java.io.Serial;

/** A manifest asks for something that is not there: a key of a ConfigMap, a directory, a user. */
final class ConfigurationException extends Failure {
  @Serial private static final long serialVersionUID = 1L;

  ConfigurationException(String message) {
    super(message);
  }

  ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
