package io.hotpod.pod.manifest;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Name, labels and annotations of a pod. */
final class MetadataCheck {
  /** What the project itself writes into a pod. */
  private static final String RESERVED_PREFIX = "hotpod.io/";

  private final Findings findings;

  MetadataCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Cursor pod) {
    Optional<Cursor> metadata = pod.field("metadata");
    if (metadata.isEmpty()) {
      findings.error(pod, "\"metadata\" is missing", "a pod needs metadata with a name");
      return;
    }
    Checks.required(metadata.get(), "name", findings);
    metadata.get().field("name").ifPresent(name -> Names.SUBDOMAIN.check(name, findings));
    metadata.get().field("namespace").ifPresent(name -> Names.LABEL.check(name, findings));
    for (Cursor label : metadata.get().field("labels").stream().flatMap(this::entries).toList()) {
      key(label);
      label
          .value()
          .map(JsonNode::asString)
          .filter(value -> !Names.LABEL_VALUE.allows(value))
          .ifPresent(
              value ->
                  findings.error(
                      label,
                      "\"" + Names.shortened(value) + "\" is not allowed as a label's value",
                      Names.LABEL_VALUE.advice(value)));
    }
    metadata.get().field("annotations").stream().flatMap(this::entries).forEach(this::key);
  }

  private Stream<Cursor> entries(Cursor map) {
    return map.fields().stream();
  }

  private void key(Cursor entry) {
    String key = entry.name();
    if (!Names.LABEL_KEY.allows(key)) {
      findings.fieldError(
          entry,
          "\"" + Names.shortened(key) + "\" is not allowed as a key",
          Optional.of(Names.LABEL_KEY.advice(key)));
    } else if (key.startsWith(RESERVED_PREFIX)) {
      findings.fieldError(
          entry,
          "keys that begin with " + RESERVED_PREFIX + " are written by Hotpod itself",
          Optional.of("use another prefix"));
    }
  }
}
