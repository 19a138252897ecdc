package io.hotpod.agent.source;

import static java.util.Objects.requireNonNull;

import io.hotpod.agent.state.Identity;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * What an instance shows its server, and the exchange of it for another when the server says that
 * it is time. The old one stays good until the new one was used once, so a renewal may break off
 * anywhere: an answer that is lost is asked for again, and a new one is used only once it is on
 * disk. Thread-safe.
 */
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final String REMINDER = "Hotpod-Credential";
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final HttpClient http;
  private final URI renewal;
  private final IdentityKeeper keeper;
  private final ReentrantLock renewing = new ReentrantLock();
  private volatile Identity identity;

  private record Answer(String credential) {}

  /**
   * @param renewal where another credential is had
   */
  Credentials(HttpClient http, URI renewal, Identity identity, IdentityKeeper keeper) {
    this.http = requireNonNull(http, "http is null");
    this.renewal = requireNonNull(renewal, "renewal is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.keeper = requireNonNull(keeper, "keeper is null");
  }

  /** The value of the header Authorization. */
  String authorization() {
    return "Bearer " + identity.credential();
  }

  /** Renews beside everything else when an answer of the server asks for it. */
  void heed(HttpResponse<?> answer) {
    if (answer.headers().firstValue(REMINDER).filter("renew"::equals).isPresent()) {
      Thread.ofVirtual().name("credential").start(this::renewUnlessUnderWay);
    }
  }

  private void renewUnlessUnderWay() {
    if (!renewing.tryLock()) {
      return;
    }
    try {
      renew();
    } catch (IOException | SourceException e) {
      LOG.warn(
          "the credential of instance {} cannot be renewed: {}; the old one is kept, and it is"
              + " tried again",
          identity.instanceId(),
          e.getMessage());
    } catch (InterruptedException e) {
      LOG.debug("the credential is not renewed now");
    } finally {
      renewing.unlock();
    }
  }

  private void renew() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(renewal)
            .header("Authorization", authorization())
            .timeout(DEADLINE)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new SourceException("HTTP " + response.statusCode());
    }
    Identity renewed;
    try {
      Answer answer = PodJson.read(response.body(), Answer.class);
      renewed = new Identity(identity.instanceId(), answer.credential(), identity.name());
    } catch (JacksonException | NullPointerException e) {
      throw new SourceException("the answer is not a credential", e);
    }
    keeper.keep(renewed);
    identity = renewed;
    LOG.info("instance {} has a new credential", renewed.instanceId());
  }
}
