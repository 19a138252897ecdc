package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Probes: what they ask, how often, and how many answers count. */
final class ProbeCheck {
  private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket");

  /** Those that the agent's HTTP client (java.net.http) keeps to itself. */
  private static final Set<String> UNSENDABLE_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final Findings findings;

  ProbeCheck(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param ports of the probe's container, which a probe may name
   */
  void check(Cursor probe, List<Cursor> ports) {
    if (!(probe.node() instanceof MappingNode)) {
      return;
    }
    if (probe.field("grpc").isEmpty()) {
      Checks.exactlyOne(probe, HANDLERS, "the handler", findings);
    }
    Checks.range(probe, "initialDelaySeconds", 0, Integer.MAX_VALUE, findings);
    for (String field : List.of("periodSeconds", "timeoutSeconds", "failureThreshold")) {
      Checks.range(probe, field, 1, Integer.MAX_VALUE, findings);
    }
    boolean readiness = probe.name().equals("readinessProbe");
    if (readiness) {
      probe
          .field("terminationGracePeriodSeconds")
          .ifPresent(
              field ->
                  findings.fieldError(
                      field,
                      "a readiness probe ends nothing and has no grace period",
                      Optional.of("leave it out")));
    }
    Checks.range(probe, "terminationGracePeriodSeconds", 1, Integer.MAX_VALUE, findings);
    Checks.range(probe, "successThreshold", 1, readiness ? Integer.MAX_VALUE : 1, findings);
    handler(probe, ports);
  }

  /**
   * A hook of a container's life cycle.
   *
   * @param ports of the hook's container, which it may name
   */
  void hook(Cursor hook, List<Cursor> ports) {
    if (!(hook.node() instanceof MappingNode)) {
      return;
    }
    if (hook.field("tcpSocket").isEmpty()) {
      Checks.exactlyOne(hook, List.of("exec", "httpGet", "sleep"), "the handler", findings);
    }
    hook.field("sleep").ifPresent(sleep -> Checks.required(sleep, "seconds", findings));
    hook.field("sleep")
        .ifPresent(sleep -> Checks.range(sleep, "seconds", 0, Integer.MAX_VALUE, findings));
    handler(hook, ports);
  }

  private void handler(Cursor probe, List<Cursor> ports) {
    probe.field("exec").ifPresent(exec -> Checks.required(exec, "command", findings));
    probe.field("httpGet").ifPresent(handler -> port(handler, ports));
    probe.field("tcpSocket").ifPresent(handler -> port(handler, ports));
    for (Cursor header :
        probe.field("httpGet").map(h -> h.items("httpHeaders")).orElse(List.of())) {
      Checks.required(header, "name", findings);
      header.field("name").ifPresent(this::headerName);
    }
  }

  private void headerName(Cursor name) {
    Names.HEADER.check(name, findings);
    name.text()
        .filter(text -> UNSENDABLE_HEADERS.contains(text.toLowerCase(Locale.ROOT)))
        .ifPresent(
            text ->
                findings.error(
                    name, "the header \"" + text + "\" of a probe is not supported yet"));
  }

  private void port(Cursor handler, List<Cursor> ports) {
    Checks.required(handler, "port", findings);
    Checks.range(handler, "port", 1, Checks.MOST_PORTS, findings);
    Optional<Cursor> port = handler.field("port");
    Optional<String> name = port.flatMap(Cursor::text);
    Set<String> names =
        ports.stream().flatMap(each -> each.text("name").stream()).collect(Collectors.toSet());
    if (name.isPresent() && !names.contains(name.get())) {
      findings.dangling(
          port.orElse(handler),
          "the container has no port named \"" + Names.shortened(name.get()) + "\"",
          Suggestions.advice(name.get(), names)
              .orElse("give a number, or the name to one of its ports"));
    }
  }
}
