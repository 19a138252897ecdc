package io.hotpod.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.document.Problem;
import io.hotpod.document.RepeatedKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/** What holds for every template. */
final class TestTemplateProperties {
  private static final String SEED =
      """
      heat_template_version: 2021-04-16
      description: All of the language
      parameter_groups: [{label: L, parameters: [p]}]
      parameters:
        p: {type: string, default: abc, constraints: [{length: {min: 1}}, {allowed_pattern: "[a-c]+"}]}
        n: {type: number, default: 4, constraints: [{range: {min: 1}}, {modulo: {step: 2, offset: 0}}]}
        l: {type: comma_delimited_list, default: "a,b", constraints: [{allowed_values: [a, b]}]}
        j: {type: json, default: {k: [1]}}
        b: {type: boolean, default: on}
      conditions:
        c: {equals: [{get_param: n}, 4]}
        d: {and: [c, {not: {get_param: b}}]}
      resources:
        a: &a
          type: OS::Heat::Value
          depends_on: [z]
          condition: {or: [c, d]}
          deletion_policy: Retain
          metadata: {m: {get_attr: [z, x]}}
          properties:
            v: {str_replace: {template: "x y", params: {x: {get_param: [j, k, 0]}}}}
            w: {list_join: [",", {get_param: l}, [{get_file: f}]]}
            u: {if: [d, {get_resource: z}, [{get_attr: [z, a, 0]}]]}
        z: {<<: *a, depends_on: []}
      outputs:
        o: {value: {get_attr: [a]}, condition: c}
      """;

  private static final List<String> TOKENS =
      List.of(
          "get_param",
          "get_resource",
          "get_attr",
          "get_file",
          "str_replace",
          "list_join",
          "if",
          "equals",
          "not",
          "and",
          "or",
          "yaql",
          "repeat",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "\n",
          "  ",
          "null",
          "true",
          "1",
          "-1",
          "a",
          "z",
          "c",
          "d",
          "p",
          "j",
          "*a",
          "&a",
          "<<",
          "\"",
          "type",
          "properties",
          "condition",
          "depends_on",
          "2013-05-23",
          "é",
          "\t",
          "!x ",
          "- ");

  /** Both resources of the seed exist. */
  private static final ResourceView MADE =
      MapView.of(
          "{a: {id: 1, attributes: {x: 1, a: [2]}}, z: {id: 2, attributes: {x: 1, a: [2]}}}");

  /** One change of the seed: some characters replaced by a token. */
  record Mutation(int position, int length, String token) {}

  @Provide
  Arbitrary<List<Mutation>> mutations() {
    Arbitrary<Integer> positions = Arbitraries.integers().between(0, SEED.length());
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 12);
    return positions
        .flatMap(
            position ->
                lengths.flatMap(
                    length ->
                        Arbitraries.of(TOKENS).map(token -> new Mutation(position, length, token))))
        .list()
        .ofMinSize(0)
        .ofMaxSize(4);
  }

  private static String changed(List<Mutation> mutations) {
    StringBuilder text = new StringBuilder(SEED);
    for (Mutation mutation : mutations) {
      int start = Math.min(mutation.position(), text.length());
      text.replace(start, Math.min(text.length(), start + mutation.length()), mutation.token());
    }
    return text.toString();
  }

  @Property(tries = 2000)
  void aTemplateIsReadOrRefusedWithPlaces(@ForAll("mutations") List<Mutation> mutations) {
    Template template;
    try {
      template = Templates.parse(changed(mutations), Map.of("f", "content"));
    } catch (DocumentException refused) {
      assertThat(refused.problems()).allMatch(problem -> problem.location().isPresent());
      return;
    }
    try {
      TemplateInstance instance =
          template.instantiate(Parameters.forValidation(template, Map.of(), Templates.PSEUDO));
      assertThat(instance.order())
          .containsExactlyInAnyOrderElementsOf(instance.resources().keySet());
      for (ResourceView view : List.of(ResourceView.NOTHING, MADE)) {
        instance.resources().keySet().forEach(name -> instance.properties(name, view));
        instance.resources().keySet().forEach(name -> instance.metadata(name, view));
        instance.outputs().keySet().forEach(name -> instance.output(name, view));
      }
    } catch (DocumentException refused) {
      assertThat(refused.problems()).isNotEmpty();
    }
  }

  /** What the API answers when it is asked for the template of a stack. */
  @Property(tries = 2000)
  void printedAsJsonItIsTheSameTemplate(@ForAll("mutations") List<Mutation> mutations) {
    String text = changed(mutations);
    DocumentReader reader = new DocumentReader(Limits.DEFAULT, RepeatedKeys.LAST_COUNTS);
    Template template;
    JsonNode printed;
    try {
      template = Templates.parse(text, Map.of("f", "content"));
      printed = reader.read("t", text).toJson();
    } catch (DocumentException refused) {
      return;
    }
    assertThat(reader.read("t", printed.toString()).toJson()).isEqualTo(printed);
    Template again = Templates.parse(printed.toString(), Map.of("f", "content"));
    assertThat(again.parameters().keySet()).isEqualTo(template.parameters().keySet());
    assertThat(values(again)).isEqualTo(values(template));
  }

  /**
   * All that a template comes to once everything is made, or what is wrong with it. Problems are
   * told in the order of their places, and what a merge key shares has other places once printed.
   */
  private static List<Object> values(Template template) {
    List<Object> values = new ArrayList<>();
    try {
      TemplateInstance instance =
          template.instantiate(Parameters.forValidation(template, Map.of(), Templates.PSEUDO));
      values.add(instance.order());
      for (String name : instance.order()) {
        values.add(instance.properties(name, MADE));
        values.add(instance.metadata(name, MADE));
      }
      instance.outputs().keySet().forEach(name -> values.add(instance.output(name, MADE)));
    } catch (DocumentException refused) {
      values.add(refused.problems().stream().map(Problem::message).sorted().toList());
    }
    return values;
  }

  /** Whoever asks first: what one part comes to does not depend on what was worked out before. */
  @Property(tries = 2000)
  void theOrderOfResolvingChangesNoResult(@ForAll("mutations") List<Mutation> mutations) {
    Template template;
    TemplateInstance first;
    TemplateInstance second;
    try {
      template = Templates.parse(changed(mutations), Map.of("f", "content"));
      Parameters parameters = Parameters.forValidation(template, Map.of(), Templates.PSEUDO);
      first = template.instantiate(parameters);
      second = template.instantiate(parameters);
    } catch (DocumentException refused) {
      return;
    }
    List<String> parts = new ArrayList<>();
    first.order().forEach(name -> parts.addAll(List.of("properties " + name, "metadata " + name)));
    first.outputs().keySet().forEach(name -> parts.add("output " + name));
    Map<String, Object> forwards = new LinkedHashMap<>();
    parts.forEach(part -> forwards.put(part, result(first, part)));
    Map<String, Object> backwards = new LinkedHashMap<>();
    parts.reversed().forEach(part -> backwards.put(part, result(second, part)));
    assertThat(backwards).isEqualTo(forwards);
  }

  private static Object result(TemplateInstance instance, String part) {
    String name = part.substring(part.indexOf(' ') + 1);
    try {
      return part.startsWith("properties ")
          ? instance.properties(name, MADE)
          : part.startsWith("metadata ")
              ? instance.metadata(name, MADE)
              : instance.output(name, MADE);
    } catch (DocumentException refused) {
      return refused.problems().stream().map(problem -> problem.message()).toList();
    }
  }

  @Provide
  Arbitrary<List<List<Integer>>> graphs() {
    return Arbitraries.integers()
        .between(0, 11)
        .list()
        .ofMaxSize(3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property
  void theOrderRespectsEveryDependencyOrThereIsACycle(@ForAll("graphs") List<List<Integer>> graph) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    for (int i = 0; i < graph.size(); i++) {
      Set<String> names = new LinkedHashSet<>();
      graph.get(i).forEach(number -> names.add("r" + number % graph.size()));
      needs.put("r" + i, names);
    }
    DependencyGraph result = DependencyGraph.of(needs);
    if (result.cycle().isEmpty()) {
      Set<String> done = new HashSet<>();
      for (String name : result.order()) {
        assertThat(done).containsAll(needs.getOrDefault(name, Set.of()));
        done.add(name);
      }
      assertThat(done).isEqualTo(needs.keySet());
    } else {
      List<String> cycle = result.cycle();
      assertThat(cycle.getFirst()).isEqualTo(cycle.getLast());
      for (int i = 0; i + 1 < cycle.size(); i++) {
        assertThat(needs.getOrDefault(cycle.get(i), Set.of())).contains(cycle.get(i + 1));
      }
    }
  }

  @Property
  void replacingNeverReadsWhatItPutIn(
      @ForAll("words") List<String> words, @ForAll("words") List<String> texts) {
    Map<String, String> swaps = new LinkedHashMap<>();
    words.forEach(word -> swaps.put(word, word + "<" + word + ">"));
    String text = String.join("-", texts);
    String replaced = new TextReplacer(swaps, count -> {}).replace(text);
    assertThat(replaced.replaceAll("<[ab]*>", "")).isEqualTo(text);
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3).list().ofMaxSize(5);
  }
}
