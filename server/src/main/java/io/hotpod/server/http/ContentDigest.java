package io.hotpod.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a caller says that its body is, by RFC 9530 section 2. Whoever sends none is trusted with
 * the length; digests by other algorithms than the two that are in use are passed over.
 */
final class ContentDigest {
  private static final HeaderName HEADER = HeaderNames.create("Content-Digest");

  /** A member of the dictionary; its value is a byte sequence of RFC 8941 section 3.3.5. */
  private static final Pattern MEMBER =
      Pattern.compile("\\s*(sha-(?:256|512))=:([A-Za-z0-9+/=]*):");

  private ContentDigest() {}

  /**
   * @throws ApiException when the body is another one; nothing was done with it
   */
  static void require(Headers headers, byte[] body) {
    if (!headers.contains(HEADER)) {
      return;
    }
    for (String member : String.join(",", headers.all(HEADER, List::of)).split(",", -1)) {
      Matcher digest = MEMBER.matcher(member);
      if (digest.lookingAt() && !digest.group(2).equals(of(digest.group(1), body))) {
        throw new ApiException(
            422,
            "HTTPUnprocessableEntity",
            """
            The body is not what its Content-Digest tells: it was cut or changed on its way. \
            Nothing was done; send it again.""");
      }
    }
  }

  private static String of(String algorithm, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT));
      return Base64.getEncoder().encodeToString(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
