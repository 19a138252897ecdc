package io.hotpod.pod.manifest;

import io.hotpod.document.Suggestions;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Containers and init containers. */
final class ContainerCheck {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private final Findings findings;
  private final EnvironmentCheck environment;
  private final ProbeCheck probes;

  ContainerCheck(References references, Findings findings) {
    this.findings = findings;
    this.environment = new EnvironmentCheck(references, findings);
    this.probes = new ProbeCheck(findings);
  }

  void container(Cursor container, Set<String> volumes) {
    common(container, volumes);
    for (String probe : PROBES) {
      container.field(probe).ifPresent(cursor -> probes.check(cursor, container.items("ports")));
    }
  }

  void initContainer(Cursor container, Set<String> volumes) {
    common(container, volumes);
    for (String probe : PROBES) {
      container
          .field(probe)
          .ifPresent(
              cursor ->
                  findings.fieldError(
                      cursor,
                      "an init container runs to its end and cannot have a " + probe,
                      Optional.of("leave it out")));
    }
  }

  /** The user and group that a security context names. */
  void users(Cursor securityContext) {
    Checks.range(securityContext, "runAsUser", 0, Integer.MAX_VALUE, findings);
    Checks.range(securityContext, "runAsGroup", 0, Integer.MAX_VALUE, findings);
  }

  private void common(Cursor container, Set<String> volumes) {
    Checks.required(container, "name", findings);
    Checks.required(container, "image", findings);
    container.field("name").ifPresent(name -> Names.LABEL.check(name, findings));
    container.field("image").ifPresent(image -> Names.IMAGE.check(image, findings));
    Checks.absolutePath(container, "workingDir", findings);
    ports(container.items("ports"));
    environment.check(container);
    mounts(container.items("volumeMounts"), volumes);
    container.field("resources").ifPresent(this::resources);
    container.field("securityContext").ifPresent(this::securityContext);
  }

  private void ports(List<Cursor> ports) {
    for (Cursor port : ports) {
      Checks.required(port, "containerPort", findings);
      Checks.range(port, "containerPort", 1, Checks.MOST_PORTS, findings);
      Checks.range(port, "hostPort", 1, Checks.MOST_PORTS, findings);
      port.field("name").ifPresent(name -> Names.PORT.check(name, findings));
      port.field("hostIP").ifPresent(ip -> Addresses.check(ip, findings));
    }
    Checks.unique(ports, "name", "port", findings);
  }

  private void mounts(List<Cursor> mounts, Set<String> volumes) {
    for (Cursor mount : mounts) {
      Checks.required(mount, "name", findings);
      Checks.required(mount, "mountPath", findings);
      Checks.absolutePath(mount, "mountPath", findings);
      Checks.relativePath(mount, "subPath", findings);
      Optional<String> path = mount.text("mountPath");
      if (path.isPresent() && path.get().contains(":")) {
        findings.error(mount.field("mountPath").orElse(mount), "the path may not contain \":\"");
      }
      Optional<Cursor> name = mount.field("name");
      Optional<String> text = name.flatMap(Cursor::text);
      if (text.isPresent() && !volumes.contains(text.get())) {
        findings.dangling(
            name.orElse(mount),
            "there is no volume \"" + Names.shortened(text.get()) + "\"",
            Suggestions.advice(text.get(), volumes).orElse("add it to the volumes of the pod"));
      }
    }
    Checks.unique(mounts, "mountPath", "a mount at", findings);
  }

  private void resources(Cursor resources) {
    Map<String, BigDecimal> limits = new HashMap<>();
    for (String list : List.of("limits", "requests")) {
      for (Cursor amount : resources.field(list).map(Cursor::fields).orElse(List.of())) {
        if (!Set.of("cpu", "memory").contains(amount.name())) {
          findings.fieldError(
              amount, "resource \"" + amount.name() + "\" is not supported yet", Optional.empty());
          continue;
        }
        Optional<BigDecimal> value =
            amount.value().map(JsonNode::asString).flatMap(Quantities::value);
        if (value.isPresent() && list.equals("limits")) {
          limits.put(amount.name(), value.get());
        } else if (value.isPresent()
            && limits.getOrDefault(amount.name(), value.get()).compareTo(value.get()) < 0) {
          findings.error(amount, "the request is more than the limit");
        }
      }
    }
  }

  private void securityContext(Cursor context) {
    users(context);
    Optional<Cursor> escalation = context.field("allowPrivilegeEscalation");
    boolean forbidden =
        escalation
            .flatMap(Cursor::value)
            .filter(value -> value.isBoolean() && !value.booleanValue())
            .isPresent();
    if (forbidden && context.flag("privileged")) {
      findings.error(
          escalation.orElse(context),
          "a privileged container cannot be kept from gaining privileges",
          "leave out one of privileged and allowPrivilegeEscalation");
    }
    Optional<Cursor> capabilities = context.field("capabilities");
    Set<String> added = new HashSet<>();
    if (capabilities.isPresent()) {
      capabilities.get().items("add").forEach(item -> item.text().ifPresent(added::add));
      for (Cursor dropped : capabilities.get().items("drop")) {
        if (dropped.text().filter(added::contains).isPresent()) {
          findings.error(dropped, "the capability is added and dropped", "choose one");
        }
      }
    }
  }
}
