package io.hotpod.agent.runtime.podman.libpod;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.pod.PodJson;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One request to the libpod API.
 *
 * @param doing for error messages: what this is for, such as {@code creating pod web-1a2b}
 * @param path below the API's root
 * @param body JSON; empty for none
 * @param file sent as the body as it is; empty for none
 * @param credentials for a registry; secret
 * @param deadline for the whole exchange; for a stream until its first byte
 */
public record PodmanRequest(
    String doing,
    String method,
    String path,
    Map<String, String> query,
    Optional<byte[]> body,
    Optional<Path> file,
    Optional<String> credentials,
    Duration deadline) {
  private static final Duration QUICK = Duration.ofSeconds(30);
  private static final String PLAIN = "/:@-._~!$&'()*+,;=";
  private static final HexFormat HEXADECIMAL = HexFormat.of().withUpperCase();

  static PodmanRequest get(String doing, String path) {
    return new PodmanRequest(
        doing, "GET", path, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), QUICK);
  }

  /**
   * @param doing for people, such as {@code pulling image x}
   * @param path without the root of the API
   */
  public static PodmanRequest post(String doing, String path) {
    return new PodmanRequest(
        doing, "POST", path, Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), QUICK);
  }

  static PodmanRequest delete(String doing, String path) {
    return new PodmanRequest(
        doing,
        "DELETE",
        path,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        QUICK);
  }

  PodmanRequest with(String name, String value) {
    Map<String, String> longer = new LinkedHashMap<>(query);
    longer.put(name, value);
    return new PodmanRequest(doing, method, path, longer, body, file, credentials, deadline);
  }

  PodmanRequest body(JsonNode json) {
    return new PodmanRequest(
        doing,
        method,
        path,
        query,
        Optional.of(PodJson.writeBytes(json)),
        file,
        credentials,
        deadline);
  }

  PodmanRequest body(Path content) {
    return new PodmanRequest(
        doing, method, path, query, body, Optional.of(content), credentials, deadline);
  }

  PodmanRequest within(Duration longest) {
    return new PodmanRequest(doing, method, path, query, body, file, credentials, longest);
  }

  /** The same with credentials of a registry. */
  public PodmanRequest authenticated(Optional<String> forRegistry) {
    return new PodmanRequest(doing, method, path, query, body, file, forRegistry, deadline);
  }

  /**
   * Path and query as they are sent. What a manifest names may hold anything: only what has no
   * meaning of its own in a request line is left as it is.
   */
  String target() {
    StringBuilder target = new StringBuilder(path.length() + 32);
    for (byte each : path.getBytes(UTF_8)) {
      char sign = (char) (each & 0xff);
      if (sign < 0x80 && (Character.isLetterOrDigit(sign) || PLAIN.indexOf(sign) >= 0)) {
        target.append(sign);
      } else {
        target.append('%').append(HEXADECIMAL.toHexDigits(each));
      }
    }
    char separator = '?';
    for (Map.Entry<String, String> one : query.entrySet()) {
      target
          .append(separator)
          .append(URLEncoder.encode(one.getKey(), UTF_8))
          .append('=')
          .append(URLEncoder.encode(one.getValue(), UTF_8));
      separator = '&';
    }
    return target.toString();
  }

  /** Header lines, without those that tell of the body's length. */
  List<String> headers() {
    List<String> headers = new ArrayList<>(List.of("Connection: close"));
    if (file.isPresent()) {
      headers.add("Content-Type: application/x-tar");
    } else if (body.isPresent()) {
      headers.add("Content-Type: application/json");
    }
    credentials.ifPresent(login -> headers.add("X-Registry-Auth: " + login));
    return headers;
  }

  /** Leaves out what may be secret. */
  @Override
  public String toString() {
    return "PodmanRequest[" + method + " " + path + "]";
  }
}
