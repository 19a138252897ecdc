package io.hotpod.agent.doctor;

import io.hotpod.agent.source.Enrolment;
import io.hotpod.agent.source.HttpClients;
import io.hotpod.agent.source.Silence;
import io.hotpod.agent.state.Identity;
import io.hotpod.agent.state.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the server answers, knows this instance, and has the same time. */
final class ServerExamination {
  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final Duration SAME_TIME = Duration.ofSeconds(30);

  private final URI server;
  private final Path state;
  private final Clock clock;

  ServerExamination(URI server, Path state, Clock clock) {
    this.server = server;
    this.state = state;
    this.clock = clock;
  }

  List<Finding> examine() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try (HttpClient http = HttpClients.create()) {
      HttpResponse<Void> health =
          get(http, HttpRequest.newBuilder(Enrolment.below(server, "/healthz")));
      findings.add(
          health.statusCode() == 200
              ? Finding.good("server", server + " answers")
              : Finding.bad(
                  "server",
                  server + " answers with HTTP " + health.statusCode(),
                  "see its log, or name another with --server"));
      time(health).ifPresent(findings::add);
      findings.add(enrolment(http));
    } catch (IOException e) {
      findings.add(
          Finding.bad(
              "server",
              Silence.of(server, e),
              "start it, name another with --server, or let this machine through to it; pods go on"
                  + " meanwhile"));
    }
    return findings;
  }

  private static HttpResponse<Void> get(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(
        request.timeout(LONGEST).GET().build(), HttpResponse.BodyHandlers.discarding());
  }

  private Optional<Finding> time(HttpResponse<Void> answer) {
    Optional<String> date = answer.headers().firstValue("Date");
    if (date.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant there =
          ZonedDateTime.parse(date.get(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration apart = Duration.between(there, clock.instant()).abs();
      return Optional.of(
          apart.compareTo(SAME_TIME) <= 0
              ? Finding.good("clock", "the same time as the server's")
              : Finding.doubtful(
                  "clock",
                  apart.toSeconds() + " s from the server's",
                  "run a time service such as chrony on both machines"));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Finding enrolment(HttpClient http) throws IOException, InterruptedException {
    String subject = "enrolment";
    Optional<Identity> identity =
        Files.isDirectory(state) ? new StateDirectory(state).identity() : Optional.empty();
    if (identity.isEmpty()) {
      return Finding.doubtful(
          subject,
          "this machine is not enrolled yet",
          "start the agent with a token of 'hotpod instance join-token'");
    }
    String id = identity.get().instanceId();
    HttpResponse<Void> answer =
        get(
            http,
            HttpRequest.newBuilder(Enrolment.below(server, "/agent/v1/instances/" + id + "/pods"))
                .header("Authorization", "Bearer " + identity.get().credential()));
    return switch (answer.statusCode()) {
      case 200, 304 -> Finding.good(subject, "the server knows this instance, " + id);
      case 401, 403 ->
          Finding.bad(
              subject,
              "the server refuses this instance's credential",
              "if it was removed there, run \"hotpod agent leave\" and enrol with a new token");
      default ->
          Finding.bad(
              subject,
              "the server answers with HTTP " + answer.statusCode(),
              "see the server's log");
    };
  }
}
