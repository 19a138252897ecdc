package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.http.RequestLimits;
import java.time.Duration;

/**
 * What clients may ask of a server before it refuses.
 *
 * @param bodyBytes of a JSON body
 * @param reportBytes of an agent's report
 * @param headerBytes of all headers of a request together
 * @param connections open at once; more wait to be accepted
 * @param longPolls waiting at once
 * @param longestWait of one long poll
 * @param idleConnection after which a connection without a request is closed
 * @param logStreams open at once
 * @param logStart how long an instance may take to begin an answer
 * @param logIdle how long a followed log may be silent
 * @param requests how long a request may take to come in, and how many there may be
 * @param drain how long requests may take to end when the server stops
 */
public record ServerLimits(
    int bodyBytes,
    int reportBytes,
    int headerBytes,
    int connections,
    int longPolls,
    Duration longestWait,
    Duration idleConnection,
    int logStreams,
    Duration logStart,
    Duration logIdle,
    RequestLimits requests,
    Duration drain) {
  private static final int MEBIBYTE = 1024 * 1024;

  /** Enough for ten thousand instances, with two long polls each. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(
          2 * MEBIBYTE,
          4 * MEBIBYTE,
          16 * 1024,
          25_000,
          20_500,
          Duration.ofSeconds(60),
          Duration.ofMinutes(2),
          64,
          Duration.ofSeconds(10),
          Duration.ofHours(1),
          RequestLimits.DEFAULT,
          Duration.ofSeconds(3));

  /** The same with others for requests. */
  public ServerLimits withRequests(RequestLimits other) {
    return new ServerLimits(
        bodyBytes,
        reportBytes,
        headerBytes,
        connections,
        longPolls,
        longestWait,
        idleConnection,
        logStreams,
        logStart,
        logIdle,
        other,
        drain);
  }

  public ServerLimits {
    requireNonNull(longestWait, "longestWait is null");
    requireNonNull(idleConnection, "idleConnection is null");
    requireNonNull(logStart, "logStart is null");
    requireNonNull(logIdle, "logIdle is null");
    requireNonNull(requests, "requests is null");
    requireNonNull(drain, "drain is null");
  }
}
