package io.hotpod.engine.signal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The ways in which a machine may signal a resource; Heat's names. */
public enum SignalTransport {
  /** A signed URL that takes POST. */
  CFN_SIGNAL,
  /** A signed URL of an object that takes PUT. */
  TEMP_URL_SIGNAL,
  /** Heat's API, with a user and a password. */
  HEAT_SIGNAL,
  /** Nobody waits. */
  NO_SIGNAL,
  /** Heat's API, with a token; of wait condition handles only. */
  TOKEN_SIGNAL;

  /** The one of that name; empty when there is none. */
  public static Optional<SignalTransport> named(String name) {
    return Stream.of(values()).filter(way -> way.name().equals(name)).findFirst();
  }

  /** All of them. */
  public static List<String> names() {
    return Stream.of(values()).map(Enum::name).toList();
  }

  /** Those that a deployment may have. */
  public static List<String> ofDeployments() {
    return names().stream().filter(name -> !name.equals(TOKEN_SIGNAL.name())).toList();
  }
}
