package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

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
  void itChangesHandsAndNothingIsMadeAnew() {
    Map<String, String> files =
        Map.of(
            "inner.yaml",
            """
            heat_template_version: 2021-04-16
            parameters: {value: {type: string}}
            resources:
              it: {type: OS::Heat::RandomString, properties: {salt: {get_param: value}}}
              deeper:
                type: OS::Heat::Stack
                properties:
                  template: |
                    heat_template_version: 2021-04-16
                    resources:
                      it: {type: OS::Heat::RandomString}
                    outputs:
                      out: {value: {get_attr: [it, value]}}
            outputs:
              out:
                value: {list_join: ["-", [{get_attr: [it, value]}, {get_attr: [deeper, outputs, out]}]]}
            """);
    StackRequest request = TestNestedStacks.request("s", OUTER, files, "");
    Stack first = fixture.settled(fixture.stacks().create(CALLER, request).id());
    String before = output(first, "out");
    assertThat(before).hasSize(65);
    ObjectNode data = fixture.stacks().abandon(CALLER, first.id());
    fixture.settled(first.id());

    Stack second = fixture.settled(fixture.stacks().adopt(CALLER, request, data).id());

    assertThat(second.combinedStatus()).as(second.statusReason()).isEqualTo("ADOPT_COMPLETE");
    assertThat(output(second, "out")).isEqualTo(before);
    assertThat(fixture.stacks().previewUpdate(CALLER, second.id(), request).steps())
        .extracting(PlannedStep::kind)
        .containsOnly(StepKind.NONE);
    fixture.stacks().update(CALLER, second.id(), request);
    assertThat(fixture.settled(second.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(second, "out")).as("an update finds it so").isEqualTo(before);
    StackRequest another = TestNestedStacks.request("s", OUTER, files, "parameters: {value: two}");
    fixture.stacks().update(CALLER, second.id(), another);
    assertThat(fixture.settled(second.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(second, "out")).as("the inside is replaced").isNotEqualTo(before);
    assertThat(fixture.delete(second.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.stacks().count(CALLER, StackFilter.ALL)).isZero();
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
