package io.hotpod.template;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names of the domain name system. An empty text is let through, as in Heat. */
final class DnsNames {
  private static final int LONGEST = 255;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9-]{1,63}");

  private DnsNames() {}

  static Optional<String> name(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() > LONGEST) {
      return Optional.of("the name is longer than " + LONGEST + " characters");
    }
    String labels = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    for (String label : labels.split("\\.", -1)) {
      if (label.isEmpty()) {
        return malformed("Encountered an empty component.");
      }
      if (label.startsWith("-") || label.endsWith("-")) {
        return malformed("Name must not start or end with a hyphen.");
      }
      if (!LABEL.matcher(label).matches()) {
        return malformed(
            "Name must be 1-63 characters long, each of which can only be alphanumeric or a"
                + " hyphen.");
      }
    }
    return Optional.empty();
  }

  static Optional<String> relativeName(String text) {
    return text.endsWith(".")
        ? Optional.of("it is a FQDN. It should be a relative domain name.")
        : name(text);
  }

  static Optional<String> domain(String text) {
    return text.isEmpty() || text.endsWith(".") ? name(text) : Optional.of("it must end with '.'.");
  }

  private static Optional<String> malformed(String reason) {
    return Optional.of("not in valid format. Reason: " + reason);
  }
}
