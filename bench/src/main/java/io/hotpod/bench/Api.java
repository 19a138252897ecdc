package io.hotpod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Heat API as a client sees it. */
final class Api {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  Api(URI server) {
    this.base = server + "/v1/default";
  }

  JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            method + " " + path + " answered " + response.statusCode() + ": " + response.body());
      }
      return response.body().isEmpty() ? JSON.nullNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + method + " " + path, e);
    }
  }

  /** Creates a stack and waits until it is complete. */
  Stack create(String name, String template) {
    JsonNode answer =
        call(
            "POST",
            "/stacks",
            JSON.writeValueAsString(Map.of("stack_name", name, "template", template)));
    Stack stack = new Stack(name, answer.path("stack").path("id").stringValue());
    waitFor(stack, "CREATE_COMPLETE", "");
    return stack;
  }

  /** Updates a stack and waits until it is complete. */
  void update(Stack stack, String template) {
    String marker = lastEvent(stack);
    call("PUT", stack.path(), JSON.writeValueAsString(Map.of("template", template)));
    waitFor(stack, "UPDATE_COMPLETE", marker);
  }

  /** Deletes a stack and waits until it is gone. */
  void delete(Stack stack) {
    String marker = lastEvent(stack);
    call("DELETE", stack.path(), "");
    waitFor(stack, "DELETE_COMPLETE", marker);
  }

  /** A stack by both its names. */
  record Stack(String name, String id) {
    String path() {
      return "/stacks/" + name + "/" + id;
    }
  }

  private String lastEvent(Stack stack) {
    return call("GET", stack.path() + "/events?sort_dir=desc&limit=1", "")
        .path("events")
        .path(0)
        .path("id")
        .asString("");
  }

  private void waitFor(Stack stack, String wanted, String after) {
    String marker = after;
    while (true) {
      String query = "/events?sort_dir=asc&wait=30" + (marker.isEmpty() ? "" : "&marker=" + marker);
      for (JsonNode event : call("GET", stack.path() + query, "").path("events")) {
        marker = event.path("id").stringValue();
        String status = event.path("resource_status").asString("");
        boolean ofStack = event.path("resource_name").asString("").equals(stack.name());
        if (ofStack && status.equals(wanted)) {
          return;
        }
        if (ofStack && status.endsWith("_FAILED")) {
          throw new IllegalStateException(event.path("resource_status_reason").asString(""));
        }
      }
    }
  }
}
