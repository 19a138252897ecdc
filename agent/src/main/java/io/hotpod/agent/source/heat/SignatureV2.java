package io.hotpod.agent.source.heat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Amazon's "Signature Version 2", which Heat's CFN API takes: HMAC-SHA256 over the verb, the host,
 * the path and the sorted parameters. Pure.
 */
final class SignatureV2 {
  private static final String ALGORITHM = "HmacSHA256";

  private SignatureV2() {}

  /**
   * A GET request that carries its signature.
   *
   * @param base such as {@code http://10.0.0.2:8000/v1/}
   * @param parameters without those of the signature; with the time of the request
   */
  static URI signedGet(
      URI base, Map<String, String> parameters, String accessKeyId, String secretAccessKey) {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("AWSAccessKeyId", accessKeyId);
    all.put("SignatureMethod", ALGORITHM);
    all.put("SignatureVersion", "2");
    String query = query(all);
    String path =
        base.getRawPath() == null || base.getRawPath().isEmpty() ? "/" : base.getRawPath();
    String signature = signature("GET", base.getRawAuthority(), path, query, secretAccessKey);
    return URI.create(
        base.getScheme()
            + "://"
            + base.getRawAuthority()
            + path
            + "?"
            + query
            + "&Signature="
            + encode(signature));
  }

  /**
   * @param host with the port, as the request names it
   * @param query the parameters, encoded and sorted, as the request has them
   */
  static String signature(
      String verb, String host, String path, String query, String secretAccessKey) {
    String text = String.join("\n", verb, host.toLowerCase(Locale.ROOT), path, query);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secretAccessKey.getBytes(UTF_8), ALGORITHM));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }

  /** Encoded as the signature wants it, sorted by the names' bytes. */
  static String query(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
  }

  /** Everything but letters, digits and {@code -_.~} by its bytes in UTF-8 (RFC 3986). */
  static String encode(String text) {
    return URLEncoder.encode(text, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
