package io.hotpod.server.http;

import io.helidon.webserver.http.ServerRequest;

/** Decides who may ask, and in which project. Thread-safe. */
public interface Authentication {
  /**
   * Looks at every request before anything else does.
   *
   * @throws ApiException when it must not be answered
   */
  void admit(ServerRequest request);

  /**
   * The project that a request under {@code /v1/{project}} acts in.
   *
   * @throws ApiException when the caller may not act in the one that the path names
   */
  String project(Request request);
}
