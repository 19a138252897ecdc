package io.hotpod.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The custom constraints that need no cloud to check. */
public enum CustomConstraint {
  IP_ADDR("ip_addr", NetworkFormats::address),
  MAC_ADDR("mac_addr", NetworkFormats::macAddress),
  NET_CIDR("net_cidr", NetworkFormats::network),
  IP_OR_CIDR("ip_or_cidr", NetworkFormats::addressOrNetwork),
  DNS_NAME("dns_name", DnsNames::name),
  REL_DNS_NAME("rel_dns_name", DnsNames::relativeName),
  DNS_DOMAIN("dns_domain", DnsNames::domain),
  CRON_EXPRESSION("cron_expression", CronExpressions::problem),
  ISO_8601("iso_8601", TimeFormats::iso8601),
  TIMEZONE("timezone", TimeFormats::timezone),
  EXPIRATION("expiration", TimeFormats::expiration),
  JSON_STRING("json_string", TimeFormats::json),
  /** Takes everything; templates for testing use it. */
  TEST_CONSTR("test_constr", text -> Optional.empty());

  private final String keyword;

  // A function without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, Optional<String>> check;

  CustomConstraint(String keyword, Function<String, Optional<String>> check) {
    this.keyword = keyword;
    this.check = check;
  }

  /** As templates name it, such as {@code ip_addr}. */
  public String keyword() {
    return keyword;
  }

  /** What is wrong with a text, without the text; empty when nothing is. */
  public Optional<String> problem(String text) {
    return check.apply(text);
  }

  static Optional<CustomConstraint> of(String keyword) {
    return Arrays.stream(values()).filter(each -> each.keyword.equals(keyword)).findFirst();
  }

  static List<String> keywords() {
    return Arrays.stream(values()).map(CustomConstraint::keyword).toList();
  }
}
