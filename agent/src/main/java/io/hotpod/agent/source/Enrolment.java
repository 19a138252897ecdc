package io.hotpod.agent.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.hotpod.agent.state.Identity;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Turns a one-time join token into the credential of one instance. */
public final class Enrolment {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private record Request(@JsonProperty("join_token") String joinToken, String name) {}

  private record Answer(@JsonProperty("instance_id") String instanceId, String credential) {}

  private Enrolment() {}

  /**
   * @param name what the instance is called on the server
   * @throws EnrolmentRefusedException when the server will never take this token or this name
   * @throws SourceException when the server did not answer as it should; worth another attempt
   */
  public static Identity enrol(URI server, String joinToken, String name)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(below(server, "/agent/v1/enrol"))
            .header("Content-Type", "application/json")
            .timeout(DEADLINE)
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    PodJson.writeBytes(new Request(joinToken, name))))
            .build();
    try (HttpClient http = HttpClients.create()) {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return switch (response.statusCode()) {
        case 200, 201 -> identity(response.body(), name);
        case 408, 425, 429 -> throw worthAnotherAttempt(server, response.statusCode());
        case 401, 403 ->
            throw new EnrolmentRefusedException(
                "the server "
                    + server
                    + " refuses the join token: it is wrong, used or too old; make a new one with"
                    + " \"hotpod instance join-token\" and start the agent with it");
        default -> {
          if (response.statusCode() / 100 != 4) {
            throw worthAnotherAttempt(server, response.statusCode());
          }
          throw new EnrolmentRefusedException(
              "the server "
                  + server
                  + " refuses to enrol an instance called \""
                  + name
                  + "\": "
                  + reason(response));
        }
      };
    } catch (IOException e) {
      throw new SourceException("enrolling: " + Silence.of(server, e), e);
    }
  }

  private static SourceException worthAnotherAttempt(URI server, int status) {
    return new SourceException("enrolling at " + server + ": HTTP " + status);
  }

  /** What the server says of its refusal; the status alone when that is not one of ours. */
  private static String reason(HttpResponse<byte[]> response) {
    String status = "HTTP " + response.statusCode();
    try {
      String message =
          PodJson.read(response.body(), JsonNode.class).path("error").path("message").asString("");
      return message.isEmpty() ? status : message;
    } catch (JacksonException | NullPointerException e) {
      return status + ", and it does not answer like a Hotpod server";
    }
  }

  private static Identity identity(byte[] body, String name) {
    try {
      Answer answer = PodJson.read(body, Answer.class);
      return new Identity(answer.instanceId(), answer.credential(), Optional.of(name));
    } catch (JacksonException | NullPointerException e) {
      throw new SourceException("enrolling: the answer is not a credential", e);
    }
  }

  /**
   * What is at a path of the server, whose own address may have a path in front of it.
   *
   * @param path begins with a slash
   */
  public static URI below(URI server, String path) {
    String text = server.toString();
    return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
  }
}
