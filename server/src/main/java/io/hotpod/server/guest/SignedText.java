package io.hotpod.server.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the secret of an access key signs: Amazon's "Signature Version 2". */
final class SignedText {
  static final String SIGNATURE = "Signature";
  static final String METHOD = "HmacSHA256";

  private SignedText() {}

  /**
   * The text of a request.
   *
   * @param host with the port, as in the request's header
   * @param path as it was sent
   * @param parameters of the query; the signature itself is left out
   */
  static String of(String verb, String host, String path, Map<String, String> parameters) {
    SortedMap<String, String> sorted = new TreeMap<>(parameters);
    sorted.remove(SIGNATURE);
    StringBuilder query = new StringBuilder();
    sorted.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
    return String.join("\n", verb, host.toLowerCase(Locale.ROOT), path, query);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
