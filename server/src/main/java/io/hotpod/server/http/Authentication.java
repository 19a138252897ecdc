package io.hotpod.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Principal;

/** Finds out who asks. Thread-safe. */
public interface Authentication {
  /**
   * Looks at every request before anything else does, whatever it asks for.
   *
   * @throws ApiException when it must not be answered
   */
  void admit(ServerRequest request);

  /**
   * Who makes a request whose route has to know it.
   *
   * @throws ApiException 401 when nobody is shown to, 503 when it cannot be found out now
   */
  Principal identify(ServerRequest request);
}
