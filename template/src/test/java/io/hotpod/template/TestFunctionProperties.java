package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

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

/** What holds for functions whatever they are given. */
final class TestFunctionProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static JsonNode call(Language.Function function, JsonNode argument)
      throws FunctionException {
    return PlainFunctions.of(function, TemplateVersion.NEWEST)
        .orElseThrow()
        .apply(
            argument,
            new PlainFunction.Call(
                function.keyword(), TemplateVersion.NEWEST, characters -> {}, new WorkBudget()));
  }

  private static ArrayNode list(JsonNode... items) {
    ArrayNode list = NODES.arrayNode();
    List.of(items).forEach(list::add);
    return list;
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode list = NODES.arrayNode();
    texts.forEach(list::add);
    return list;
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().withChars("ab,").ofMaxLength(4).list().ofMinSize(1).ofMaxSize(6);
  }

  @Provide
  Arbitrary<JsonNode> values() {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            Arbitraries.integers().between(-1, 2).map(NODES::numberNode),
            Arbitraries.of(0.0, 1.0, 1.5).map(NODES::numberNode),
            Arbitraries.of(true, false).map(NODES::booleanNode),
            Arbitraries.of("", "a", "1").map(NODES::stringNode),
            Arbitraries.just(NODES.nullNode()));
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars.list().ofMaxSize(3).map(TestFunctionProperties::array),
        () ->
            Arbitraries.maps(Arbitraries.of("a", "b"), scalars)
                .ofMaxSize(2)
                .map(TestFunctionProperties::object));
  }

  private static JsonNode array(List<JsonNode> items) {
    ArrayNode array = NODES.arrayNode();
    items.forEach(array::add);
    return array;
  }

  private static JsonNode object(Map<String, JsonNode> entries) {
    ObjectNode object = NODES.objectNode();
    entries.forEach(object::set);
    return object;
  }

  @Provide
  Arbitrary<JsonNode> lists() {
    return values().list().ofMaxSize(6).map(TestFunctionProperties::array);
  }

  @Provide
  Arbitrary<JsonNode> maps() {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), values())
        .ofMaxSize(4)
        .map(TestFunctionProperties::object);
  }

  @Property
  void splittingUndoesJoining(@ForAll("words") List<String> words) throws FunctionException {
    JsonNode joined = call(Language.Function.LIST_JOIN, list(text("|"), texts(words)));
    assertThat(call(Language.Function.STR_SPLIT, list(text("|"), joined))).isEqualTo(texts(words));
  }

  private static JsonNode text(String text) {
    return NODES.stringNode(text);
  }

  @Property
  void mergingIsAssociative(
      @ForAll("maps") JsonNode a, @ForAll("maps") JsonNode b, @ForAll("maps") JsonNode c)
      throws FunctionException {
    Language.Function merge = Language.Function.MAP_MERGE;
    JsonNode left = call(merge, list(call(merge, list(a, b)), c));
    JsonNode right = call(merge, list(a, call(merge, list(b, c))));
    assertThat(left).isEqualTo(right).isEqualTo(call(merge, list(a, b, c)));
  }

  @Property
  void concatenatingIsAssociative(
      @ForAll("lists") JsonNode a, @ForAll("lists") JsonNode b, @ForAll("lists") JsonNode c)
      throws FunctionException {
    for (Language.Function concat :
        List.of(Language.Function.LIST_CONCAT, Language.Function.LIST_CONCAT_UNIQUE)) {
      JsonNode left = call(concat, list(call(concat, list(a, b)), c));
      JsonNode right = call(concat, list(a, call(concat, list(b, c))));
      assertThat(left).isEqualTo(right);
    }
  }

  @Property
  void uniqueKeepsOneOfEachAndNothingElse(@ForAll("lists") JsonNode list) throws FunctionException {
    JsonNode unique = call(Language.Function.LIST_CONCAT_UNIQUE, list(list));
    assertThat(call(Language.Function.LIST_CONCAT_UNIQUE, list(unique))).isEqualTo(unique);
    for (JsonNode item : list) {
      assertThat(call(Language.Function.CONTAINS, list(item, unique)))
          .isEqualTo(NODES.booleanNode(true));
    }
    for (JsonNode item : unique) {
      assertThat(unique.valueStream().filter(other -> PythonEquality.equal(item, other)))
          .hasSize(1);
    }
  }

  @Property
  void filteringLeavesNothingUnwantedAndAllElse(
      @ForAll("lists") JsonNode unwanted, @ForAll("lists") JsonNode list) throws FunctionException {
    JsonNode left = call(Language.Function.FILTER, list(unwanted, list));
    List<JsonNode> expected =
        list.valueStream()
            .filter(
                item ->
                    unwanted.valueStream().noneMatch(value -> PythonEquality.equal(value, item)))
            .toList();
    assertThat(left).isEqualTo(array(expected));
  }

  @Property
  void equalValuesHaveEqualHashes(
      @ForAll("values") JsonNode left, @ForAll("values") JsonNode right) {
    PythonKey key = new PythonKey(left);
    PythonKey other = new PythonKey(right);
    assertThat(key.equals(other)).isEqualTo(other.equals(key));
    if (key.equals(other)) {
      assertThat(key.hashCode()).isEqualTo(other.hashCode());
    }
  }

  @Property
  void renamingBackUndoesRenaming(@ForAll("maps") JsonNode map) throws FunctionException {
    JsonNode there = Templates.json("{keys: {a: x, b: y}}");
    JsonNode back = Templates.json("{keys: {x: a, y: b}}");
    JsonNode renamed = call(Language.Function.MAP_REPLACE, list(map, there));
    assertThat(call(Language.Function.MAP_REPLACE, list(renamed, back))).isEqualTo(map);
  }

  @Property
  void repeatMakesAnItemForEveryCombination(
      @ForAll("words") List<String> first, @ForAll("words") List<String> second)
      throws FunctionException {
    ObjectNode argument = NODES.objectNode();
    argument.put("template", "<1>/<2>");
    argument.putObject("for_each").set("<1>", texts(first)).set("<2>", texts(second));
    JsonNode repeated = call(Language.Function.REPEAT, argument);
    assertThat(repeated).hasSize(first.size() * second.size());
    assertThat(repeated.get(0).stringValue()).isEqualTo(first.getFirst() + "/" + second.getFirst());
    assertThat(repeated.get(repeated.size() - 1).stringValue())
        .isEqualTo(first.getLast() + "/" + second.getLast());
  }
}
