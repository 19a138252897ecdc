package io.hotpod.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Whoever reaches the loopback interface may do everything, in every project.
 *
 * <p>A browser on the same machine reaches it too, on behalf of any page: so a request is refused
 * whose {@code Host} is not loopback (a foreign name that was rebound to this address) or whose
 * {@code Origin} is another site.
 */
public final class LoopbackAuthentication implements Authentication {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
  private static final Principal ANYBODY =
      new Principal("anybody", "anybody", new Grants.Everything());

  private final Optional<String> publicHost;

  private LoopbackAuthentication(Optional<String> publicHost) {
    this.publicHost = publicHost;
  }

  /**
   * @param host that the server is to listen on
   * @param publicUrl of the proxy before it, if there is one; requests may name its host
   * @throws IllegalArgumentException when that can be reached from other machines
   */
  public static LoopbackAuthentication listeningOn(String host, Optional<URI> publicUrl) {
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return new LoopbackAuthentication(publicUrl.map(URI::getHost));
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("cannot listen on " + host + ": the name is unknown", e);
    }
    throw new IllegalArgumentException(
        ("will not listen on %s without authentication: everyone who reaches it could run"
                + " containers on the instances; listen on 127.0.0.1 and reach it through an SSH"
                + " tunnel or a proxy that authenticates")
            .formatted(host));
  }

  @Override
  public void admit(ServerRequest request) {
    String authority = request.authority();
    String host = hostOf(authority);
    if (!isLoopback(host) && publicHost.filter(host::equalsIgnoreCase).isEmpty()) {
      throw refusal(
          "This server answers only to localhost, 127.0.0.1 and [::1], not to the host name "
              + authority);
    }
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    boolean foreign = origin.isPresent() && !origin.get().endsWith("://" + authority);
    boolean crossSite =
        request.headers().first(FETCH_SITE).filter("cross-site"::equals).isPresent();
    if (foreign || crossSite) {
      throw refusal("Pages of other sites may not use this server");
    }
  }

  @Override
  public Principal identify(ServerRequest request) {
    return ANYBODY;
  }

  private static ApiException refusal(String message) {
    return new ApiException(403, "Forbidden", message + ".");
  }

  private static String hostOf(String authority) {
    int end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.lastIndexOf(':');
    return end <= 0 ? authority : authority.substring(0, end);
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || (host.startsWith("127.")
            && host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9')));
  }
}
