package io.hotpod.pod.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for names, by the Kubernetes documentation (Object Names and IDs, Labels). */
enum Names {
  LABEL(
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
      63,
      "use at most 63 of a-z, 0-9 and -, beginning and ending with a letter or digit"),
  SUBDOMAIN(
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
      253,
      "use at most 253 of a-z, 0-9, - and ., each part beginning and ending with a letter or digit"),
  PORT(
      "(?!.*--)(?=.*[a-z])[a-z0-9]([-a-z0-9]*[a-z0-9])?",
      15,
      "use at most 15 of a-z, 0-9 and single -, with at least one letter"),
  ENVIRONMENT("[ -<>-~]+", 32_768, "use printable ASCII without ="),
  KEY("[-._a-zA-Z0-9]+", 253, "use at most 253 of A-Z, a-z, 0-9, -, _ and ."),
  LABEL_KEY(
      "([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-._A-Za-z0-9]{0,61}[A-Za-z0-9])?",
      317,
      "use at most 63 of A-Z, a-z, 0-9, -, _ and . after an optional prefix such as example.com/"),
  LABEL_VALUE(
      "([A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?)?",
      63,
      "use at most 63 of A-Z, a-z, 0-9, -, _ and ., beginning and ending with a letter or digit"),
  HEADER("[-!#$%&'*+.^_`|~0-9A-Za-z]+", 256, "use letters, digits and -"),
  IMAGE(
      // An optional host with port, path components, an optional tag, an optional digest: the
      // grammar of the distribution project.
      "([A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:[0-9]{1,5})?/)?"
          + "[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*"
          + "(:[A-Za-z0-9_][-.A-Za-z0-9_]{0,127})?"
          + "(@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,128})?",
      512,
      "write it as [HOST[:PORT]/]NAME[:TAG], in lower case up to the tag");

  private final Pattern syntax;
  private final int length;
  private final String rule;

  Names(String syntax, int length, String rule) {
    this.syntax = Pattern.compile(syntax);
    this.length = length;
    this.rule = rule;
  }

  /** Whether a text keeps the rule. */
  boolean allows(String text) {
    return text.length() <= length && syntax.matcher(text).matches();
  }

  /** What the rule asks for, and the nearest name that keeps it. */
  String advice(String text) {
    if (text.length() > length) {
      return rule;
    }
    String near =
        text.toLowerCase(Locale.ROOT).replaceAll("[^-a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    boolean offer = (this == LABEL || this == SUBDOMAIN || this == PORT) && allows(near);
    return offer ? rule + ", such as \"" + near + "\"" : rule;
  }

  /** Names a text that breaks the rule. */
  void check(Cursor at, Findings findings) {
    Optional<String> text = at.text();
    if (text.isPresent() && !allows(text.get())) {
      findings.error(
          at, "\"" + shortened(text.get()) + "\" is not allowed here", advice(text.get()));
    }
  }

  /** A text that fits into a message. */
  static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
