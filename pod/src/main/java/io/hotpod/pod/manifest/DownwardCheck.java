package io.hotpod.pod.manifest;

import io.hotpod.document.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a pod tells its containers of itself, by the Kubernetes documentation (Downward API): fields
 * and resources, as variables and as files.
 */
final class DownwardCheck {
  private static final Set<String> IDENTITY =
      Set.of("metadata.name", "metadata.namespace", "metadata.uid");
  private static final Set<String> MAPS = Set.of("metadata.labels", "metadata.annotations");
  private static final Set<String> PLACE =
      Set.of(
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['[^'\\]]{1,320}']");
  private static final List<String> RESOURCES =
      List.of("limits.cpu", "limits.memory", "requests.cpu", "requests.memory");

  private final Findings findings;
  private final Set<String> containers = new HashSet<>();

  DownwardCheck(Findings findings) {
    this.findings = findings;
  }

  /** The containers that a resource may be of. */
  void containers(List<Cursor> all) {
    all.forEach(container -> container.text("name").ifPresent(containers::add));
  }

  /** The {@code fieldRef} of a variable. */
  void variableField(Cursor reference) {
    field(reference, PLACE, "spec.nodeName, status.podIP, status.hostIP");
  }

  /** The {@code fieldRef} of a file. */
  void fileField(Cursor reference) {
    field(reference, MAPS, "metadata.labels, metadata.annotations");
  }

  /** The {@code resourceFieldRef} of a variable; of its own container where it names none. */
  void variableResource(Cursor reference) {
    resource(reference);
  }

  /** The {@code resourceFieldRef} of a file. */
  void fileResource(Cursor reference) {
    Checks.required(reference, "containerName", findings);
    resource(reference);
  }

  private void field(Cursor reference, Set<String> also, String words) {
    Checks.required(reference, "fieldPath", findings);
    Optional<Cursor> path = reference.field("fieldPath");
    Optional<String> text = path.flatMap(Cursor::text);
    if (text.isEmpty()
        || IDENTITY.contains(text.get())
        || also.contains(text.get())
        || SUBSCRIPT.matcher(text.get()).matches()) {
      return;
    }
    findings.error(
        path.orElse(reference),
        "there is no field \"" + Names.shortened(text.get()) + "\" here",
        "use metadata.name, metadata.namespace, metadata.uid, metadata.labels['KEY'],"
            + " metadata.annotations['KEY'], "
            + words);
  }

  private void resource(Cursor reference) {
    Checks.required(reference, "resource", findings);
    Optional<Cursor> resource = reference.field("resource");
    Optional<String> text = resource.flatMap(Cursor::text);
    if (text.isPresent() && !RESOURCES.contains(text.get())) {
      findings.error(
          resource.orElse(reference),
          "resource \"" + Names.shortened(text.get()) + "\" is not supported yet",
          Suggestions.advice(text.get(), RESOURCES)
              .orElse("use one of " + String.join(", ", RESOURCES)));
    }
    Optional<Cursor> container = reference.field("containerName");
    Optional<String> name = container.flatMap(Cursor::text);
    if (name.isPresent() && !containers.contains(name.get())) {
      findings.dangling(
          container.orElse(reference),
          "there is no container \"" + Names.shortened(name.get()) + "\"",
          Suggestions.advice(name.get(), containers).orElse("name one of the pod"));
    }
  }
}
