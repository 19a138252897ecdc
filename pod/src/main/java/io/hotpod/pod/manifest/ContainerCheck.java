package io.hotpod.pod.manifest;

import io.hotpod.document.Suggestions;
import io.hotpod.pod.Quantities;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Containers and init containers. */
final class ContainerCheck {
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");

  private final Findings findings;
  private final EnvironmentCheck environment;
  private final ProbeCheck probes;
  private final SecurityCheck security;

  ContainerCheck(References references, DownwardCheck downward, Findings findings) {
    this.findings = findings;
    this.environment = new EnvironmentCheck(references, downward, findings);
    this.probes = new ProbeCheck(findings);
    this.security = new SecurityCheck(findings);
  }

  void container(Cursor container, Set<String> volumes) {
    container
        .field("restartPolicy")
        .ifPresent(
            policy ->
                findings.fieldError(
                    policy,
                    "only an init container has a restartPolicy of its own",
                    Optional.of("leave it out, or move the container to initContainers")));
    longRunning(container, volumes);
  }

  void initContainer(Cursor container, Set<String> volumes) {
    if (container.field("restartPolicy").isPresent()) {
      // A sidecar: started in the order of the init containers, then it stays.
      longRunning(container, volumes);
      return;
    }
    common(container, volumes);
    for (String probe : Stream.concat(PROBES.stream(), Stream.of("lifecycle")).toList()) {
      container
          .field(probe)
          .ifPresent(
              cursor ->
                  findings.fieldError(
                      cursor,
                      "an init container runs to its end and cannot have a " + probe,
                      Optional.of("leave it out, or make it a sidecar by restartPolicy: Always")));
    }
  }

  private void longRunning(Cursor container, Set<String> volumes) {
    common(container, volumes);
    List<Cursor> ports = container.items("ports");
    for (String probe : PROBES) {
      container.field(probe).ifPresent(cursor -> probes.check(cursor, ports));
    }
    container.field("lifecycle").stream()
        .flatMap(lifecycle -> lifecycle.fields().stream())
        .forEach(hook -> probes.hook(hook, ports));
  }

  private void common(Cursor container, Set<String> volumes) {
    Checks.required(container, "name", findings);
    Checks.required(container, "image", findings);
    container.field("name").ifPresent(name -> Names.LABEL.check(name, findings));
    container.field("image").ifPresent(image -> Names.IMAGE.check(image, findings));
    Checks.absolutePath(container, "workingDir", findings);
    Checks.absolutePath(container, "terminationMessagePath", findings);
    ports(container.items("ports"));
    environment.check(container);
    mounts(container, volumes);
    container.field("resources").ifPresent(this::resources);
    container.field("securityContext").ifPresent(security::check);
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

  private void mounts(Cursor container, Set<String> volumes) {
    List<Cursor> mounts = container.items("volumeMounts");
    boolean privileged =
        container.field("securityContext").filter(own -> own.flag("privileged")).isPresent();
    for (Cursor mount : mounts) {
      Checks.required(mount, "name", findings);
      Checks.required(mount, "mountPath", findings);
      Checks.absolutePath(mount, "mountPath", findings);
      Checks.relativePath(mount, "subPath", findings);
      Checks.relativePath(mount, "subPathExpr", findings);
      if (mount.text("subPath").isPresent() && mount.text("subPathExpr").isPresent()) {
        Checks.exactlyOne(mount, List.of("subPath", "subPathExpr"), "the path", findings);
      }
      Optional<Cursor> propagation = mount.field("mountPropagation");
      if (!privileged
          && propagation.flatMap(Cursor::text).filter("Bidirectional"::equals).isPresent()) {
        findings.error(
            propagation.orElse(mount),
            "only a privileged container may show its mounts to the machine",
            "use HostToContainer, or set privileged: true");
      }
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
}
