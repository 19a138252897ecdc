package io.hotpod.agent.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** Says in words why a server did not answer. Pure. */
public final class Silence {
  private Silence() {}

  /** Such as {@code the server http://… does not answer: nothing listens there}. */
  public static String of(URI server, IOException failure) {
    return "the server " + server + " does not answer: " + why(failure);
  }

  private static String why(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "not in time";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the name of its machine is unknown";
      }
    }
    // The JDK's client leaves the message of a refused connection empty.
    if (failure instanceof ConnectException) {
      return "no connection to it can be made";
    }
    return failure.getMessage() == null ? "the connection broke" : failure.getMessage();
  }
}
