package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** A request is refused by the API itself; the message is fit for the person who asked. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String type;
  private final transient Map<String, String> headers;

  /**
   * @param status of the HTTP answer, 400 to 599
   * @param type what clients see as {@code error.type}
   * @param headers that the answer carries
   */
  public ApiException(int status, String type, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.type = requireNonNull(type, "type is null");
    this.headers = Map.copyOf(headers);
  }

  public ApiException(int status, String type, String message) {
    this(status, type, message, Map.of());
  }

  /** The request cannot be understood. */
  public static ApiException badRequest(String message) {
    return new ApiException(400, "HTTPBadRequest", message);
  }

  /** There is no such thing. */
  public static ApiException notFound(String message) {
    return new ApiException(404, "EntityNotFound", message);
  }

  /** The API has a name for it, but this server does not do it. */
  public static ApiException notSupported(String what) {
    return new ApiException(400, "NotSupported", what + " is not supported.");
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
