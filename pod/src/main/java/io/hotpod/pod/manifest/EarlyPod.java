package io.hotpod.pod.manifest;

import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Moves the few fields of a v1beta3 Pod that v1 has elsewhere: {@code host} became {@code
 * nodeName}, and {@code privileged} and {@code capabilities} of a container went into its security
 * context.
 */
final class EarlyPod {
  private static final Set<String> SECURITY = Set.of("privileged", "capabilities");

  private final IdentityHashMap<Node, String> paths = new IdentityHashMap<>();

  /** A v1 Pod whose paths are those of the v1beta3 Pod. */
  Cursor convert(Cursor root) {
    Node pod =
        with(
            root,
            "spec",
            spec ->
                with(
                    renamed(spec, "host", "nodeName"),
                    "containers",
                    list -> each(list, this::container)));
    return Cursor.root(pod, paths);
  }

  private Node container(Cursor container) {
    if (container.fields().stream().noneMatch(field -> SECURITY.contains(field.name()))) {
      return container.node();
    }
    List<MappingNode.Entry> rest = new ArrayList<>();
    List<MappingNode.Entry> security = new ArrayList<>();
    Optional<Cursor> context = container.field("securityContext");
    context.stream().flatMap(given -> given.fields().stream()).forEach(f -> security.add(entry(f)));
    for (Cursor field : container.fields()) {
      if (SECURITY.contains(field.name())) {
        paths.put(field.node(), field.path());
        if (context.flatMap(given -> given.field(field.name())).isEmpty()) {
          security.add(entry(field));
        }
      } else if (!field.name().equals("securityContext")) {
        rest.add(entry(field));
      }
    }
    rest.add(
        new MappingNode.Entry(
            "securityContext", container.key(), new MappingNode(security, container.key())));
    return new MappingNode(rest, container.node().location());
  }

  private Node each(Cursor list, Function<Cursor, Node> convert) {
    if (!(list.node() instanceof SequenceNode)) {
      return list.node();
    }
    List<Node> items = list.items().stream().map(convert).toList();
    return new SequenceNode(items, list.node().location());
  }

  private Cursor renamed(Cursor map, String from, String to) {
    map.field(from).ifPresent(field -> paths.put(field.node(), field.path()));
    return changed(
        map,
        entry ->
            entry.key().equals(from)
                ? new MappingNode.Entry(to, entry.keyLocation(), entry.value())
                : entry);
  }

  private Node with(Cursor map, String name, Function<Cursor, Node> convert) {
    Optional<Cursor> field = map.field(name);
    return field.isEmpty()
        ? map.node()
        : changed(
                map,
                entry ->
                    entry.key().equals(name)
                        ? new MappingNode.Entry(
                            name, entry.keyLocation(), convert.apply(field.get()))
                        : entry)
            .node();
  }

  private static Cursor changed(Cursor map, UnaryOperator<MappingNode.Entry> change) {
    if (!(map.node() instanceof MappingNode mapping)) {
      return map;
    }
    Node changed =
        new MappingNode(mapping.entries().stream().map(change).toList(), mapping.location());
    return new Cursor(map.name(), changed, map.path(), map.key(), map.paths());
  }

  private static MappingNode.Entry entry(Cursor field) {
    return new MappingNode.Entry(field.name(), field.key(), field.node());
  }
}
