package io.hotpod.agent.reconcile;

import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Manifests with everything that a manifest can have, of which something is wrong somewhere. */
final class Malformed {
  private static final Path WHOLE = Path.of("../pod/src/test/resources/manifests");
  private static final List<JsonNode> JUNK =
      List.of(
              "null",
              "1",
              "-1",
              "1.5",
              "\"\"",
              "\"../../etc\"",
              "[]",
              "{}",
              "[null]",
              "{\"a\":null}",
              "\"a/b\"",
              "true",
              "\"1x\"",
              "\"1e999999\"",
              "\"\\u0000\"")
          .stream()
          .map(text -> PodJson.read(text, JsonNode.class))
          .toList();

  /** Places that each part begins with: its metadata, and the container that all have. */
  private static final int COMMON = 7;

  private Malformed() {}

  /**
   * Each kind of junk in each place of each manifest, and then two of them at once in places that
   * are the same in every run.
   *
   * @param count at least so many that there is one for each place
   */
  static List<String> manifests(int count) {
    List<String> manifests = new ArrayList<>();
    List<JsonNode> wholes = new ArrayList<>(parts(read("v1-full.expected.json")));
    wholes.addAll(parts(read("v1-whole.expected.json")));
    for (JsonNode whole : wholes) {
      for (int place = manifests.isEmpty() ? 0 : COMMON; place < places(whole); place++) {
        for (JsonNode junk : JUNK) {
          JsonNode manifest = whole.deepCopy();
          plant(manifest, place, junk.deepCopy());
          manifests.add(manifest.toString());
        }
      }
    }
    if (manifests.size() > count) {
      throw new IllegalArgumentException("there are " + manifests.size() + " places");
    }
    Random random = new Random(7);
    while (manifests.size() < count) {
      JsonNode manifest = wholes.get(random.nextInt(wholes.size())).deepCopy();
      for (int i = 0; i < 2; i++) {
        JsonNode junk = JUNK.get(random.nextInt(JUNK.size()));
        plant(manifest, random.nextInt(places(manifest)), junk.deepCopy());
      }
      manifests.add(manifest.toString());
    }
    return manifests;
  }

  /** Each thing that a manifest has, in a manifest of its own that has little else. */
  private static List<JsonNode> parts(JsonNode whole) {
    List<JsonNode> parts = new ArrayList<>();
    ObjectNode named = (ObjectNode) part("restartPolicy", StringNode.valueOf("Always"));
    parts.add(named.set("metadata", whole.path("metadata")));
    for (Map.Entry<String, JsonNode> field : whole.path("spec").properties()) {
      boolean containers = field.getKey().endsWith("ontainers");
      if (!field.getValue().isArray()) {
        parts.add(part(field.getKey(), field.getValue()));
        continue;
      }
      for (JsonNode item : field.getValue()) {
        if (!containers) {
          parts.add(part(field.getKey(), PodJson.toTree(List.of(item))));
          continue;
        }
        for (Map.Entry<String, JsonNode> own : item.properties()) {
          ObjectNode container = container();
          container.set(own.getKey(), own.getValue());
          parts.add(part(field.getKey(), PodJson.toTree(List.of(container))));
        }
      }
    }
    return parts;
  }

  private static JsonNode part(String field, JsonNode value) {
    ObjectNode pod = JsonNodeFactory.instance.objectNode();
    pod.putObject("metadata").put("name", "web");
    ObjectNode spec = pod.putObject("spec");
    spec.putArray("containers").add(container().put("name", "other"));
    spec.set(field, value);
    return pod;
  }

  private static ObjectNode container() {
    return JsonNodeFactory.instance.objectNode().put("name", "web").put("image", "x");
  }

  private static JsonNode read(String name) {
    try {
      return PodJson.read(Files.readString(WHOLE.resolve(name)), JsonNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int places(JsonNode tree) {
    int places = tree.size();
    for (JsonNode child : tree) {
      places += places(child);
    }
    return places;
  }

  /** Counts in the order of the text; a place is a member of a map or an item of a list. */
  private static void plant(JsonNode tree, int place, JsonNode junk) {
    int left = place;
    for (int index = 0; index < tree.size(); index++) {
      JsonNode child = child(tree, index);
      if (left == 0) {
        switch (tree) {
          case ObjectNode object ->
              object.set(new ArrayList<>(object.propertyNames()).get(index), junk);
          case ArrayNode array -> array.set(index, junk);
          default -> throw new IllegalStateException("no places in " + tree);
        }
        return;
      }
      left--;
      int below = places(child);
      if (left < below) {
        plant(child, left, junk);
        return;
      }
      left -= below;
    }
  }

  private static JsonNode child(JsonNode tree, int index) {
    return new ArrayList<>(tree.values()).get(index);
  }
}
