package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environment of a container. */
final class EnvironmentCheck {
  private final References references;
  private final DownwardCheck downward;
  private final Findings findings;

  EnvironmentCheck(References references, DownwardCheck downward, Findings findings) {
    this.references = references;
    this.downward = downward;
    this.findings = findings;
  }

  void check(Cursor container) {
    Map<String, Cursor> seen = new HashMap<>();
    for (Cursor variable : container.items("env")) {
      Checks.required(variable, "name", findings);
      variable.field("name").ifPresent(name -> Names.ENVIRONMENT.check(name, findings));
      Optional<String> name = variable.text("name");
      if (name.isPresent() && seen.put(name.get(), variable) != null) {
        findings.warning(
            variable,
            "variable \"" + Names.shortened(name.get()) + "\" is there twice, the last one counts",
            "leave one out");
      }
      if (variable.text("value").isPresent() && variable.field("valueFrom").isPresent()) {
        Checks.exactlyOne(variable, List.of("value", "valueFrom"), "the value", findings);
      }
      variable.field("valueFrom").ifPresent(this::valueFrom);
    }
    container.items("envFrom").forEach(this::envFrom);
  }

  private void valueFrom(Cursor source) {
    if (!(source.node() instanceof MappingNode mapping)) {
      return;
    }
    List<String> given = mapping.entries().stream().map(MappingNode.Entry::key).toList();
    Checks.exactlyOne(
        source,
        given.isEmpty()
            ? List.of("configMapKeyRef", "secretKeyRef", "fieldRef", "resourceFieldRef")
            : given,
        "the source",
        findings);
    source
        .field("configMapKeyRef")
        .ifPresent(
            ref ->
                references.key(
                    ref,
                    References.Kind.CONFIG_MAP,
                    references.named(ref, References.Kind.CONFIG_MAP, "name")));
    source
        .field("secretKeyRef")
        .ifPresent(
            ref ->
                references.key(
                    ref,
                    References.Kind.SECRET,
                    references.named(ref, References.Kind.SECRET, "name")));
    source.field("fieldRef").ifPresent(downward::variableField);
    source.field("resourceFieldRef").ifPresent(downward::variableResource);
  }

  private void envFrom(Cursor source) {
    Checks.exactlyOne(source, List.of("configMapRef", "secretRef"), "the source", findings);
    source.field("prefix").ifPresent(prefix -> Names.ENVIRONMENT.check(prefix, findings));
    source
        .field("configMapRef")
        .ifPresent(ref -> references.named(ref, References.Kind.CONFIG_MAP, "name"));
    source
        .field("secretRef")
        .ifPresent(ref -> references.named(ref, References.Kind.SECRET, "name"));
  }
}
