package io.hotpod.pod.manifest;

import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text; nothing is ever looked up. */
final class Addresses {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
  private static final Pattern IPV6_GROUPS =
      Pattern.compile("([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){0,7})?");

  private Addresses() {}

  static void check(Cursor at, Findings findings) {
    Optional<String> text = at.text();
    if (text.isPresent() && !isAddress(text.get())) {
      findings.error(
          at,
          "\"" + Names.shortened(text.get()) + "\" is no IP address",
          "write something like 192.0.2.1 or 2001:db8::1");
    }
  }

  static boolean isAddress(String text) {
    return text.length() <= 39 && (IPV4.matcher(text).matches() || isIpv6(text));
  }

  private static boolean isIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return IPV6_GROUPS.matcher(text).matches() && groups(text) == 8;
    }
    String before = text.substring(0, gap);
    String after = text.substring(gap + 2);
    return IPV6_GROUPS.matcher(before).matches()
        && IPV6_GROUPS.matcher(after).matches()
        && groups(before) + groups(after) < 8;
  }

  private static long groups(String text) {
    return text.isEmpty() ? 0 : text.chars().filter(character -> character == ':').count() + 1;
  }
}
