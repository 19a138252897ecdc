package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.stack.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stacks inside a resource, of a template that a property holds. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class TestTextStacks {
  private static final String OUTER =
      """
      heat_template_version: 2021-04-16
      parameters: {value: {type: string, default: one}}
      resources:
        inner:
          type: OS::Heat::Stack
          properties:
            template: {get_file: inner.yaml}
            parameters: {value: {get_param: value}}
      outputs:
        out: {value: {get_attr: [inner, outputs, out]}}
        name: {value: {get_attr: [inner, stack_name]}}
      """;
  private static final Map<String, String> FILES =
      Map.of(
          "inner.yaml",
          """
          heat_template_version: 2021-04-16
          parameters: {value: {type: string}}
          resources:
            it: {type: OS::Heat::TestResource, properties: {value: {get_param: value}}}
          outputs:
            out: {value: {get_attr: [it, output]}}
          """);

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

  private String output(Stack stack, String name) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .filter(output -> output.key().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .asString("");
  }

  @Test
  void itIsMadePlannedUpdatedAndDeleted() {
    Stack stack =
        fixture.settled(
            fixture.stacks().create(CALLER, TestNestedStacks.request("s", OUTER, FILES, "")).id());
    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(output(stack, "out")).isEqualTo("one");
    assertThat(output(stack, "name")).startsWith("s-inner-");

    PlannedStep step =
        fixture
            .stacks()
            .previewUpdate(
                CALLER,
                stack.id(),
                TestNestedStacks.request("s", OUTER, FILES, "parameters: {value: two}"))
            .steps()
            .getFirst();
    assertThat(step.nested())
        .extracting(each -> each.resource() + " " + each.kind())
        .containsExactly("it UPDATE");
    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            TestNestedStacks.request("s", OUTER, FILES, "parameters: {value: two}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("two");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void whatIsWrongInsideIsRefusedBeforehand() {
    Map<String, String> wrong =
        Map.of(
            "inner.yaml",
            String.valueOf(FILES.get("inner.yaml")).replace("properties:", "propertise:"));

    assertThatThrownBy(
            () -> fixture.stacks().create(CALLER, TestNestedStacks.request("s", OUTER, wrong, "")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("propertise");
  }

  @Test
  void anotherPlaceIsRefusedByName() {
    String elsewhere =
        OUTER.replace(
            "{get_file: inner.yaml}", "{get_file: inner.yaml}\n      context: {region_name: x}");

    assertThatThrownBy(
            () ->
                fixture
                    .stacks()
                    .create(CALLER, TestNestedStacks.request("s", elsewhere, FILES, "")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("at region \"x\": stacks are made on this server only");
  }

  @Test
  void credentialsForAnotherPlaceAreRefusedByName() {
    for (String key : List.of("credential_secret_id: a", "ca_cert: a", "insecure: true")) {
      String elsewhere =
          OUTER.replace(
              "{get_file: inner.yaml}", "{get_file: inner.yaml}\n      context: {" + key + "}");

      assertThatThrownBy(
              () ->
                  fixture
                      .stacks()
                      .create(CALLER, TestNestedStacks.request("s", elsewhere, FILES, "")))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("stacks are made on this server only");
    }
  }

  @Test
  void thisPlaceCanBeNamed() {
    String here =
        OUTER.replace(
            "{get_file: inner.yaml}",
            "{get_file: inner.yaml}\n      context: {region_name: RegionOne}");

    Stack stack =
        fixture.settled(
            fixture.stacks().create(CALLER, TestNestedStacks.request("s", here, FILES, "")).id());

    assertThat(stack.combinedStatus()).as(stack.statusReason()).isEqualTo("CREATE_COMPLETE");
  }
}
