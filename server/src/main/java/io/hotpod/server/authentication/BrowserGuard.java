package io.hotpod.server.authentication;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.http.ApiException;
import java.util.Optional;

/** A browser that remembers a password sends it on behalf of any page; other sites' are refused. */
public final class BrowserGuard {
  private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

  private BrowserGuard() {}

  /**
   * Looks at a request.
   *
   * @throws ApiException 403 when a page of another site makes it
   */
  public static void admit(ServerRequest request) {
    Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
    boolean foreign = origin.isPresent() && !origin.get().endsWith("://" + request.authority());
    boolean crossSite =
        request.headers().first(FETCH_SITE).filter("cross-site"::equals).isPresent();
    if (foreign || crossSite) {
      throw new ApiException(403, "Forbidden", "Pages of other sites may not use this server.");
    }
  }
}
