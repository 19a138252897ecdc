package io.hotpod.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Nodes;
import io.hotpod.pod.PodJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Nulls and junk in each single place of manifests that have everything. */
final class TestManifestJunk {
  private static final List<JsonNode> JUNK =
      List.of(
          NullNode.instance,
          PodJson.toTree("1x"),
          PodJson.toTree("1e999999"),
          PodJson.toTree(-1),
          PodJson.toTree(""),
          JsonNodeFactory.instance.arrayNode().add(NullNode.instance),
          JsonNodeFactory.instance.objectNode().set("a", NullNode.instance));

  static Stream<ManifestFixture> wholes() {
    return Stream.of("v1-full.yaml", "v1-whole.yaml").map(ManifestFixture::named);
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void junkAnywhereIsToldByItsPathOrMeansNothing(ManifestFixture fixture) {
    JsonNode whole = PodJson.read(fixture.expectedPod().orElseThrow(), JsonNode.class);
    Map<String, Integer> refused = new HashMap<>();
    plant(whole, whole, "", fixture.context(), refused);
    assertThat(refused.get("null")).isGreaterThan(50);
    assertThat(refused.get("\"1e999999\"")).isGreaterThan(50);
  }

  private static void plant(
      JsonNode whole,
      JsonNode at,
      String path,
      ManifestContext context,
      Map<String, Integer> refused) {
    List<String> names = new ArrayList<>(at.propertyNames());
    for (int index = 0; index < at.size(); index++) {
      String own =
          at.isArray()
              ? path + "[" + index + "]"
              : path.isEmpty() ? names.get(index) : path + "." + names.get(index);
      JsonNode right = at.isArray() ? at.get(index) : at.get(names.get(index));
      for (JsonNode junk : JUNK) {
        set(at, index, junk);
        Optional<List<String>> paths = problems(whole, context);
        if (paths.isPresent()) {
          refused.merge(junk.toString(), 1, Integer::sum);
        }
        if (at.isArray() && junk.isNull()) {
          assertThat(paths.orElse(List.of())).as("problems of a null").contains(own);
        }
      }
      set(at, index, right);
      plant(whole, right, own, context, refused);
    }
  }

  private static void set(JsonNode parent, int index, JsonNode value) {
    switch (parent) {
      case ObjectNode object -> object.set(List.copyOf(object.propertyNames()).get(index), value);
      case ArrayNode array -> array.set(index, value);
      default -> throw new IllegalArgumentException("no place for " + value);
    }
  }

  /** The paths of what is wrong; empty for a manifest that is accepted, and can then be written. */
  private static Optional<List<String>> problems(JsonNode manifest, ManifestContext context) {
    try {
      String written = PodJson.write(PodManifest.read(Nodes.of(manifest), context).pod());
      assertThat(written).doesNotContain("null");
      return Optional.empty();
    } catch (DocumentException e) {
      return Optional.of(e.problems().stream().map(problem -> problem.path()).toList());
    }
  }
}
