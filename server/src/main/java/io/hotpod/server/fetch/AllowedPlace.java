package io.hotpod.server.fetch;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * One place that may be read from.
 *
 * @param scheme empty for http and https
 * @param host in lower case
 * @param port empty for the usual one of the scheme
 * @param path that paths have to begin with, up to a slash; empty for all
 * @param internal whether its address may be loopback, link-local or private
 */
public record AllowedPlace(
    Optional<String> scheme, String host, Optional<Integer> port, String path, boolean internal) {
  public AllowedPlace {
    requireNonNull(scheme, "scheme is null");
    requireNonNull(host, "host is null");
    requireNonNull(port, "port is null");
    requireNonNull(path, "path is null");
  }

  /**
   * Reads one.
   *
   * @param text {@code HOST}, {@code HOST:PORT}, or the beginning of a URL
   * @throws IllegalArgumentException when it is none of these
   */
  public static AllowedPlace parse(String text, boolean internal) {
    boolean url = text.contains("://");
    try {
      URI uri = new URI(url ? text : "any://" + text);
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      String path = uri.getRawPath() == null ? "" : uri.getRawPath();
      boolean web = scheme.equals("http") || scheme.equals("https");
      if (uri.getHost() == null
          || uri.getRawUserInfo() != null
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null
          || (url ? !web : !path.isEmpty())) {
        throw notAPlace(text);
      }
      return new AllowedPlace(
          url ? Optional.of(scheme) : Optional.empty(),
          uri.getHost().toLowerCase(Locale.ROOT),
          uri.getPort() < 0 ? Optional.empty() : Optional.of(uri.getPort()),
          path.equals("/") ? "" : path,
          internal);
    } catch (URISyntaxException e) {
      throw notAPlace(text);
    }
  }

  private static IllegalArgumentException notAPlace(String text) {
    return new IllegalArgumentException(
        "\"%s\" is neither a host, nor HOST:PORT, nor the beginning of a URL with http or https"
            .formatted(text));
  }

  /** Whether a URL is there. */
  boolean includes(URI url) {
    String wanted = url.getScheme();
    int usual = wanted.equals("https") ? 443 : 80;
    int actual = url.getPort() < 0 ? usual : url.getPort();
    return scheme.map(wanted::equals).orElse(true)
        && host.equalsIgnoreCase(url.getHost())
        && port.orElse(usual) == actual
        && isBelow(url.getRawPath());
  }

  /** {@code /a} has {@code /a} and {@code /a/b} below it, and not {@code /ab}. */
  private boolean isBelow(String wanted) {
    return path.isEmpty()
        || (wanted.startsWith(path)
            && (path.endsWith("/")
                || wanted.length() == path.length()
                || wanted.charAt(path.length()) == '/'));
  }
}
