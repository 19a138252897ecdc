package io.hotpod.server.fetch;

import static java.util.Objects.requireNonNull;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.WebClient;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Deadlines;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Reads texts from elsewhere, each hop by the policy: a host's addresses are looked up once, every
 * one of them is checked, and the connection goes to one that was checked, so that a name cannot
 * mean another address a moment later. Thread-safe.
 */
public final class Fetcher {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final int AT_ONCE = 16;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final FetchPolicy policy;
  private final Deadlines deadlines;
  private final NameResolver names;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  public Fetcher(FetchPolicy policy, Deadlines deadlines) {
    this(policy, deadlines, NameResolver.SYSTEM);
  }

  Fetcher(FetchPolicy policy, Deadlines deadlines, NameResolver names) {
    this.policy = requireNonNull(policy, "policy is null");
    this.deadlines = requireNonNull(deadlines, "deadlines is null");
    this.names = requireNonNull(names, "names is null");
  }

  public FetchPolicy policy() {
    return policy;
  }

  /** What one hop came to. */
  private sealed interface Hop {
    record Text(String text) implements Hop {}

    record Elsewhere(String location) implements Hop {}
  }

  /** Begins what one request makes the server read. */
  public Reading begin() {
    return new Reading();
  }

  /** What one request makes the server read; its time has begun. Used by one thread. */
  public final class Reading {
    private final long begun = System.nanoTime();

    private Reading() {}

    /**
     * Reads a text.
     *
     * @throws ApiException when that is not allowed, or did not work; it says what and why
     */
    public String text(String address) {
      Duration left = policy.timeOfRequest().minusNanos(System.nanoTime() - begun);
      if (!left.isPositive()) {
        throw late(address);
      }
      return left.compareTo(policy.time()) < 0
          ? Fetcher.this.text(address, left, () -> late(address))
          : Fetcher.this.text(address);
    }

    private ApiException late(String address) {
      return refusal(
          address,
          "what the request names takes longer than %d seconds in all; send it along"
              .formatted(policy.timeOfRequest().toSeconds()));
    }
  }

  /**
   * Reads a text.
   *
   * @throws ApiException when that is not allowed, or did not work; it says what and why
   */
  public String text(String address) {
    return text(
        address,
        policy.time(),
        () ->
            refusal(
                address, "it took longer than %d seconds".formatted(policy.time().toSeconds())));
  }

  private String text(String address, Duration time, Supplier<ApiException> late) {
    if (policy.isNothing()) {
      throw refusal(
          address,
          "this server reads nothing from elsewhere; send the text itself, or have the server"
              + " started with --fetch-allow");
    }
    if (!permits.tryAcquire()) {
      throw new ApiException(
          503,
          "TooManyFetches",
          "The server is reading as much from elsewhere as it may; try again in a moment.",
          java.util.Map.of("Retry-After", "2"));
    }
    Deadlines.Deadline deadline = deadlines.begin(time);
    try {
      return follow(address);
    } catch (ApiException refused) {
      throw refused;
    } catch (IOException | RuntimeException e) {
      throw deadline.fired() ? late.get() : refusal(address, "it cannot be read: " + words(e));
    } finally {
      deadline.close();
      permits.release();
    }
  }

  private static String words(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private String follow(String address) throws IOException {
    URI url = url(address, address);
    for (int hop = 0; hop <= policy.redirects(); hop++) {
      switch (ask(address, url)) {
        case Hop.Text(String text) -> {
          return text;
        }
        case Hop.Elsewhere(String location) -> {
          URI next = url(address, resolved(address, url, location));
          if (url.getScheme().equals("https") && next.getScheme().equals("http")) {
            throw refusal(address, "it leads from https to http");
          }
          url = next;
        }
      }
    }
    throw refusal(address, "it leads on more than %d times".formatted(policy.redirects()));
  }

  private static String resolved(String address, URI url, String location) {
    try {
      return url.resolve(new URI(location)).toString();
    } catch (URISyntaxException e) {
      throw refusal(address, "it leads to what is no URL");
    }
  }

  /** A URL whose parts mean what they seem to. */
  private static URI url(String address, String text) {
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal(address, "that is no URL");
    }
    String scheme =
        Optional.ofNullable(url.getScheme()).map(each -> each.toLowerCase(Locale.ROOT)).orElse("");
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw refusal(address, "only http and https are read");
    }
    if (url.getHost() == null || url.getRawUserInfo() != null) {
      throw refusal(address, "a URL needs a host, and may not hold a user or a password");
    }
    String path = url.getRawPath().toLowerCase(Locale.ROOT);
    if (List.of(path.split("/", -1)).stream().anyMatch(Fetcher::isTricky)) {
      throw refusal(address, "its path goes up, or hides what it is");
    }
    return URI.create(
        scheme
            + "://"
            + url.getRawAuthority()
            + (path.isEmpty() ? "/" : url.getRawPath())
            + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()));
  }

  private static boolean isTricky(String segment) {
    String plain = segment.replace("%2e", ".");
    return plain.equals("..")
        || plain.equals(".")
        || segment.contains("%2f")
        || segment.contains("%5c")
        || segment.contains("\\");
  }

  private Hop ask(String address, URI url) throws IOException {
    AllowedPlace place =
        policy
            .place(url)
            .orElseThrow(
                () ->
                    refusal(
                        address,
                        "%s is not among what this server may read; its operator allows places with --fetch-allow"
                            .formatted(origin(url))));
    InetAddress checked = checked(address, url, place);
    WebClient client =
        WebClient.builder()
            .baseUri(origin(url))
            .dnsResolver((name, lookup) -> checked)
            .proxy(Proxy.noProxy())
            .followRedirects(false)
            .keepAlive(false)
            .shareConnectionCache(false)
            .servicesDiscoverServices(false)
            .connectTimeout(CONNECT)
            .readTimeout(policy.time())
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT).readTimeout(policy.time()).build())
            .build();
    String path = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
    try (HttpClientResponse response =
        client
            .get()
            .skipUriEncoding(true)
            .uri(origin(url) + path)
            .header(HeaderNames.ACCEPT, "*/*")
            .header(HeaderNames.USER_AGENT, "hotpod")
            .request()) {
      return read(address, response);
    } finally {
      client.closeResource();
    }
  }

  private Hop read(String address, HttpClientResponse response) throws IOException {
    int status = response.status().code();
    if (REDIRECTS.contains(status)) {
      return new Hop.Elsewhere(
          response
              .headers()
              .first(HeaderNames.LOCATION)
              .orElseThrow(() -> refusal(address, "it leads on to nowhere")));
    }
    if (status != 200) {
      throw refusal(address, "it was answered with " + status);
    }
    if (response.headers().first(HeaderNames.CONTENT_ENCODING).isPresent()) {
      throw refusal(address, "it is compressed, though that was not asked for");
    }
    try (InputStream body = response.inputStream()) {
      byte[] bytes = body.readNBytes(policy.largest() + 1);
      if (bytes.length > policy.largest()) {
        throw refusal(address, "it has more than %d bytes".formatted(policy.largest()));
      }
      return new Hop.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw refusal(address, "it is not text in UTF-8");
    }
  }

  /** The address to connect to; it still knows the host's name, which TLS checks. */
  private InetAddress checked(String address, URI url, AllowedPlace place) throws IOException {
    List<InetAddress> found;
    try {
      found = names.addresses(bare(url.getHost()));
    } catch (UnknownHostException e) {
      throw refusal(address, "the host %s is not known".formatted(url.getHost()));
    }
    for (InetAddress each : found) {
      if (!place.internal() && InnerAddresses.isInner(each)) {
        throw refusal(
            address,
            "%s is at %s, inside this network; its operator allows that with --fetch-allow-internal"
                .formatted(url.getHost(), each.getHostAddress()));
      }
    }
    return InetAddress.getByAddress(bare(url.getHost()), found.getFirst().getAddress());
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getRawAuthority();
  }

  private static ApiException refusal(String address, String why) {
    return ApiException.badRequest("Could not retrieve %s: %s.".formatted(shown(address), why));
  }

  /** Neither what it asks for nor a password in it. */
  private static String shown(String address) {
    return address.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
  }
}
