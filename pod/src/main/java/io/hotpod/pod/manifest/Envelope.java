package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.Suggestions;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells the accepted forms apart: v1 Pod, v1beta3 Pod, and the flat container manifest. Whatever
 * else a document is, is refused by its name.
 */
final class Envelope {
  private static final Set<String> POD_VERSIONS = Set.of("v1", "v1beta3");
  private static final Set<String> FLAT_VERSIONS = Set.of("v1beta1", "v1beta2");
  private static final List<String> KNOWN_KEYS = List.of("apiVersion", "kind", "metadata", "spec");
  private static final String FROM_TEMPLATE =
      "make a Pod of its spec.template: apiVersion: v1, kind: Pod, then metadata and spec";
  private static final String CONFIG = "give it in the config_maps or secrets of the pod config";
  private static final String ONE_EACH = "give each pod a pod config of its own";

  private static final Pattern KIND = Pattern.compile("[A-Z][A-Za-z0-9]{0,62}");

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("Deployment", FROM_TEMPLATE),
          Map.entry("ReplicaSet", FROM_TEMPLATE),
          Map.entry("DaemonSet", FROM_TEMPLATE),
          Map.entry("StatefulSet", FROM_TEMPLATE),
          Map.entry("ReplicationController", FROM_TEMPLATE),
          Map.entry("Job", FROM_TEMPLATE),
          Map.entry("CronJob", FROM_TEMPLATE.replace("spec.", "spec.jobTemplate.spec.")),
          Map.entry("PodTemplate", FROM_TEMPLATE.replace("spec.", "")),
          Map.entry("List", ONE_EACH),
          Map.entry("PodList", ONE_EACH),
          Map.entry("ConfigMap", CONFIG),
          Map.entry("Secret", CONFIG));

  private final Findings findings;

  Envelope(Findings findings) {
    this.findings = findings;
  }

  /** The document as a v1 Pod; empty when it is none, which is then a problem. */
  Optional<Cursor> open(Node document) {
    Cursor root = Cursor.root(document, new IdentityHashMap<>());
    if (!(document instanceof MappingNode mapping)) {
      findings.error(
          root,
          "a manifest is a map, and this is " + document.kind(),
          "begin with apiVersion: v1 and kind: Pod");
      return Optional.empty();
    }
    if (root.field("version").isPresent() && root.field("apiVersion").isEmpty()) {
      return flat(root, mapping);
    }
    return pod(root);
  }

  private Optional<Cursor> flat(Cursor root, MappingNode mapping) {
    Optional<Cursor> version = root.field("version");
    if (version.flatMap(Cursor::text).filter(FLAT_VERSIONS::contains).isEmpty()) {
      findings.error(
          version.orElse(root),
          "a container manifest has version v1beta1 or v1beta2",
          "for newer forms write apiVersion: v1 and kind: Pod");
      return Optional.empty();
    }
    return Optional.of(new FlatManifest(findings).convert(mapping));
  }

  private Optional<Cursor> pod(Cursor root) {
    Optional<Cursor> kind = root.field("kind");
    Optional<String> kindName = kind.flatMap(Cursor::text);
    if (kindName.isPresent() && !kindName.get().equals("Pod")) {
      otherKind(kind.get(), kindName.get());
      return Optional.empty();
    }
    Optional<Cursor> version = root.field("apiVersion");
    Optional<String> versionName = version.flatMap(Cursor::text);
    boolean oldPod = versionName.filter(FLAT_VERSIONS::contains).isPresent();
    if (oldPod) {
      findings.error(
          version.get(),
          "a Pod of " + versionName.get() + " is not supported",
          "give what stands under desiredState.manifest by itself");
      return Optional.empty();
    }
    if (versionName.isPresent() && !POD_VERSIONS.contains(versionName.get())) {
      findings.error(
          version.get(),
          "there is no Pod in \"" + versionName.get() + "\"",
          "write apiVersion: v1");
    }
    if (root.field("containers").isPresent() && root.field("spec").isEmpty()) {
      findings.error(
          root,
          "this is neither a Pod nor a flat container manifest",
          "put containers under spec of a v1 Pod, or add version: v1beta2 and id");
      return Optional.empty();
    }
    missing(root, "apiVersion", "v1");
    missing(root, "kind", "Pod");
    return Optional.of(
        versionName.filter("v1beta3"::equals).isPresent() ? new EarlyPod().convert(root) : root);
  }

  private void missing(Cursor root, String field, String value) {
    Optional<Cursor> given = root.field(field);
    if (given.isPresent() && given.get().value().filter(v -> v.isString()).isPresent()) {
      return;
    }
    Optional<String> misspelt =
        root.fields().stream()
            .map(Cursor::name)
            .filter(name -> !KNOWN_KEYS.contains(name))
            .filter(name -> Suggestions.nearest(name, KNOWN_KEYS).filter(field::equals).isPresent())
            .findFirst();
    if (misspelt.isEmpty() && given.isEmpty()) {
      findings.error(root, "\"" + field + "\" is missing", "write " + field + ": " + value);
    }
  }

  private void otherKind(Cursor kind, String name) {
    String article = "AEIOU".indexOf(name.charAt(0)) >= 0 ? "an " : "a ";
    Optional<String> advice =
        Optional.ofNullable(ADVICE.get(name)).or(() -> Suggestions.advice(name, List.of("Pod")));
    findings.error(
        kind,
        KIND.matcher(name).matches()
            ? "this is " + article + name + "; Hotpod runs pods"
            : "\"" + Names.shortened(name) + "\" is no kind",
        advice.orElse("write kind: Pod"));
  }
}
