package io.hotpod.server.fetch;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What may be read from elsewhere on behalf of those who ask, and what it may cost.
 *
 * @param places nothing else is read
 * @param largest in bytes, of one text
 * @param time for one text, redirects and all
 * @param timeOfRequest for all texts that one request makes the server read
 * @param redirects that are followed at most
 * @param files that one request may make the server read
 */
public record FetchPolicy(
    List<AllowedPlace> places,
    int largest,
    Duration time,
    Duration timeOfRequest,
    int redirects,
    int files) {
  /** Nothing is read. */
  public static final FetchPolicy NOTHING = of(List.of());

  public FetchPolicy {
    places = List.copyOf(places);
    requireNonNull(time, "time is null");
    requireNonNull(timeOfRequest, "timeOfRequest is null");
  }

  /** Those places, with the usual limits. */
  public static FetchPolicy of(List<AllowedPlace> places) {
    return new FetchPolicy(
        places, 1024 * 1024, Duration.ofSeconds(20), Duration.ofSeconds(60), 5, 50);
  }

  /** Whether nothing at all is read. */
  public boolean isNothing() {
    return places.isEmpty();
  }

  /** The place that a URL is in, if one is allowed; one that allows inner addresses goes first. */
  Optional<AllowedPlace> place(URI url) {
    return places.stream()
        .filter(place -> place.includes(url))
        .reduce((one, other) -> one.internal() ? one : other);
  }
}
