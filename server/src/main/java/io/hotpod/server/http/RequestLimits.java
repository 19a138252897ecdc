package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a request may take to come in, and how many there may be.
 *
 * @param headers how long a client may take to send them, from the request line on
 * @param body how long a client may take to send one that is read whole
 * @param concurrent requests of clients, agents not counted, that are answered at once
 * @param changes of one caller
 * @param details lists with all details of one caller
 */
public record RequestLimits(
    Duration headers, Duration body, int concurrent, Rate changes, Rate details) {
  private static final int SLOWEST_BYTES_PER_MILLISECOND = 64;

  public static final RequestLimits DEFAULT =
      new RequestLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(60),
          4000,
          new Rate(50, 500),
          new Rate(20, 200));

  /**
   * How often something may be done.
   *
   * @param perSecond in the long run; more than 0
   * @param atOnce before that counts; at least 1
   */
  public record Rate(double perSecond, int atOnce) {
    public Rate {
      if (!(perSecond > 0) || atOnce < 1) {
        throw new IllegalArgumentException("a rate is positive");
      }
    }
  }

  public RequestLimits {
    requireNonNull(headers, "headers is null");
    requireNonNull(body, "body is null");
    requireNonNull(changes, "changes is null");
    requireNonNull(details, "details is null");
    if (concurrent < 1) {
      throw new IllegalArgumentException("a server that answers nothing at once answers nothing");
    }
  }

  /** One rate for changes and for lists with all details. */
  public RequestLimits(Duration headers, Duration body, int concurrent, Rate both) {
    this(headers, body, concurrent, both, both);
  }

  /** The same with other rates. */
  public RequestLimits withRates(Rate otherChanges, Rate otherDetails) {
    return new RequestLimits(headers, body, concurrent, otherChanges, otherDetails);
  }

  /**
   * How long a client may take to read an answer: as long as for sending a body, and longer for one
   * that is large.
   *
   * @param bytes of the answer
   */
  Duration reading(int bytes) {
    return body.plusMillis(bytes / SLOWEST_BYTES_PER_MILLISECOND);
  }
}
