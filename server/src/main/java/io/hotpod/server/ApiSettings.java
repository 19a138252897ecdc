package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.fetch.FetchPolicy;
import io.hotpod.server.stream.StreamLimits;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What the API answers with, beside what the engine knows.
 *
 * @param publicUrl where clients and machines reach the server, when that is not where it listens:
 *     all links, redirects and signed URLs begin so; without a slash at its end
 * @param peerUrl where the other servers on the same database reach this one, when that is not
 *     where it listens; without a slash at its end
 * @param hiddenTags stacks with one of these tags are listed only on request
 * @param streams what streams of events may cost
 * @param fetch what may be read from elsewhere
 */
public record ApiSettings(
    Optional<URI> publicUrl,
    Optional<URI> peerUrl,
    Set<String> hiddenTags,
    StreamLimits streams,
    FetchPolicy fetch) {
  /** No other address, and the one tag that is hidden in Heat. */
  public static final ApiSettings DEFAULT =
      new ApiSettings(
          Optional.empty(),
          Optional.empty(),
          Set.of("data-processing-cluster"),
          StreamLimits.DEFAULT,
          FetchPolicy.NOTHING);

  public ApiSettings {
    requireNonNull(publicUrl, "publicUrl is null");
    publicUrl = publicUrl.map(url -> usable("public", url));
    requireNonNull(peerUrl, "peerUrl is null");
    peerUrl = peerUrl.map(url -> usable("peer", url));
    hiddenTags = Set.copyOf(hiddenTags);
    requireNonNull(streams, "streams is null");
    requireNonNull(fetch, "fetch is null");
  }

  private static URI usable(String what, URI url) {
    boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!web
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the %s URL has to be like https://HOST, https://HOST:PORT or https://HOST/PATH, not %s"
              .formatted(what, url));
    }
    return URI.create(url.toString().replaceAll("/+$", ""));
  }

  /** The same under another address. */
  public ApiSettings withPublicUrl(URI url) {
    return new ApiSettings(Optional.of(url), peerUrl, hiddenTags, streams, fetch);
  }

  /** The same, reached by other servers under another address. */
  public ApiSettings withPeerUrl(URI url) {
    return new ApiSettings(publicUrl, Optional.of(url), hiddenTags, streams, fetch);
  }

  /** The same with other hidden tags. */
  public ApiSettings withHiddenTags(Set<String> tags) {
    return new ApiSettings(publicUrl, peerUrl, tags, streams, fetch);
  }

  /** The same with other limits of streams. */
  public ApiSettings withStreams(StreamLimits limits) {
    return new ApiSettings(publicUrl, peerUrl, hiddenTags, limits, fetch);
  }

  /** The same, reading from elsewhere by another policy. */
  public ApiSettings withFetch(FetchPolicy policy) {
    return new ApiSettings(publicUrl, peerUrl, hiddenTags, streams, policy);
  }
}
