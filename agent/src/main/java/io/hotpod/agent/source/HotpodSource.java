package io.hotpod.agent.source;

import io.hotpod.agent.runtime.ExecUnavailableException;
import io.hotpod.agent.runtime.LogsUnavailableException;
import io.hotpod.agent.state.Identity;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;

/** A Hotpod server's agent API. The agent connects out; nobody connects to it. */
public final class HotpodSource implements Source {
  private static final int LONGEST_WAIT_SECONDS = 55;
  private static final Duration LONG_POLL = Duration.ofSeconds(LONGEST_WAIT_SECONDS + 15);
  private static final Duration QUICK = Duration.ofSeconds(20);
  private static final Duration LONGEST_ANSWER = Duration.ofHours(12);
  private static final int LONGEST_BODY = 16 << 20;

  private final HttpClient http;
  private final URI server;
  private final URI instance;
  private final String instanceId;
  private final Credentials credentials;
  private final ReportWriter writer = new ReportWriter();
  private final AtomicReference<Optional<Given>> given = new AtomicReference<>(Optional.empty());

  /**
   * @param server such as {@code http://127.0.0.1:8004}
   * @param keeper is given each new identity before it is used
   */
  public HotpodSource(URI server, Identity identity, IdentityKeeper keeper) {
    this.http = HttpClients.create();
    this.server = server;
    this.instance = Enrolment.below(server, "/agent/v1/instances/" + identity.instanceId());
    this.instanceId = identity.instanceId();
    this.credentials =
        new Credentials(http, URI.create(instance + "/credential"), identity, keeper);
  }

  @Override
  public Optional<DesiredPods> desired(long known) throws InterruptedException {
    String doing = "asking for the desired pods";
    HttpRequest.Builder request =
        request("/pods", LONG_POLL).header("Prefer", "wait=" + LONGEST_WAIT_SECONDS).GET();
    if (known != NO_VERSION) {
      request.header("If-None-Match", "\"" + known + "\"");
    }
    HttpResponse<InputStream> response = send(doing, request.build());
    byte[] body = body(doing, response);
    if (response.statusCode() == 304) {
      return Optional.empty();
    }
    if (response.statusCode() != 200) {
      throw refused(doing, response.statusCode());
    }
    Optional<String> meant = response.headers().firstValue("Hotpod-Instance");
    if (!meant.equals(Optional.of(instanceId))) {
      throw new SourceException(
          doing
              + ": the answer is the set of "
              + meant.map(other -> "instance " + other).orElse("nobody")
              + ", not of this instance");
    }
    try {
      DesiredPods desired = PodJson.read(body, DesiredPods.class);
      if (desired == null) {
        throw new SourceException(doing + ": the answer is null");
      }
      String count = response.headers().firstValue("Hotpod-Pods").orElse("none");
      if (!count.equals(Integer.toString(desired.pods().size()))) {
        throw new SourceException(
            doing
                + ": the answer has "
                + desired.pods().size()
                + " pods where "
                + count
                + " are announced");
      }
      given.set(Optional.of(new Given(desired, body)));
      return Optional.of(desired);
    } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
      throw new SourceException(doing + ": the answer is not a desired set", e);
    }
  }

  @Override
  public Optional<byte[]> json(DesiredPods set) {
    return given
        .getAndSet(Optional.empty())
        .filter(last -> last.set.equals(set))
        .map(last -> last.json);
  }

  @Override
  public void report(PodReport report) throws InterruptedException {
    String doing = "sending a report";
    HttpRequest request =
        request("/report", QUICK)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(writer.write(report)))
            .build();
    HttpResponse<InputStream> response = send(doing, request);
    body(doing, response);
    if (response.statusCode() / 100 != 2) {
      throw refused(doing, response.statusCode());
    }
  }

  @Override
  public List<AgentRequest> requests() throws InterruptedException {
    String doing = "asking for requests";
    HttpResponse<InputStream> response =
        send(doing, request("/requests?wait=" + LONGEST_WAIT_SECONDS, LONG_POLL).GET().build());
    byte[] body = body(doing, response);
    if (response.statusCode() == 204) {
      return List.of();
    }
    if (response.statusCode() != 200) {
      throw refused(doing, response.statusCode());
    }
    try {
      return List.of(PodJson.read(body, AgentRequest[].class));
    } catch (JacksonException | NullPointerException e) {
      throw new SourceException(doing + ": the answer is not a list of requests", e);
    }
  }

  @Override
  public void answer(AgentRequest request, AnswerWriter writer) throws InterruptedException {
    String doing = "answering request " + request.id();
    String path = "/requests/" + request.id() + "/output";
    try (Upload upload = new Upload(http, request(path, LONGEST_ANSWER))) {
      OutputStream output = upload.output();
      try {
        writer.write(output);
        upload.finish();
      } catch (LogsUnavailableException | ExecUnavailableException e) {
        upload.fail(String.valueOf(e.getMessage()));
      }
    } catch (IOException e) {
      throw failed(doing, e);
    }
  }

  @Override
  public InputStream input(AgentRequest request) throws InterruptedException {
    String doing = "listening to who runs a command";
    String path = "/requests/" + request.id() + "/input";
    HttpResponse<InputStream> response = send(doing, request(path, LONGEST_ANSWER).GET().build());
    if (response.statusCode() != 200) {
      body(doing, response);
      throw refused(doing, response.statusCode());
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, Duration deadline) {
    return HttpRequest.newBuilder(URI.create(instance + path))
        .header("Authorization", credentials.authorization())
        .timeout(deadline);
  }

  private HttpResponse<InputStream> send(String doing, HttpRequest request)
      throws InterruptedException {
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      credentials.heed(response);
      return response;
    } catch (IOException e) {
      throw failed(doing, e);
    }
  }

  private byte[] body(String doing, HttpResponse<InputStream> response) {
    try (InputStream stream = response.body()) {
      byte[] body = stream.readNBytes(LONGEST_BODY + 1);
      if (body.length > LONGEST_BODY) {
        throw new SourceException(doing + ": the answer is longer than " + LONGEST_BODY + " bytes");
      }
      return body;
    } catch (IOException e) {
      throw failed(doing, e);
    }
  }

  private SourceException failed(String doing, IOException e) {
    return new SourceException(doing + ": " + Silence.of(server, e), e);
  }

  private static SourceException refused(String doing, int status) {
    return switch (status) {
      case 401, 403 ->
          new SourceException(
              doing
                  + ": the server refuses this instance's credential (HTTP "
                  + status
                  + "); its pods are left as they are; if it was away for so long that its"
                  + " credential expired, remove instance.json from the state directory and start"
                  + " the agent with a new join token; if the instance was removed on the server,"
                  + " run \"hotpod agent leave\" before that");
      default -> new SourceException(doing + ": HTTP " + status);
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /** The last set that came, with its text. */
  private static final class Given {
    private final DesiredPods set;
    private final byte[] json;

    Given(DesiredPods set, byte[] json) {
      this.set = set;
      this.json = json;
    }
  }
}
