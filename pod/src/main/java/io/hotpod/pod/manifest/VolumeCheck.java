package io.hotpod.pod.manifest;

import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The volumes of a pod. */
final class VolumeCheck {
  private final References references;
  private final Findings findings;

  VolumeCheck(References references, Findings findings) {
    this.references = references;
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
