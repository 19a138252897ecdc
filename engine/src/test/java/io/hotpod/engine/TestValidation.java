package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is said of a template that is to be validated only. */
final class TestValidation {
  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String template(String sections) {
    return "heat_template_version: 2021-04-16\n" + sections.replace("; ", "\n");
  }

  @Test
  void anAccessPolicyNamesResourcesOfItsTemplate() {
    String policy =
        template(
            """
            parameters:
              names: {type: comma_delimited_list}
            resources:
              web: {type: OS::Heat::None}
              policy: {type: OS::Heat::AccessPolicy, properties: {AllowedResources: NAMES}}
            """);

    assertThat(
            fixture
                .stacks()
                .validate(CALLER, request("v", policy.replace("NAMES", "[web, policy]")))
                .resources())
        .hasSize(2);
    fixture.stacks().validate(CALLER, request("v", policy.replace("NAMES", "{get_param: names}")));
    assertThatThrownBy(
            () ->
                fixture
                    .stacks()
                    .validate(CALLER, request("v", policy.replace("NAMES", "[web, wbe]"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("resources.policy.properties.AllowedResources.1")
        .hasMessageContaining("AccessPolicy resource wbe not in stack")
        .hasMessageContaining("did you mean web?");
  }

  @Test
  void aSoundTemplateNeedsNoValues() {
    String sound =
        template(
            """
            parameters:
              length: {type: number, constraints: [{range: {min: 4}}]}
              mode: {type: string, constraints: [{allowed_values: [a, b]}]}
            conditions: {isA: {equals: [{get_param: mode}, a]}}
            resources:
              r: {type: OS::Heat::RandomString, properties: {length: {get_param: length}}}
              s: {type: OS::Heat::Value, condition: isA, properties: {value: 1}}
            outputs: {o: {value: {if: [isA, {get_resource: s}, {get_resource: r}]}}}
            """);

    assertThat(fixture.stacks().validate(CALLER, request("v", sound)).resources()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          resources: {r: {type: OS::Heat::Nonee}} | The Resource Type (OS::Heat::Nonee) could not be found.
          resources: {r: {type: OS::Heat::None, depends_on: s}} | The specified reference "s" (in r) is incorrect.
          resources: {r: {type: OS::Heat::None, depends_on: s}, s: {type: OS::Heat::None, depends_on: r}} | Circular Dependency Found
          resources: {r: {type: OS::Heat::Value, properties: {valu: 1}}} | Unknown Property valu
          parameters: {m: {type: string}}; conditions: {c: {equals: [{get_param: m}, a]}}; resources: {r: {type: OS::Heat::Value, condition: c, properties: {valu: 1}}} | Unknown Property valu
          parameters: {p: {type: number, default: 1}} | Parameter 'p' is invalid: Value must be a number
          resources: {} | The Parameter (p) was not defined in template.
          """)
  void whatACreateWouldRefuseIsRefused(String sections, String message) {
    Map<String, JsonNode> values =
        message.contains("Parameter")
            ? Map.of("p", JsonNodeFactory.instance.stringNode("x"))
            : Map.of();

    EngineException refused =
        catchThrowableOfType(
            EngineException.class,
            () -> fixture.stacks().validate(CALLER, request("v", template(sections), values)));

    assertThat(refused).isNotNull().hasMessageContaining(message);
    assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
  }
}
