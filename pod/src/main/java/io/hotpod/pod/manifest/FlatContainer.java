package io.hotpod.pod.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.document.Location;
import io.hotpod.document.MappingNode;
import io.hotpod.document.Node;
import io.hotpod.document.SequenceNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One container of the flat form, made into a v1 container. */
final class FlatContainer {
  /** Flat name to v1 name, of fields whose values need no change. */
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("name", "name"),
          Map.entry("image", "image"),
          Map.entry("entrypoint", "command"),
          Map.entry("command", "args"),
          Map.entry("workingDir", "workingDir"),
          Map.entry("resources", "resources"),
          Map.entry("lifecycle", "lifecycle"),
          Map.entry("terminationMessagePath", "terminationMessagePath"),
          Map.entry("securityContext", "securityContext"));

  private static final List<String> CHANGED =
      List.of(
          "ports",
          "env",
          "volumeMounts",
          "livenessProbe",
          "readinessProbe",
          "imagePullPolicy",
          "cpu",
          "memory",
          "privileged",
          "capabilities");
  private static final Map<String, String> PULL_POLICIES =
      Map.of("PullAlways", "Always", "PullIfNotPresent", "IfNotPresent", "PullNever", "Never");

  private final Findings findings;
  private final BiFunction<Cursor, Node, Node> moved;
  private final List<MappingNode.Entry> limits = new ArrayList<>();
  private final List<MappingNode.Entry> security = new ArrayList<>();

  /**
   * @param moved notes that a node stood at a place of the flat form, and gives the node
   */
  FlatContainer(Findings findings, BiFunction<Cursor, Node, Node> moved) {
    this.findings = findings;
    this.moved = moved;
  }

  Node container(Cursor container) {
    List<MappingNode.Entry> entries = new ArrayList<>();
    for (Cursor field : container.fields()) {
      convert(container, field).ifPresent(entries::add);
    }
    gather("resources", limits, container, entries);
    gather("securityContext", security, container, entries);
    return moved.apply(container, new MappingNode(entries, container.node().location()));
  }

  private Optional<MappingNode.Entry> convert(Cursor container, Cursor field) {
    String renamed = RENAMED.get(field.name());
    if (renamed != null) {
      return Optional.of(entry(renamed, field, field.node()));
    }
    return switch (field.name()) {
      case "ports" -> Optional.of(entry("ports", field, each(field, this::port)));
      case "env" -> Optional.of(entry("env", field, each(field, this::variable)));
      case "volumeMounts" -> Optional.of(entry("volumeMounts", field, each(field, this::mount)));
      case "livenessProbe", "readinessProbe" ->
          Optional.of(entry(field.name(), field, probe(field)));
      case "imagePullPolicy" ->
          Optional.of(
              entry(
                  "imagePullPolicy",
                  field,
                  replaced(field, text -> PULL_POLICIES.getOrDefault(text, text))));
      case "cpu", "memory" -> limit(field);
      case "privileged", "capabilities" -> {
        security.add(entry(field.name(), field, field.node()));
        yield Optional.empty();
      }
      default -> {
        unknown(container, field);
        yield Optional.empty();
      }
    };
  }

  /** Thousandths of a core, or bytes; 0 means no limit. */
  private Optional<MappingNode.Entry> limit(Cursor field) {
    Optional<Long> amount = field.whole();
    if (amount.isEmpty()) {
      limits.add(entry(field.name(), field, field.node()));
    } else if (amount.get() != 0) {
      String text = amount.get() + (field.name().equals("cpu") ? "m" : "");
      limits.add(entry(field.name(), field, Located.text(text, field.node().location())));
    }
    return Optional.empty();
  }

  private void gather(
      String name,
      List<MappingNode.Entry> parts,
      Cursor container,
      List<MappingNode.Entry> entries) {
    if (parts.isEmpty()) {
      return;
    }
    Optional<Cursor> given = container.field(name);
    if (given.isPresent()) {
      findings.error(
          given.get(),
          "\"" + name + "\" and \"" + parts.getFirst().key() + "\" exclude each other",
          "say it in " + name);
      return;
    }
    Optional<Location> place = parts.getFirst().keyLocation();
    Node gathered = moved.apply(container, new MappingNode(parts, place));
    if (name.equals("resources")) {
      gathered =
          moved.apply(
              container,
              new MappingNode(List.of(new MappingNode.Entry("limits", place, gathered)), place));
    }
    entries.add(new MappingNode.Entry(name, place, gathered));
  }

  private Node port(Cursor port) {
    return rewritten(
        port,
        field ->
            Optional.of(
                field.name().equals("protocol")
                    ? entry(
                        "protocol", field, replaced(field, text -> text.toUpperCase(Locale.ROOT)))
                    : entry(field.name(), field, field.node())));
  }

  private Node variable(Cursor variable) {
    boolean named = variable.field("name").isPresent();
    return rewritten(
        variable,
        field ->
            field.name().equals("key")
                ? Optional.of(entry("name", field, field.node())).filter(entry -> !named)
                : Optional.of(entry(field.name(), field, field.node())));
  }

  private Node mount(Cursor mount) {
    boolean placed = mount.field("mountPath").isPresent();
    return rewritten(
        mount,
        field ->
            switch (field.name()) {
              case "path" ->
                  Optional.of(entry("mountPath", field, field.node())).filter(entry -> !placed);
              case "mountType" -> {
                if (field.text().filter("LOCAL"::equalsIgnoreCase).isEmpty()) {
                  findings.error(
                      field, "this mountType is not supported", "use a volume with hostDir");
                }
                yield Optional.empty();
              }
              default -> Optional.of(entry(field.name(), field, field.node()));
            });
  }

  /** Early manifests said the kind of probe beside its handler. */
  private Node probe(Cursor probe) {
    return probe.node() instanceof MappingNode
        ? rewritten(
            probe,
            field ->
                Optional.of(entry(field.name(), field, field.node()))
                    .filter(entry -> !field.name().equals("type")))
        : moved.apply(probe, probe.node());
  }

  private Node rewritten(Cursor map, Function<Cursor, Optional<MappingNode.Entry>> rewrite) {
    List<MappingNode.Entry> entries =
        map.fields().stream().flatMap(field -> rewrite.apply(field).stream()).toList();
    return moved.apply(map, new MappingNode(entries, map.node().location()));
  }

  private Node replaced(Cursor field, Function<String, String> replace) {
    return field
        .text()
        .map(text -> Located.text(replace.apply(text), field.node().location()))
        .orElse(field.node());
  }

  private Node each(Cursor list, Function<Cursor, Node> convert) {
    if (!(list.node() instanceof SequenceNode)) {
      return list.node();
    }
    List<Node> items = new ArrayList<>();
    for (Cursor item : list.items()) {
      items.add(item.node() instanceof MappingNode ? convert.apply(item) : item.node());
    }
    return new SequenceNode(items, list.node().location());
  }

  private MappingNode.Entry entry(String name, Cursor field, Node value) {
    return new MappingNode.Entry(name, field.key(), moved.apply(field, value));
  }

  private void unknown(Cursor container, Cursor field) {
    if (ModelFields.of(Container.class).containsKey(field.name())) {
      findings.fieldError(
          field,
          "the flat form has no field \"" + field.name() + "\"",
          Optional.of("write the manifest as apiVersion: v1, kind: Pod"));
      return;
    }
    List<String> known = new ArrayList<>(RENAMED.keySet());
    known.addAll(CHANGED);
    findings.unknownField(container, field, known);
  }
}
