package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the flat container manifest of Kubernetes v1beta1 and v1beta2 into the nodes of a v1 Pod,
 * by the rules of the conversion that Kubernetes itself made: {@code entrypoint} became {@code
 * command}, and {@code command} became {@code args}. Every node keeps its place and its path in the
 * flat form.
 */
final class FlatManifest {
  private static final List<String> FIELDS =
      List.of(
          "version",
          "id",
          "uuid",
          "containers",
          "volumes",
          "restartPolicy",
          "dnsPolicy",
          "hostNetwork");
  private static final Map<String, String> RESTART_POLICIES =
      Map.of("always", "Always", "onFailure", "OnFailure", "never", "Never");

  private final Findings findings;
  private final IdentityHashMap<Node, String> paths = new IdentityHashMap<>();

  FlatManifest(Findings findings) {
    this.findings = findings;
  }

  /** A v1 Pod whose paths are those of the flat form. */
  Cursor convert(MappingNode manifest) {
    Cursor root = Cursor.root(manifest, new IdentityHashMap<>());
    List<MappingNode.Entry> metadata = new ArrayList<>();
    List<MappingNode.Entry> spec = new ArrayList<>();
    for (Cursor field : root.fields()) {
      switch (field.name()) {
        case "version" -> {}
        case "id" -> metadata.add(entry("name", field, keep(field)));
        case "uuid" ->
            findings.fieldError(
                field, "\"uuid\" is given by the instance; leave it out", Optional.empty());
        case "containers" -> spec.add(entry("containers", field, each(field, this::container)));
        case "volumes" -> spec.add(entry("volumes", field, each(field, this::volume)));
        case "restartPolicy" -> spec.add(entry("restartPolicy", field, restartPolicy(field)));
        case "dnsPolicy", "hostNetwork" -> spec.add(entry(field.name(), field, keep(field)));
        default -> findings.unknownField(root, field, FIELDS);
      }
    }
    if (root.field("id").isEmpty()) {
      if (!findings.isMisspelt(root, "id")) {
        findings.error(root, "\"id\" is missing", "give the pod a name: id: NAME");
      }
      metadata.add(
          new MappingNode.Entry(
              "name", manifest.location(), Located.text("unnamed", manifest.location())));
    }
    List<MappingNode.Entry> pod = new ArrayList<>();
    pod.add(fixed("apiVersion", "v1", manifest));
    pod.add(fixed("kind", "Pod", manifest));
    pod.add(part("metadata", metadata, manifest));
    pod.add(part("spec", spec, manifest));
    MappingNode converted = new MappingNode(pod, manifest.location());
    paths.put(converted, "");
    return Cursor.root(converted, paths);
  }

  private Node container(Cursor container) {
    return new FlatContainer(findings, this::moved).container(container);
  }

  private Node volume(Cursor volume) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    for (Cursor field : volume.fields()) {
      if (field.name().equals("source") && field.node() instanceof MappingNode) {
        field.fields().forEach(source -> entries.add(source(source)));
      } else if (field.name().equals("name")) {
        entries.add(entry("name", field, keep(field)));
      } else if (!field.isNull()) {
        entries.add(source(field));
      }
    }
    return moved(volume, new MappingNode(entries, volume.node().location()));
  }

  private MappingNode.Entry source(Cursor source) {
    return switch (source.name()) {
      case "hostDir" -> entry("hostPath", source, keep(source));
      case "persistentDisk" -> entry("gcePersistentDisk", source, keep(source));
      case "secret" -> entry("secret", source, secret(source));
      default -> entry(source.name(), source, keep(source));
    };
  }

  private Node secret(Cursor source) {
    Optional<Cursor> target = source.field("target");
    if (target.isEmpty()) {
      return keep(source);
    }
    List<MappingNode.Entry> entries =
        target.get().fields().stream()
            .filter(field -> !List.of("kind", "apiVersion", "namespace").contains(field.name()))
            .map(
                field ->
                    entry(
                        field.name().equals("name") ? "secretName" : field.name(),
                        field,
                        keep(field)))
            .toList();
    return moved(source, new MappingNode(entries, source.node().location()));
  }

  private Node restartPolicy(Cursor field) {
    Optional<String> name = field.text();
    if (field.node() instanceof MappingNode mapping && mapping.entries().size() == 1) {
      name = Optional.of(mapping.entries().getFirst().key());
    }
    Optional<String> policy = name.map(given -> RESTART_POLICIES.getOrDefault(given, given));
    return policy
        .map(text -> moved(field, Located.text(text, field.node().location())))
        .orElseGet(() -> keep(field));
  }

  /** Converts each item that is a map; whatever else stands there is for others to refuse. */
  private Node each(Cursor list, Function<Cursor, Node> convert) {
    if (!(list.node() instanceof SequenceNode)) {
      return keep(list);
    }
    List<Node> items = new ArrayList<>();
    for (Cursor item : list.items()) {
      items.add(item.node() instanceof MappingNode ? convert.apply(item) : keep(item));
    }
    return moved(list, new SequenceNode(items, list.node().location()));
  }

  private Node keep(Cursor field) {
    return moved(field, field.node());
  }

  private Node moved(Cursor from, Node to) {
    paths.put(to, from.path());
    return to;
  }

  private static MappingNode.Entry entry(String name, Cursor field, Node value) {
    return new MappingNode.Entry(name, field.key(), value);
  }

  private static MappingNode.Entry fixed(String name, String value, MappingNode at) {
    return new MappingNode.Entry(name, at.location(), Located.text(value, at.location()));
  }

  private MappingNode.Entry part(String name, List<MappingNode.Entry> entries, MappingNode at) {
    MappingNode part = new MappingNode(entries, at.location());
    paths.put(part, "");
    return new MappingNode.Entry(name, at.location(), part);
  }
}
