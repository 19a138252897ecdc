package io.hotpod.agent.source;

import io.hotpod.agent.state.Identity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells a server that one of its instances is none any more. */
public final class SignOff {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private SignOff() {}

  /**
   * Has the server forget an instance, whatever stacks want there.
   *
   * @return false when the server does not take the credential: it removed the instance before, or
   *     the credential has expired
   * @throws SourceException when the server did not answer, or not as it should
   */
  public static boolean send(URI server, Identity identity) throws InterruptedException {
    String doing = "telling the server";
    HttpRequest request =
        HttpRequest.newBuilder(
                Enrolment.below(server, "/agent/v1/instances/" + identity.instanceId()))
            .header("Authorization", "Bearer " + identity.credential())
            .timeout(DEADLINE)
            .DELETE()
            .build();
    try (HttpClient http = HttpClients.create()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status == 401 || status == 403) {
        return false;
      }
      if (status / 100 != 2) {
        throw new SourceException(doing + ": HTTP " + status);
      }
      return true;
    } catch (IOException e) {
      throw new SourceException(doing + ": " + Silence.of(server, e), e);
    }
  }
}
