package io.hotpod.pod.manifest;

import java.util.List;
import java.util.Optional;

/** What a pod is called in its network, and whom it asks for names. */
final class NetworkNamesCheck {
  private static final int MOST_NAMESERVERS = 3;
  private static final int MOST_SEARCHES = 32;

  private final Findings findings;

  NetworkNamesCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Cursor spec) {
    spec.field("hostname").ifPresent(name -> Names.LABEL.check(name, findings));
    spec.field("subdomain").ifPresent(name -> Names.LABEL.check(name, findings));
    Optional<Cursor> config = spec.field("dnsConfig");
    boolean own = spec.text("dnsPolicy").filter("None"::equals).isPresent();
    if (own && config.map(dns -> dns.items("nameservers")).orElse(List.of()).isEmpty()) {
      findings.error(
          config.or(() -> spec.field("dnsPolicy")).orElse(spec),
          "dnsPolicy None needs a nameserver",
          "give one in dnsConfig.nameservers");
    }
    config.ifPresent(this::config);
  }

  private void config(Cursor dns) {
    most(dns, "nameservers", MOST_NAMESERVERS);
    most(dns, "searches", MOST_SEARCHES);
    dns.items("nameservers").forEach(address -> Addresses.check(address, findings));
    for (Cursor search : dns.items("searches")) {
      Optional<String> text = search.text().map(name -> name.replaceFirst("\\.$", ""));
      if (text.isPresent() && !text.get().isEmpty() && !isSearch(text.get())) {
        findings.error(
            search,
            "\"" + Names.shortened(text.get()) + "\" is no domain",
            Names.SUBDOMAIN.advice(text.get()));
      }
    }
    for (Cursor option : dns.items("options")) {
      Checks.required(option, "name", findings);
      for (String field : List.of("name", "value")) {
        Optional<Cursor> given = option.field(field);
        // The file is read by words.
        if (given.flatMap(Cursor::text).filter(text -> text.matches("(?s).*\\s.*")).isPresent()) {
          findings.error(given.orElse(option), "the option contains white space");
        }
      }
    }
  }

  private static boolean isSearch(String name) {
    // The names of services begin with an underscore.
    return Names.SUBDOMAIN.allows(name.replace('_', 'a'));
  }

  private void most(Cursor dns, String field, int most) {
    List<Cursor> items = dns.items(field);
    if (items.size() > most) {
      findings.error(items.get(most), "there are more than " + most + " " + field);
    }
  }
}
