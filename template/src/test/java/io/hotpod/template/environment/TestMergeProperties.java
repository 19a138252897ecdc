package io.hotpod.template.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.template.ParameterType;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Which file was merged first makes no difference, as long as the order stays. */
final class TestMergeProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static JsonNode join(MergeStrategy strategy, ParameterType type, JsonNode a, JsonNode b) {
    try {
      return new ParameterMerge(strategy).merge("p", type, a, b);
    } catch (UnmergeableException refused) {
      throw new AssertionError(refused);
    }
  }

  private static void associative(
      MergeStrategy strategy, ParameterType type, JsonNode a, JsonNode b, JsonNode c) {
    assertThat(join(strategy, type, join(strategy, type, a, b), c))
        .isEqualTo(join(strategy, type, a, join(strategy, type, b, c)));
  }

  @Property
  void textsAndNumbers(
      @ForAll MergeStrategy strategy,
      @ForAll String a,
      @ForAll String b,
      @ForAll String c,
      @ForAll int x,
      @ForAll int y,
      @ForAll int z) {
    associative(
        strategy,
        ParameterType.STRING,
        NODES.stringNode(a),
        NODES.stringNode(b),
        NODES.stringNode(c));
    associative(
        strategy,
        ParameterType.NUMBER,
        NODES.numberNode(x),
        NODES.numberNode(y),
        NODES.numberNode(z));
  }

  @Property
  void lists(
      @ForAll MergeStrategy strategy,
      @ForAll List<String> a,
      @ForAll List<String> b,
      @ForAll List<String> c) {
    associative(strategy, ParameterType.COMMA_DELIMITED_LIST, list(a), list(b), list(c));
    associative(strategy, ParameterType.JSON, list(a), list(b), list(c));
  }

  @Property
  void maps(
      @ForAll MergeStrategy strategy,
      @ForAll("trees") JsonNode a,
      @ForAll("trees") JsonNode b,
      @ForAll("trees") JsonNode c) {
    associative(strategy, ParameterType.JSON, a, b, c);
  }

  @Property
  void nothingIsChangedByIt(@ForAll("trees") JsonNode a, @ForAll("trees") JsonNode b) {
    JsonNode before = a.deepCopy();
    JsonNode after = b.deepCopy();

    join(MergeStrategy.DEEP_MERGE, ParameterType.JSON, a, b);

    assertThat(a).isEqualTo(before);
    assertThat(b).isEqualTo(after);
  }

  private static ArrayNode list(List<String> items) {
    ArrayNode list = NODES.arrayNode();
    items.forEach(list::add);
    return list;
  }

  /** Maps whose keys say what stands under them, so that like always meets like. */
  @Provide
  Arbitrary<JsonNode> trees() {
    return tree(2).map(node -> node);
  }

  private static Arbitrary<ObjectNode> tree(int depth) {
    Arbitrary<JsonNode> text = Arbitraries.strings().alpha().ofMaxLength(3).map(NODES::stringNode);
    Arbitrary<JsonNode> items =
        Arbitraries.strings().alpha().ofMaxLength(2).list().ofMaxSize(2).map(found -> list(found));
    Arbitrary<Map<String, JsonNode>> leaves =
        Arbitraries.maps(Arbitraries.of("text1", "text2"), text).ofMaxSize(2);
    Arbitrary<Map<String, JsonNode>> lists =
        Arbitraries.maps(Arbitraries.of("list1", "list2"), items).ofMaxSize(2);
    Arbitrary<Map<String, JsonNode>> maps =
        depth == 0
            ? Arbitraries.just(Map.of())
            : Arbitraries.maps(
                    Arbitraries.of("map1", "map2"), tree(depth - 1).map(node -> (JsonNode) node))
                .ofMaxSize(2);
    return net.jqwik.api.Combinators.combine(leaves, lists, maps)
        .as(
            (one, two, three) -> {
              ObjectNode object = NODES.objectNode();
              one.forEach(object::set);
              two.forEach(object::set);
              three.forEach(object::set);
              return object;
            });
  }
}
