package io.hotpod.template.environment;

import static io.hotpod.template.environment.Environments.merged;
import static io.hotpod.template.environment.Environments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.template.ParameterType;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;

final class TestEnvironmentLayers {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "overwrite|{text: a}|{text: b}|{text=\"b\"}",
        "merge|{text: a}|{text: b}|{text=\"ab\"}",
        "deep_merge|{text: a}|{text: b}|{text=\"ab\"}",
        "merge|{number: 1}|{number: 2}|{number=3}",
        "merge|{number: 1}|{number: 2.5}|{number=3.5}",
        "merge|{list: 'a,b'}|{list: c}|{list=\"a,b,c\"}",
        "merge|{list: [a, b]}|{list: [c]}|{list=[\"a\",\"b\",\"c\"]}",
        "merge|{list: 'a,b'}|{list: [c]}|{list=[\"a\",\"b\",\"c\"]}",
        "merge|{list: [a]}|{list: 'b,c'}|{list=[\"a\",\"b\",\"c\"]}",
        "merge|{list: ''}|{list: c}|{list=\"c\"}",
        "merge|{json: {a: 1, b: {c: 1}}}|{json: {b: {d: 2}}}|{json={\"a\":1,\"b\":{\"d\":2}}}",
        "deep_merge|{json: {a: 1, b: {c: 1}}}|{json: {b: {d: 2}}}|{json={\"a\":1,\"b\":{\"c\":1,\"d\":2}}}",
        "deep_merge|{json: {a: x, b: [1]}}|{json: {a: y, b: [2]}}|{json={\"a\":\"xy\",\"b\":[1,2]}}",
        "deep_merge|{json: {a: 1}}|{json: {a: 2}}|{json={\"a\":2}}",
        "deep_merge|{json: {a: 1}}|{json: {a: null}}|{json={\"a\":1}}",
        "merge|{json: '{\"a\": 1}'}|{json: {b: 2}}|{json={\"a\":1,\"b\":2}}",
        "merge|{json: [1]}|{json: [2]}|{json=[1,2]}",
        "merge|{json: {}}|{json: [2]}|{json=[2]}",
        "merge|{text: a}|{text: null}|{text=\"a\"}",
        "merge|{text: null}|{text: b}|{text=\"b\"}",
        // A file of its own keeps what no template has; later ones lose it, as in Heat.
        "merge|{unknown: 1}|{unknown: 2, other: 3}|{unknown=1}",
        "merge|{}|{text: b, unknown: 3}|{text=\"b\", unknown=3}",
      })
  void theLaterFileIsJoinedByItsStrategy(
      String strategy, String first, String second, String result) {
    String strategies = "parameter_merge_strategies: {default: " + strategy + "}\n";

    assertThat(merged("parameters: " + first, strategies + "parameters: " + second).parameters())
        .hasToString(result);
    assertThat(
            merged("parameter_defaults: " + first, strategies + "parameter_defaults: " + second)
                .parameterDefaults())
        .hasToString(result);
  }

  @Test
  void aStrategyOfOneParameterGoesBeforeTheDefault() {
    assertThat(
            merged(
                    "parameters: {text: a, list: [a]}",
                    """
                    parameters: {text: b, list: [b]}
                    parameter_merge_strategies: {default: merge, text: overwrite}
                    """)
                .parameters())
        .hasToString("{text=\"b\", list=[\"a\",\"b\"]}");
  }

  @Test
  void theStrategyOfTheFirstFileDoesNotCount() {
    assertThat(
            merged(
                    "{parameters: {text: a}, parameter_merge_strategies: {text: merge}}",
                    "parameters: {text: b}")
                .parameters())
        .hasToString("{text=\"b\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{flag: true}|{flag: true}|Invalid merge strategy 'merge' for parameter 'flag'.",
        "{text: a}|{text: 1}|Invalid parameter in environment: only two texts can be joined, not a string and a number",
        "{number: 1}|{number: '2'}|Invalid parameter in environment: only two numbers can be joined, not a number and a string",
        "{json: {a: 1}}|{json: [1]}|Invalid parameter in environment: only two maps can be joined, not a map and a list",
        "{json: {a: 1}}|{json: '{'}|Invalid parameter in environment: it is not valid JSON",
      })
  void whatCannotBeJoinedIsRefusedWithThePlaceOfTheLaterOne(
      String first, String second, String message) {
    assertThat(
            problems(
                "parameters: " + first,
                "parameter_merge_strategies: {default: merge}\nparameters: " + second))
        .singleElement()
        .asString()
        .startsWith("2.yaml:2:")
        .endsWith(message);
  }

  @Test
  void filesMayNotAskForDifferentStrategies() {
    assertThat(
            problems(
                "parameters: {text: a}",
                "{parameters: {text: b}, parameter_merge_strategies: {text: merge}}",
                "parameters: {text: c}"))
        .containsExactly(
            "3.yaml:1:20: parameters.text: Conflicting merge strategy 'overwrite' for parameter"
                + " 'text' in file '3.yaml'.; an earlier file asks for merge");
  }

  @Test
  void parametersOfTheRequestGoBeforeAllFiles() {
    EnvironmentLayers layers =
        new EnvironmentLayers(
            List.of(EnvironmentFile.parse("e", "parameters: {text: a, list: b}")),
            Map.of("text", JsonNodeFactory.instance.stringNode("mine")));

    assertThat(layers.merged(Map.of()).parameters()).hasToString("{text=\"mine\", list=\"b\"}");
  }

  @Test
  void registriesAreJoinedEntryByEntry() {
    ResourceRegistry registry =
        merged(
                """
                resource_registry:
                  A: a.yaml
                  B: b.yaml
                  C::One: c.yaml
                  resources: {web: {A: web.yaml}, db: {A: db.yaml}}
                """,
                """
                resource_registry:
                  A: other.yaml
                  B: null
                  "C::*": null
                  resources: {web: {B: web.yaml}}
                """)
            .registry();

    assertThat(registry.toJson())
        .hasToString(
            "{\"A\":\"other.yaml\",\"resources\":{\"web\":{\"A\":\"web.yaml\",\"B\":\"web.yaml\"},"
                + "\"db\":{\"A\":\"db.yaml\"}}}");
  }

  @Test
  void eventSinksOfAllFilesAreKept() {
    assertThat(
            merged("event_sinks: [{type: zaqar-queue}]", "event_sinks: [{type: webhook}]")
                .eventSinks())
        .extracting(EventSink::type)
        .containsExactly("zaqar-queue", "webhook");
  }

  @Test
  void typesComeFromAllTemplatesAndTheFirstOneGoesBefore() {
    String parameters = "heat_template_version: 2018-08-31\nparameters: ";
    Template template =
        Template.parse(
            new TemplateSource(
                "t",
                parameters + "{a: {type: string}}",
                Map.of(
                    "n.yaml", parameters + "{a: {type: json}, b: {type: number}}",
                    "e.yaml", "parameters: {c: 1}",
                    "broken.yaml", parameters + "[")));

    assertThat(ParameterTypes.of(template))
        .isEqualTo(Map.of("a", ParameterType.STRING, "b", ParameterType.NUMBER));
  }
}
