package io.hotpod.agent.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in words why a server did not answer. Pure. */
public final class Silence {
  private Silence() {}

  /** Such as {@code the server http://… does not answer: nothing listens there}. */
  public static String of(URI server, IOException failure) {
    return "the server " + server + " does not answer: " + why(failure);
  }

  /** The reason alone, such as {@code not in time}. */
  public static String why(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "not in time";
    }
    if (cause(failure, UnresolvedAddressException.class).isPresent()) {
      return "the name of its machine is unknown";
    }
    if (cause(failure, CertPathBuilderException.class).isPresent()) {
      return "its certificate is not trusted, as nobody who is trusted here signed it; name who did"
          + " with --ca-file or HOTPOD_CA_FILE";
    }
    Optional<CertificateException> certificate = cause(failure, CertificateException.class);
    if (certificate.isPresent()) {
      return "its certificate is refused: " + certificate.get().getMessage();
    }
    if (cause(failure, SSLException.class).filter(Silence::isCleartext).isPresent()) {
      return "what listens there speaks no TLS, and its address says https";
    }
    // The JDK's client leaves the message of a refused connection empty.
    if (failure instanceof ConnectException) {
      return "no connection to it can be made";
    }
    return failure.getMessage() == null ? "the connection broke" : failure.getMessage();
  }

  /** In the words that the JDK has for a first byte that no record of TLS begins with. */
  private static boolean isCleartext(SSLException failure) {
    return String.valueOf(failure.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("unrecognized ssl message");
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
