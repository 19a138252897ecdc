package io.hotpod.server.authentication;

import io.hotpod.server.http.ApiException;
import java.util.Map;

/** The refusal of who shows nothing, or nothing that counts. */
public final class Unauthorized {
  private Unauthorized() {}

  /**
   * 401.
   *
   * @param challenge the value of WWW-Authenticate
   */
  public static ApiException of(String message, String challenge) {
    return new ApiException(401, "Unauthorized", message, Map.of("WWW-Authenticate", challenge));
  }

  /**
   * 429, for who may try again later.
   *
   * @param seconds at least that long
   */
  public static ApiException tooMany(String message, long seconds) {
    return new ApiException(
        429, "TooManyRequests", message, Map.of("Retry-After", Long.toString(seconds)));
  }
}
