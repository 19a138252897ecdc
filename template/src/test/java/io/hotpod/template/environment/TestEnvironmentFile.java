package io.hotpod.template.environment;

import static io.hotpod.template.environment.Environments.merged;
import static io.hotpod.template.environment.Environments.problems;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TestEnvironmentFile {
  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "# nothing", "{}", "parameters:", "null"})
  void anEnvironmentThatSaysNothingIsOne(String text) {
    assertThat(merged(text)).isEqualTo(Environment.EMPTY);
  }

  @Test
  void everySectionIsRead() {
    Environment environment =
        merged(
            """
            parameters: {a: 1, b: [x]}
            parameter_defaults: {c: yes}
            parameter_merge_strategies: {default: merge, a: deep_merge}
            resource_registry:
              My::Pod: pod.yaml
              resources:
                web: {hooks: pre-create, restricted_actions: [update, replace]}
            event_sinks: [{type: zaqar-queue, target: q, ttl: 3600}]
            encrypted_param_names: [secret]
            """);

    assertThat(environment.parameters()).hasToString("{a=1, b=[\"x\"]}");
    assertThat(environment.parameterDefaults()).hasToString("{c=true}");
    assertThat(environment.registry().hooks("web")).containsExactly(Hook.PRE_CREATE);
    assertThat(environment.registry().restrictedActions("web"))
        .containsExactly(RestrictedAction.UPDATE, RestrictedAction.REPLACE);
    assertThat(environment.eventSinks()).extracting(EventSink::type).containsExactly("zaqar-queue");
    assertThat(environment.encryptedParameterNames()).containsExactly("secret");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Environment environment =
        merged(
            """
            parameters: {a: 1}
            parameter_defaults: {c: {d: null}}
            resource_registry:
              "A::*": "B::*"
              resources: {"web*": {My::Pod: pod.yaml, inside: {hooks: [post-update]}}}
            event_sinks: [{type: zaqar-queue, target: q}]
            encrypted_param_names: [secret]
            """);

    assertThat(EnvironmentJson.write(EnvironmentJson.read(EnvironmentJson.write(environment))))
        .isEqualTo(EnvironmentJson.write(environment));
    assertThat(EnvironmentJson.read(EnvironmentJson.write(environment)).registry())
        .isEqualTo(environment.registry());
    assertThat(EnvironmentJson.write(Environment.EMPTY))
        .hasToString(
            "{\"parameters\":{},\"parameter_defaults\":{},\"resource_registry\":{\"resources\":{}},"
                + "\"event_sinks\":[],\"encrypted_param_names\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a]|1.yaml:1:1: The environment is not a valid YAML mapping data type; it is a list",
        "nonsense|1.yaml:1:1: The environment is not a valid YAML mapping data type; it is a string",
        "{parameter: {}}|1.yaml:1:2: parameter: environment has wrong section \"parameter\"; did you mean \"parameters\"?",
        "{x: {}}|1.yaml:1:2: x: environment has wrong section \"x\"; values for parameters stand under \"parameters\"",
        "{parameters: [a]}|1.yaml:1:14: parameters: this section must be a map, not a list",
        "{parameter_defaults: 5}|1.yaml:1:22: parameter_defaults: this section must be a map, not a number",
        "{event_sinks: {}}|1.yaml:1:15: event_sinks: this section must be a list, not a map",
        "{event_sinks: [{target: q}]}|1.yaml:1:16: event_sinks: an event sink is a map with a \"type\"",
        "{encrypted_param_names: [[a]]}|1.yaml:1:26: encrypted_param_names: this must be the name of a parameter, not a list",
        "{parameter_merge_strategies: {a: merg}}|1.yaml:1:34: parameter_merge_strategies.a: a merge strategy is one of overwrite, merge, deep_merge; did you mean \"merge\"?",
        "{resource_registry: {A: 5}}|1.yaml:1:25: resource_registry.A: a type is mapped to another type, to a template or to null, not to a number",
        "{resource_registry: {resources: {r: {hooks: pre-creat}}}}|1.yaml:1:45: resource_registry.resources.r.hooks: Invalid hook type \"pre-creat\" for resource breakpoint, acceptable hook types are: [pre-create, pre-update, pre-delete, post-create, post-update, post-delete]; did you mean \"pre-create\"?",
        "{resource_registry: {resources: {r: {restricted_actions: [create]}}}}|1.yaml:1:59: resource_registry.resources.r.restricted_actions: Invalid restricted_action type \"create\" for resource, acceptable restricted_action types are: [update, replace]",
      })
  void aWrongOneIsRefusedWithItsPlace(String text, String problem) {
    assertThat(problems(text)).containsExactly(problem);
  }

  @Test
  void allProblemsAreToldAtOnceInTheOrderOfTheText() {
    assertThat(
            problems(
                """
                resource_registry: {A: [b]}
                event_sinks: 1
                nonsense: {}
                parameters: text
                """))
        .extracting(problem -> problem.substring(0, "1.yaml:1".length()))
        .containsExactly("1.yaml:1", "1.yaml:2", "1.yaml:3", "1.yaml:4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters: {a: &a [*a]}", "parameters: {a: 1", "parameters:\n\ta: 1"})
  void whatIsNoDocumentIsRefusedWithItsPlace(String text) {
    assertThat(problems(text)).first().asString().startsWith("1.yaml:");
  }

  @Test
  void valuesAreNotShown() {
    assertThat(EnvironmentFile.parse("e", "parameters: {password: hunter2}").toString())
        .doesNotContain("hunter2");
    assertThat(merged("parameters: {password: hunter2}").toString())
        .contains("password")
        .doesNotContain("hunter2");
  }
}
