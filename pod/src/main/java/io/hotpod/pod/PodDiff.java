package io.hotpod.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What differs between two normalised pods, told so that people can read it. Pure. */
public final class PodDiff {
  /** What names an item of a list, by the list: the keys that Kubernetes merges lists by. */
  private static final Map<String, List<String>> ITEM_KEYS =
      Map.ofEntries(
          Map.entry("containers", List.of("name")),
          Map.entry("initContainers", List.of("name")),
          Map.entry("volumes", List.of("name")),
          Map.entry("env", List.of("name")),
          Map.entry("volumeMounts", List.of("mountPath")),
          Map.entry("ports", List.of("containerPort", "protocol")),
          Map.entry("hostAliases", List.of("ip")),
          Map.entry("items", List.of("path")),
          Map.entry("httpHeaders", List.of("name")),
          Map.entry("imagePullSecrets", List.of("name")),
          Map.entry("sysctls", List.of("name")),
          Map.entry("options", List.of("name")));

  private PodDiff() {}

  /**
   * The changes from one pod to another, in the order of the pods; empty when they are equal. The
   * annotation that carries the modification token does not count.
   */
  public static List<Change> between(Pod before, Pod after) {
    List<Change> changes = new ArrayList<>();
    compare("", PodJson.toTree(before), PodJson.toTree(after), changes);
    return List.copyOf(changes);
  }

  private static void compare(String path, JsonNode before, JsonNode after, List<Change> changes) {
    if (CanonicalJson.write(before).equals(CanonicalJson.write(after))) {
      return;
    }
    if (before.isObject() && after.isObject()) {
      Map<String, JsonNode> old = fields(path, before);
      Map<String, JsonNode> current = fields(path, after);
      for (String name : union(old.keySet(), current.keySet())) {
        pair(child(path, name), old.get(name), current.get(name), changes);
      }
      return;
    }
    Optional<Map<String, JsonNode>> old = named(path, before);
    Optional<Map<String, JsonNode>> current = named(path, after);
    if (old.isPresent() && current.isPresent()) {
      int soFar = changes.size();
      for (String name : union(old.get().keySet(), current.get().keySet())) {
        pair(path + "[" + name + "]", old.get().get(name), current.get().get(name), changes);
      }
      if (changes.size() == soFar) {
        changes.add(new Change(path, Change.Kind.REORDERED, Optional.empty(), Optional.empty()));
      }
      return;
    }
    changes.add(change(path, before, after));
  }

  private static void pair(
      String path, @Nullable JsonNode before, @Nullable JsonNode after, List<Change> changes) {
    if (before == null || after == null) {
      JsonNode none = MissingNode.getInstance();
      changes.add(change(path, before == null ? none : before, after == null ? none : after));
    } else {
      compare(path, before, after, changes);
    }
  }

  private static Change change(String path, JsonNode before, JsonNode after) {
    Change.Kind kind =
        before.isMissingNode()
            ? Change.Kind.ADDED
            : after.isMissingNode() ? Change.Kind.REMOVED : Change.Kind.CHANGED;
    return new Change(
        path, kind, HarmlessValues.shown(path, before), HarmlessValues.shown(path, after));
  }

  private static Map<String, JsonNode> fields(String path, JsonNode object) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    object.propertyStream().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    if (path.equals("metadata.annotations")) {
      fields.remove(ModificationToken.ANNOTATION);
    }
    return fields;
  }

  /** The items of a list by what names them; empty when something does not. */
  private static Optional<Map<String, JsonNode>> named(String path, JsonNode list) {
    List<String> keys = ITEM_KEYS.get(path.substring(path.lastIndexOf('.') + 1));
    if (keys == null || !list.isArray()) {
      return Optional.empty();
    }
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (JsonNode item : list) {
      String name =
          String.join("/", keys.stream().map(key -> item.path(key).asString("")).toList());
      if (name.isEmpty() || named.put(name, item) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(named);
  }

  private static Set<String> union(Set<String> first, Set<String> second) {
    Set<String> union = new LinkedHashSet<>(first);
    union.addAll(second);
    return union;
  }

  private static String child(String path, String name) {
    if (path.equals("metadata.labels") || path.equals("metadata.annotations")) {
      return path + "[" + name + "]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }
}
