package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.server.http.Callers;
import io.hotpod.template.ParameterType;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestStackRequests {
  private final ServerFixture fixture = new ServerFixture();
  private int count;

  @AfterAll
  void close() {
    fixture.close();
  }

  private StackRequest create(String fields) {
    HttpResponse<String> response =
        fixture.call("POST", "/stacks", "{\"stack_name\":\"s" + count++ + "\"," + fields + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return fixture.engine.stacks.lastRequest();
  }

  @Test
  void absentFieldsAreAbsent() {
    StackRequest request = create("\"template\":\"{}\"");

    assertThat(request.templateName()).isEqualTo("template");
    assertThat(request.files()).isEmpty();
    assertThat(request.environment().parameters()).isEmpty();
    assertThat(request.clearParameters()).isEmpty();
    assertThat(request.timeout()).isEmpty();
    assertThat(request.disableRollback()).isEmpty();
    assertThat(request.tags()).isEmpty();
  }

  @Test
  void everyFieldArrives() {
    StackRequest request =
        create(
            "\"template\":\"a: b\",\"template_name\":\"web.yaml\",\"timeout_mins\":\"5\","
                + "\"disable_rollback\":\"False\",\"tags\":\",a, b,\","
                + "\"files\":{\"x\":\"text\",\"y\":{\"z\":1}},\"clear_parameters\":[\"p\"],"
                + "\"existing\":true,\"unknown\":1");

    assertThat(request.template()).hasValue("a: b");
    assertThat(request.templateName()).isEqualTo("web.yaml");
    assertThat(request.timeout()).hasValue(Duration.ofMinutes(5));
    assertThat(request.disableRollback()).hasValue(false);
    assertThat(request.tags()).hasValue(List.of("a", "b"));
    assertThat(request.files()).isEqualTo(Map.of("x", "text", "y", "{\"z\":1}"));
    assertThat(request.clearParameters()).containsExactly("p");
  }

  @Test
  void noMinutesAreNoTimeout() {
    assertThat(create("\"template\":\"{}\",\"timeout_mins\":0").timeout()).isEmpty();
    assertThat(create("\"template\":\"{}\",\"timeout_mins\":null").timeout()).isEmpty();
  }

  @Test
  void aTemplateThatIsAMapIsWrittenOverManyLines() {
    Optional<String> template =
        create("\"template\":{\"heat_template_version\":\"2018-08-31\",\"resources\":{\"a\":{}}}")
            .template();

    assertThat(template.orElseThrow().lines().count()).isGreaterThan(3);
    assertThat(template.orElseThrow()).contains("\"heat_template_version\"");
  }

  @Test
  void parametersGoBeforeTheEnvironment() {
    Map<String, JsonNode> parameters =
        create(
                "\"template\":\"{}\",\"parameters\":{\"a\":1},"
                    + "\"environment\":{\"parameters\":{\"a\":2,\"b\":[1]},"
                    + "\"parameter_defaults\":{\"c\":null},\"resource_registry\":{},"
                    + "\"event_sinks\":[]}")
            .environment()
            .merged(Map.of())
            .parameters();

    assertThat(parameters.get("a")).hasToString("1");
    assertThat(parameters.get("b")).hasToString("[1]");
    assertThat(
            fixture
                .engine
                .stacks
                .lastRequest()
                .environment()
                .merged(Map.of())
                .parameterDefaults()
                .get("c"))
        .hasToString("null");
  }

  @Test
  void anEnvironmentMayBeYaml() {
    assertThat(
            create("\"template\":\"{}\",\"environment\":\"parameters:\\n  a: yes\\n\"")
                .environment()
                .merged(Map.of())
                .parameters()
                .get("a"))
        .hasToString("true");
    assertThat(
            create("\"template\":\"{}\",\"environment\":\"  \"")
                .environment()
                .merged(Map.of())
                .parameters())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"parameters:\\n  a: mine\\n\" | mine",
        "{\"parameters\":{\"a\":\"mine\"}} | mine",
        "{} | theirs",
        "null | theirs",
        "\" \" | theirs"
      })
  void anAdoptionTakesTheExportsEnvironmentOnlyWhereItHasNone(String environment, String value) {
    Map<String, JsonNode> parameters =
        create(
                "\"template\":\"{}\",\"environment\":"
                    + environment
                    + ",\"adopt_stack_data\":{\"environment\":{\"parameters\":{\"a\":\"theirs\"}}}")
            .environment()
            .merged(Map.of())
            .parameters();

    assertThat(requireNonNull(parameters.get("a")).asString("")).isEqualTo(value);
  }

  @Test
  void environmentFilesAreMergedInOrderAndReplaceTheEnvironment() {
    Map<String, JsonNode> parameters =
        create(
                "\"template\":\"{}\",\"environment\":{\"parameters\":{\"z\":1}},"
                    + "\"environment_files\":[\"one\",\"two\"],"
                    + "\"files\":{\"one\":\"parameters: {a: 1, b: 1}\","
                    + "\"two\":\"{\\\"parameters\\\": {\\\"b\\\": 2}}\"}")
            .environment()
            .merged(Map.of("b", ParameterType.NUMBER))
            .parameters();

    assertThat(parameters).hasToString("{a=1, b=2}");
  }

  @Test
  void aBrokenEnvironmentIsRefusedWithItsPlace() {
    HttpResponse<String> response =
        fixture.call(
            "POST",
            "/stacks",
            "{\"stack_name\":\"x\",\"template\":\"{}\",\"environment_files\":[\"e.yaml\"],"
                + "\"files\":{\"e.yaml\":\"parameters:\\n  a: [\\n\"}}");

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = json(response).path("error");
    assertThat(error.path("type").stringValue()).isEqualTo("StackValidationFailed");
    assertThat(error.path("problems").get(0).path("file").stringValue()).isEqualTo("e.yaml");
    assertThat(error.path("message").stringValue()).startsWith("e.yaml:");
  }

  @Test
  void aPatchNeedsNoTemplateAndAnUpdateDoes() {
    String path = fixture.createStack("patched");

    assertThat(fixture.call("PATCH", path, "{\"parameters\":{\"a\":1}}").statusCode())
        .isEqualTo(202);
    assertThat(fixture.engine.stacks.lastRequest().template()).isEmpty();
    assertThat(fixture.call("PUT", path, "{\"parameters\":{\"a\":1}}").statusCode()).isEqualTo(400);
    assertThat(fixture.call("PUT", path).statusCode()).isEqualTo(400);
  }

  @Test
  void aChangeMayLookAtWhatIsThereAndACreateMayNot() {
    String path = fixture.createStack("converged");
    String body = "{\"template\":\"{}\",\"stack_name\":\"t\",\"converge\":%s}";

    for (String method : List.of("PUT", "PATCH")) {
      assertThat(fixture.call(method, path, body.formatted("\"True\"")).statusCode())
          .isEqualTo(202);
      assertThat(fixture.engine.stacks.lastRequest().converge()).as(method).isTrue();
      assertThat(fixture.call(method, path, body.formatted("false")).statusCode()).isEqualTo(202);
      assertThat(fixture.engine.stacks.lastRequest().converge()).as(method).isFalse();
      assertThat(fixture.call(method, path, body.formatted("\"maybe\"")).statusCode())
          .isEqualTo(400);
      assertThat(fixture.call(method, path + "/preview", body.formatted("true")).statusCode())
          .isEqualTo(200);
    }
    for (String value : List.of("true", "false", "null")) {
      for (String create : List.of("/stacks", "/stacks/preview")) {
        HttpResponse<String> refused = fixture.call("POST", create, body.formatted(value));
        assertThat(refused.statusCode()).as(create + " " + value).isEqualTo(400);
        assertThat(refused.body())
            .contains("converge flag only supported in stack update (or update preview) request.");
      }
    }
  }

  private HttpResponse<String> keyed(String method, String path, String body, String key) {
    return fixture.send(fixture.request(method, path, body).header("Idempotency-Key", key).build());
  }

  @Test
  void theSameKeyAndRequestAreAnsweredAgain() {
    String body = "{\"stack_name\":\"once\",\"template\":\"{}\",\"tags\":\"a\"}";
    String reordered = "{ \"tags\": \"a\", \"template\":\"{}\", \"stack_name\":\"once\"}";

    HttpResponse<String> first = keyed("POST", "/stacks", body, "key-1");
    HttpResponse<String> second = keyed("POST", "/stacks", reordered, "key-1");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(keyed("POST", "/stacks", body.replace("once", "twice"), "key-1").statusCode())
        .isEqualTo(422);
    assertThat(keyed("POST", "/stacks", body, "").statusCode()).isEqualTo(400);
    assertThat(keyed("POST", "/stacks", body, "k".repeat(256)).statusCode()).isEqualTo(400);
  }

  @Test
  void anAbandonIsAnsweredAgainWhenTheStackIsGone() {
    String path = fixture.createStack("given") + "/abandon";

    HttpResponse<String> first = keyed("DELETE", path, "", "abandon-1");
    HttpResponse<String> second = keyed("DELETE", path, "", "abandon-1");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
  }

  @Test
  void aKeyCountsForEveryKindOfChange() {
    String path = fixture.createStack("changed");
    int before = fixture.engine.stacks.calls().size();

    for (int time = 0; time < 2; time++) {
      assertThat(keyed("POST", path + "/actions", "{\"check\":null}", "c").statusCode())
          .isEqualTo(200);
      assertThat(keyed("PATCH", path, "{}", "p").statusCode()).isEqualTo(202);
      assertThat(keyed("PUT", path, "{\"template\":\"{}\"}", "u").statusCode()).isEqualTo(202);
    }
    assertThat(keyed("POST", path + "/actions", "{\"suspend\":null}", "c").statusCode())
        .isEqualTo(422);
    assertThat(keyed("DELETE", path, "", "c").statusCode()).isEqualTo(422);
    assertThat(keyed("DELETE", path, "", "d").statusCode()).isEqualTo(204);
    assertThat(fixture.engine.stacks.calls().subList(before, before + 4))
        .containsExactly("CHECK changed", "UPDATE changed", "UPDATE changed", "DELETE changed");
  }

  @Test
  void aKeyIsAnsweredAgainWhenTheStackIsGone() {
    String path = fixture.createStack("gone");
    keyed("POST", path + "/actions", "{\"check\":null}", "gone-c");
    keyed("PATCH", path, "{}", "gone-p");
    keyed("PUT", path, "{\"template\":\"{}\"}", "gone-u");

    assertThat(keyed("DELETE", path, "", "gone-d").statusCode()).isEqualTo(204);

    assertThat(keyed("DELETE", path, "", "gone-d").statusCode()).isEqualTo(204);
    assertThat(keyed("POST", path + "/actions", "{\"check\":null}", "gone-c").statusCode())
        .isEqualTo(200);
    assertThat(keyed("PATCH", path, "{}", "gone-p").statusCode()).isEqualTo(202);
    assertThat(keyed("PUT", path, "{\"template\":\"{}\"}", "gone-u").statusCode()).isEqualTo(202);
    assertThat(keyed("DELETE", path, "", "gone-other").statusCode()).isEqualTo(404);
    assertThat(fixture.call("DELETE", path).statusCode()).isEqualTo(404);
  }

  @Test
  void aKeyCountsForOtherThingsThanStacksToo() {
    String config = "{\"name\":\"c\",\"config\":\"x\"}";
    HttpResponse<String> first = keyed("POST", "/software_configs", config, "o-1");
    HttpResponse<String> second = keyed("POST", "/software_configs", config, "o-1");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
    assertThat(keyed("POST", "/software_configs", "{\"name\":\"d\"}", "o-1").statusCode())
        .isEqualTo(422);

    String path =
        "/software_configs/" + json(first).path("software_config").path("id").asString("");
    assertThat(keyed("DELETE", path, "", "o-2").statusCode()).isEqualTo(204);
    assertThat(keyed("DELETE", path, "", "o-2").statusCode()).isEqualTo(204);
    assertThat(fixture.call("DELETE", path).statusCode()).isEqualTo(404);

    HttpResponse<String> token = keyed("POST", "/join_tokens", "{}", "o-3");
    assertThat(keyed("POST", "/join_tokens", "{}", "o-3").body()).isEqualTo(token.body());
    assertThat(keyed("POST", "/join_tokens", "{}", "o-3").headers().firstValue("Cache-Control"))
        .hasValue("no-store");
  }

  @Test
  void aSignalWithAKeyCountsOnce() {
    String path = fixture.createStack("signalled") + "/resources/front/signal";
    int before = fixture.engine.stacks.calls().size();

    for (int time = 0; time < 3; time++) {
      HttpResponse<String> answer = keyed("POST", path, "{\"status\":\"SUCCESS\"}", "signal-1");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("null");
    }
    keyed("POST", path, "{\"status\":\"SUCCESS\"}", "signal-2");

    assertThat(fixture.engine.stacks.calls()).hasSize(before + 2);
  }

  @Test
  void aRefusalIsNoAnswerToKeep() {
    String path = "/instances/late-" + UUID.randomUUID().toString().substring(0, 8);

    assertThat(keyed("POST", path + "/drain", "{}", "refused").statusCode()).isEqualTo(404);
    fixture.enrol(path.substring(path.lastIndexOf('/') + 1));
    assertThat(keyed("POST", path + "/drain", "{}", "refused").statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsBeingDoneIsNotDoneBesides() {
    Caller.IdempotencyKey key =
        new Caller.IdempotencyKey(
            "under-way", Callers.digest("POST", "/v1/default/join_tokens", "{}"));
    fixture.engine.answers().begin(new Caller("default", Optional.empty(), Optional.of(key)));

    HttpResponse<String> answer = keyed("POST", "/join_tokens", "{}", "under-way");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("Look at what is there");
  }

  @Test
  void aCommandCannotBeAnsweredAgain() {
    HttpResponse<String> answer =
        keyed("POST", "/pods/web/exec", "{\"command\":[\"true\"]}", "exec");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key does not count here");
  }
}
