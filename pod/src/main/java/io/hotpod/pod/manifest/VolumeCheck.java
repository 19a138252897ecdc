package io.hotpod.pod.manifest;

import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The volumes of a pod. */
final class VolumeCheck {
  private static final List<String> PROJECTIONS =
      List.of(
          "configMap",
          "secret",
          "downwardAPI",
          "serviceAccountToken",
          "clusterTrustBundle",
          "podCertificate");

  private final References references;
  private final DownwardCheck downward;
  private final Findings findings;

  VolumeCheck(References references, DownwardCheck downward, Findings findings) {
    this.references = references;
    this.downward = downward;
    this.findings = findings;
  }

  /** Gives the names of all volumes, right or wrong. */
  Set<String> check(Cursor spec) {
    List<Cursor> volumes = spec.items("volumes");
    Set<String> names = new HashSet<>();
    for (Cursor volume : volumes) {
      Checks.required(volume, "name", findings);
      volume.field("name").ifPresent(name -> Names.LABEL.check(name, findings));
      volume.text("name").ifPresent(names::add);
      source(volume);
    }
    Checks.unique(volumes, "name", "volume", findings);
    return names;
  }

  private void source(Cursor volume) {
    List<String> sources =
        ModelFields.of(Volume.class).keySet().stream()
            .filter(name -> !name.equals("name") && volume.field(name).isPresent())
            .toList();
    // A volume that names no source is an emptyDir, by Kubernetes' defaults.
    if (sources.size() > 1) {
      Checks.exactlyOne(volume, sources, "the source", findings);
    }
    volume.field("hostPath").ifPresent(this::hostPath);
    volume
        .field("configMap")
        .ifPresent(source -> projection(source, References.Kind.CONFIG_MAP, "name"));
    volume
        .field("secret")
        .ifPresent(source -> projection(source, References.Kind.SECRET, "secretName"));
    volume.field("downwardAPI").ifPresent(this::downward);
    volume.field("projected").ifPresent(this::projected);
  }

  private void projected(Cursor source) {
    Checks.mode(source, "defaultMode", findings);
    Checks.required(source, "sources", findings);
    for (Cursor part : source.items("sources")) {
      Checks.exactlyOne(part, PROJECTIONS, "the source", findings);
      part.field("configMap")
          .ifPresent(from -> projection(from, References.Kind.CONFIG_MAP, "name"));
      part.field("secret").ifPresent(from -> projection(from, References.Kind.SECRET, "name"));
      part.field("downwardAPI").ifPresent(this::downward);
    }
  }

  private void downward(Cursor source) {
    Checks.mode(source, "defaultMode", findings);
    for (Cursor file : source.items("items")) {
      Checks.required(file, "path", findings);
      Checks.relativePath(file, "path", findings);
      Checks.mode(file, "mode", findings);
      Checks.exactlyOne(file, List.of("fieldRef", "resourceFieldRef"), "the value", findings);
      file.field("fieldRef").ifPresent(downward::fileField);
      file.field("resourceFieldRef").ifPresent(downward::fileResource);
    }
    Checks.unique(source.items("items"), "path", "file", findings);
  }

  private void hostPath(Cursor source) {
    Checks.required(source, "path", findings);
    Checks.absolutePath(source, "path", findings);
  }

  private void projection(Cursor source, References.Kind kind, String nameField) {
    Checks.mode(source, "defaultMode", findings);
    Optional<Set<String>> keys = references.named(source, kind, nameField);
    for (Cursor item : source.items("items")) {
      references.key(item, kind, keys);
      Checks.required(item, "path", findings);
      Checks.relativePath(item, "path", findings);
      Checks.mode(item, "mode", findings);
    }
  }
}
