package io.hotpod.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Texts that name addresses and networks, as strict as {@code inet_pton}. */
final class NetworkFormats {
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

  /** By colons or dashes, in two halves, in three words, or without any mark. */
  private static final Pattern MAC =
      Pattern.compile(
          "([0-9a-fA-F]{1,2}:){5}[0-9a-fA-F]{1,2}"
              + "|([0-9a-fA-F]{1,2}-){5}[0-9a-fA-F]{1,2}"
              + "|([0-9a-fA-F]{1,4}[.:-]){2}[0-9a-fA-F]{1,4}"
              + "|[0-9a-fA-F]{5,6}-[0-9a-fA-F]{5,6}"
              + "|[0-9a-fA-F]{11,12}");

  private NetworkFormats() {}

  static Optional<String> address(String text) {
    return isVersion4(text) || isVersion6(text)
        ? Optional.empty()
        : Optional.of("Invalid IP address");
  }

  static Optional<String> macAddress(String text) {
    return MAC.matcher(text).matches() ? Optional.empty() : Optional.of("Invalid MAC address.");
  }

  static Optional<String> network(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.of("Invalid net cidr: it needs a prefix length, such as /24");
    }
    String address = text.substring(0, slash);
    String prefix = text.substring(slash + 1);
    int longest = isVersion4(address) ? 32 : isVersion6(address) ? 128 : -1;
    return longest >= 0 && PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= longest
        ? Optional.empty()
        : Optional.of("Invalid net cidr");
  }

  static Optional<String> addressOrNetwork(String text) {
    return text.contains("/") ? network(text) : address(text);
  }

  private static boolean isVersion4(String text) {
    List<String> octets = Arrays.asList(text.split("\\.", -1));
    return octets.size() == 4
        && octets.stream()
            .allMatch(octet -> OCTET.matcher(octet).matches() && Integer.parseInt(octet) <= 255);
  }

  private static boolean isVersion6(String text) {
    String groups = text;
    int last = text.lastIndexOf(':');
    if (last >= 0 && text.indexOf('.') > last) {
      // The last two groups may be written as an address of version 4.
      if (!isVersion4(text.substring(last + 1))) {
        return false;
      }
      groups = text.substring(0, last + 1) + "0:0";
    }
    int gap = groups.indexOf("::");
    if (gap < 0) {
      return count(groups) == 8;
    }
    int before = gap == 0 ? 0 : count(groups.substring(0, gap));
    String rest = groups.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : count(rest);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** The number of groups; so few that nothing fits when one is malformed. */
  private static int count(String groups) {
    String[] parts = groups.split(":", -1);
    return Arrays.stream(parts).allMatch(part -> GROUP.matcher(part).matches())
        ? parts.length
        : -16;
  }
}
