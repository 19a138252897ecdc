package io.hotpod.agent.runtime.podman;

import io.helidon.http.Method;
import io.hotpod.pod.PodJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
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
record PodmanRequest(
    String doing,
    Method method,
    String path,
    Map<String, String> query,
    Optional<byte[]> body,
    Optional<Path> file,
    Optional<String> credentials,
    Duration deadline) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  static PodmanRequest get(String doing, String path) {
    return new PodmanRequest(
        doing,
        Method.GET,
        path,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        QUICK);
  }

  static PodmanRequest post(String doing, String path) {
    return new PodmanRequest(
        doing,
        Method.POST,
        path,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        QUICK);
  }

  static PodmanRequest delete(String doing, String path) {
    return new PodmanRequest(
        doing,
        Method.DELETE,
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

  PodmanRequest authenticated(Optional<String> forRegistry) {
    return new PodmanRequest(doing, method, path, query, body, file, forRegistry, deadline);
  }

  /** Leaves out what may be secret. */
  @Override
  public String toString() {
    return "PodmanRequest[" + method + " " + path + "]";
  }
}
