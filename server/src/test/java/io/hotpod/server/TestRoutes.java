package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestRoutes {
  private static final String UPDATE = "{\"template\": \"heat_template_version: 2018-08-31\"}";

  private final ServerFixture fixture = new ServerFixture();
  private String stack = "";

  @BeforeAll
  void createStack() {
    stack = fixture.createStack("web");
    fixture.call(
        "POST", "/stacks", "{\"stack_name\":\"tagged\",\"template\":\"{}\",\"tags\":\",a,b\"}");
    fixture.enrol("local-1");
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET|//healthz||200|{\"status\":\"ok\"}",
        "GET|//readyz||200|{\"status\":\"ready\"}",
        "GET|/build_info||200|{\"api\":{\"revision\":\"unknown\"},\"engine\":{\"revision\":\"unknown\"}}",
        "GET|/resource_types||200|{\"resource_types\":[\"OS::Heat::None\",\"OS::Heat::RandomString\"]}",
        "GET|/resource_types?name=.*None||200|{\"resource_types\":[\"OS::Heat::None\"]}",
        "GET|/resource_types?name=%28||200|{\"resource_types\":[]}",
        "GET|/resource_types?support_status=HIDDEN||200|{\"resource_types\":[]}",
        "GET|/resource_types?with_description=true&name=OS%3A%3AHeat%3A%3ANone||200|{\"resource_types\":[{\"resource_type\":\"OS::Heat::None\",\"description\":\"a type\"}]}",
        "GET|/resource_types/OS::Heat::None||200|{\"resource_type\":\"OS::Heat::None\",\"properties\":{\"length\":{\"type\":\"integer\",\"description\":\"how long\",\"required\":false,\"update_allowed\":true,\"immutable\":false}},\"attributes\":{\"value\":{\"description\":\"what\",\"type\":\"string\"},\"show\":{\"description\":\"Detailed information about resource.\",\"type\":\"map\"}},\"support_status\":{\"status\":\"SUPPORTED\",\"message\":null,\"version\":null,\"previous_status\":null}}",
        "GET|/resource_types/OS%3A%3AHeat%3A%3ANone?with_description=True||200|{\"resource_type\":\"OS::Heat::None\",\"description\":\"a type\",\"properties\":{\"length\":{\"type\":\"integer\",\"description\":\"how long\",\"required\":false,\"update_allowed\":true,\"immutable\":false}},\"attributes\":{\"value\":{\"description\":\"what\",\"type\":\"string\"},\"show\":{\"description\":\"Detailed information about resource.\",\"type\":\"map\"}},\"support_status\":{\"status\":\"SUPPORTED\",\"message\":null,\"version\":null,\"previous_status\":null}}",
        "GET|/resource_types/OS::Heat::None/template?template_type=hot||200|{\"heat_template_version\":\"2016-10-14\",\"description\":\"Initial template of None\",\"parameters\":{\"length\":{\"type\":\"number\",\"description\":\"how long\"}},\"resources\":{\"None\":{\"type\":\"OS::Heat::None\",\"properties\":{\"length\":{\"get_param\":\"length\"}}}},\"outputs\":{\"value\":{\"description\":\"what\",\"value\":{\"get_attr\":[\"None\",\"value\"]}},\"OS::stack_id\":{\"value\":{\"get_resource\":\"None\"}}}}",
        "GET|/resource_types/OS::Heat::None/template||200|{\"HeatTemplateFormatVersion\":\"2012-12-12\",\"Description\":\"Initial template of None\",\"Parameters\":{\"length\":{\"Type\":\"Number\",\"Description\":\"how long\"}},\"Resources\":{\"None\":{\"Type\":\"OS::Heat::None\",\"Properties\":{\"length\":{\"Ref\":\"length\"}}}},\"Outputs\":{\"value\":{\"Description\":\"what\",\"Value\":{\"Fn::GetAtt\":[\"None\",\"value\"]}},\"OS::stack_id\":{\"Value\":{\"Ref\":\"None\"}}}}",
        "GET|{stack}/template||200|{\"heat_template_version\":\"2018-08-31\",\"resources\":{}}",
        "GET|{stack}/files||200|{}",
        "GET|{stack}/environment||200|{\"parameters\":{},\"parameter_defaults\":{},\"resource_registry\":{\"resources\":{}},\"event_sinks\":[],\"encrypted_param_names\":[]}",
        "GET|{stack}/outputs||200|{\"outputs\":[{\"output_key\":\"address\",\"description\":\"where it is\"},{\"output_key\":\"broken\",\"description\":\"\"}]}",
        "GET|{stack}/outputs/address||200|{\"output\":{\"output_key\":\"address\",\"description\":\"where it is\",\"output_value\":\"10.0.0.1\"}}",
        "GET|{stack}/outputs/broken||200|{\"output\":{\"output_key\":\"broken\",\"description\":\"\",\"output_value\":null,\"output_error\":\"it cannot be worked out\"}}",
        "GET|{stack}/resources/front/metadata||200|{\"metadata\":{}}",
        "GET|{stack}/resources?name=nope||200|{\"resources\":[]}",
        "GET|{stack}/resources?type=Random&status=FAILED||200|{\"resources\":[]}",
        "POST|{stack}/actions|{\"suspend\":null}|200|null",
        "POST|{stack}/actions|{\"resume\":null}|200|null",
        "POST|{stack}/actions|{\"check\":\"\"}|200|null",
        "POST|{stack}/actions|{\"cancel_update\":{}}|200|null",
        "POST|{stack}/actions|{\"cancel_without_rollback\":null}|200|null",
        "PATCH|{stack}/resources/front|{\"mark_unhealthy\":true,\"resource_status_reason\":\"odd\"}|200|null",
        "PATCH|{stack}/resources/front|{\"mark_unhealthy\":\"False\"}|200|null",
        "GET|{stack}/snapshots||200|{\"snapshots\":[]}",
        "POST|{stack}/snapshots|{\"name\":\"monday\"}|200|{\"id\":\"monday\",\"name\":\"monday\",\"action\":\"CREATE\",\"status\":\"IN_PROGRESS\",\"status_reason\":\"Stack SNAPSHOT started\",\"data\":null,\"creation_time\":\"2026-11-01T12:00:00Z\"}",
        "GET|{stack}/export||200|{\"name\":\"web\"}",
        "PATCH|{stack}|{}|202|",
        "GET|/stacks?status=NONSENSE||200|{\"stacks\":[]}",
        "GET|/stacks?action=NONSENSE&with_count=true||200|{\"stacks\":[],\"count\":0}",
        "GET|/stacks?name=nope&sort_keys=stack_name,nonsense&sort_dir=asc&unknown=1||200|{\"stacks\":[]}",
        "GET|//v1/other/stacks||200|{\"stacks\":[]}"
      })
  void whatIsAskedIsAnswered(String method, String path, String body, int status, String answer) {
    HttpResponse<String> response =
        fixture.call(method, path.replace("{stack}", stack), body == null ? "" : body);

    assertThat(response.body()).isEqualTo(answer == null ? "" : answer);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "status=CREATE_COMPLETE, true",
    "stack_status=CREATE_FAILED, false",
    "status=COMPLETE, true",
    "action=CREATE, true",
    "stack_action=DELETE, false",
    "status=IN_PROGRESS, false",
    "tags_any=b&name=tagged, true",
    "tags=a, true",
    "tags=c, false",
    "id=none, false"
  })
  void listsAreFiltered(String query, boolean found) {
    JsonNode stacks = json(fixture.call("GET", "/stacks?" + query)).path("stacks");

    assertThat(
            stacks
                .valueStream()
                .anyMatch(item -> item.path("stack_name").stringValue().equals("tagged")))
        .isEqualTo(found);
  }

  @Test
  void anUpdateIsAccepted() {
    String path = fixture.createStack("updated");

    assertThat(fixture.call("PUT", path, UPDATE).statusCode()).isEqualTo(202);
    assertThat(fixture.engine.stacks.calls()).contains("UPDATE updated");
    assertThat(json(fixture.call("GET", path)).path("stack").path("updated_time").stringValue())
        .isEqualTo("2026-11-01T12:01:00Z");
  }

  @Test
  void detailShowsEachStackInFull() {
    JsonNode stacks = json(fixture.call("GET", "/stacks/detail")).path("stacks");

    assertThat(stacks.get(0).has("parameters")).isTrue();
    assertThat(stacks.get(0).has("outputs")).isTrue();
  }

  @Test
  void aResourceIsShownWithItsAttributesAndWhoNeedsIt() {
    JsonNode resource =
        json(fixture.call("GET", stack + "/resources/back?with_attr=nope&with_attr=value"))
            .path("resource");

    assertThat(resource.propertyNames())
        .containsExactlyInAnyOrder(
            "resource_name",
            "logical_resource_id",
            "physical_resource_id",
            "resource_type",
            "resource_status",
            "resource_status_reason",
            "creation_time",
            "updated_time",
            "required_by",
            "links",
            "description",
            "attributes");
    assertThat(resource.path("required_by").toString()).isEqualTo("[\"front\"]");
    assertThat(resource.path("attributes").toString())
        .isEqualTo("{\"value\":\"secret\",\"show\":null,\"nope\":null}");
  }

  @Test
  void resourcesAreListedWithTheirDetailOnRequest() {
    JsonNode plain = json(fixture.call("GET", stack + "/resources")).path("resources");
    JsonNode detailed =
        json(fixture.call("GET", stack + "/resources?with_detail=true&nested_depth=2"))
            .path("resources");

    assertThat(plain).hasSize(2);
    assertThat(plain.get(0).has("attributes")).isFalse();
    assertThat(plain.get(0).path("required_by").toString()).isEqualTo("[\"front\"]");
    assertThat(detailed.get(0).has("attributes")).isTrue();
  }

  @Test
  void aPreviewHasHeatsShapeAndOurPlan() {
    JsonNode created =
        json(
            fixture.call(
                "POST", "/stacks/preview", "{\"stack_name\":\"new\",\"template\":\"{}\"}"));
    assertThat(created.path("stack").path("stack_name").stringValue()).isEqualTo("new");
    assertThat(created.path("stack").path("resources")).hasSize(2);
    assertThat(created.path("plan").get(1).toString())
        .isEqualTo(
            "{\"resource\":\"front\",\"type\":\"OS::Heat::RandomString\",\"action\":\"CREATE\","
                + "\"reasons\":[\"it is asked for\"],\"restarts_pod\":false,\"certain\":true,"
                + "\"after\":[\"back\"]}");

    for (String method : new String[] {"PUT", "PATCH"}) {
      JsonNode changed = json(fixture.call(method, stack + "/preview?show_nested=True", UPDATE));
      JsonNode changes = changed.path("resource_changes");
      assertThat(changes.propertyNames())
          .containsExactlyInAnyOrder("unchanged", "updated", "replaced", "added", "deleted");
      assertThat(changes.path("replaced").get(0).path("resource_name").stringValue())
          .isEqualTo("front");
      assertThat(changes.path("replaced").get(0).path("physical_resource_id").stringValue())
          .isEqualTo("physical-front");
      assertThat(changed.path("plan").get(1).path("restarts_pod").booleanValue()).isTrue();
    }
    assertThat(fixture.call("GET", "/stacks/new").statusCode()).isEqualTo(404);
  }

  @Test
  void versionsAndTheirFunctionsAreThoseOfTheLanguage() {
    JsonNode versions = json(fixture.call("GET", "/template_versions")).path("template_versions");
    assertThat(versions).hasSize(11);
    assertThat(versions.get(10).toString())
        .isEqualTo(
            "{\"version\":\"heat_template_version.2021-04-16\",\"type\":\"hot\","
                + "\"aliases\":[\"heat_template_version.wallaby\"]}");
    String functions = "/template_versions/heat_template_version.%s/functions%s";
    assertThat(
            json(fixture.call("GET", functions.formatted("2013-05-23", "")))
                .path("template_functions"))
        .hasSize(16);
    assertThat(
            json(fixture.call(
                    "GET", functions.formatted("2018-08-31", "?with_condition_func=true")))
                .path("template_functions"))
        .hasSize(25);
  }

  @Test
  void aTemplateIsValidatedWithTheParametersOfThoseInside() {
    tools.jackson.databind.node.ObjectNode body =
        tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    body.put(
        "template",
        """
        heat_template_version: 2021-04-16
        resources:
          named: {type: a.yaml}
          mapped: {type: "My::Type"}
          plain: {type: OS::Heat::None}
        """);
    body.putObject("files")
        .put(
            "a.yaml",
            """
            heat_template_version: 2021-04-16
            description: inside
            parameters: {size: {type: number, default: 1}}
            resources: {deeper: {type: b.yaml}, self: {type: a.yaml, condition: false}}
            """)
        .put(
            "b.yaml",
            "heat_template_version: 2021-04-16\nparameters: {word: {type: string, default: x}}\n");
    body.putObject("environment").putObject("resource_registry").put("My::Type", "b.yaml");

    JsonNode shown = json(fixture.call("POST", "/validate?show_nested=true", body.toString()));

    JsonNode nested = shown.path("NestedParameters");
    assertThat(nested.propertyNames()).containsExactly("named", "mapped");
    assertThat(nested.path("named").path("Type").stringValue()).isEqualTo("a.yaml");
    assertThat(nested.path("named").path("Description").stringValue()).isEqualTo("inside");
    assertThat(nested.at("/named/Parameters/size/Default").intValue()).isEqualTo(1);
    assertThat(nested.at("/named/NestedParameters").propertyNames()).containsExactly("deeper");
    assertThat(nested.at("/named/NestedParameters/deeper/Parameters/word/Value").stringValue())
        .isEqualTo("x");
    assertThat(nested.at("/mapped/Type").stringValue()).isEqualTo("My::Type");
    assertThat(json(fixture.call("POST", "/validate", body.toString())).has("NestedParameters"))
        .isFalse();
  }

  @Test
  void aTemplateIsValidatedWithItsParameters() {
    String template =
        """
        heat_template_version: 2018-08-31
        description: of two
        parameters:
          size: {type: number, default: 2, constraints: [{range: {min: 1}, description: small}]}
          word: {type: string, hidden: true, default: secret, constraints: [{allowed_pattern: "[a-z]+"}]}
        resources: {}
        """;
    String body =
        "{\"template_name\":\"web.yaml\",\"parameters\":{\"size\":3},\"template\":"
            + new tools.jackson.databind.json.JsonMapper().writeValueAsString(template)
            + "}";

    JsonNode answer = json(fixture.call("POST", "/validate?show_nested=True", body));

    assertThat(answer.path("Description").stringValue()).isEqualTo("of two");
    assertThat(answer.path("Parameters").path("size").toString())
        .isEqualTo(
            "{\"Type\":\"Number\",\"Description\":\"\",\"NoEcho\":\"false\",\"Label\":\"size\","
                + "\"Default\":2,\"Value\":3,\"MinValue\":1,\"ConstraintDescription\":\"small\"}");
    assertThat(answer.path("Parameters").path("word").path("Default").stringValue())
        .isEqualTo("******");
    assertThat(answer.path("Environment").propertyNames()).contains("parameters");
    HttpResponse<String> refused =
        fixture.call("POST", "/validate", body.replace("resources: {}", "resorces: {}"));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).path("error").path("message").stringValue())
        .startsWith("web.yaml:6:1: ")
        .contains("resorces");
  }

  @Test
  void repeatedKeysAreReadAsHeatReadsThemAndTold() {
    String body =
        """
        {"template": "heat_template_version: 2018-08-31\\nresources: {}\\nresources: {}\\n",
         "environment": "parameter_defaults: {a: 1, a: 2}"}
        """;

    JsonNode answer = json(fixture.call("POST", "/validate?ignore_errors=99001", body));

    assertThat(answer.path("Warnings").valueStream().map(JsonNode::stringValue))
        .containsExactly(
            "template:3:1: the key \"resources\" was already given at template:2:1; this one counts",
            "environment:1:28: the key \"a\" was already given at environment:1:22; this one counts");
    assertThat(answer.at("/Environment/parameter_defaults/a").intValue()).isEqualTo(2);
    assertThat(fixture.call("POST", "/validate?ignore_errors=99001,7", body).statusCode())
        .isEqualTo(400);
  }

  @Test
  void everyServerIsAService() {
    JsonNode services = json(fixture.call("GET", "/services")).path("services");

    assertThat(services)
        .extracting(service -> service.path("host").asString(""))
        .containsExactly("alpha", "beta");
    assertThat(services)
        .extracting(service -> service.path("status").asString(""))
        .as("whoever missed two reports is down")
        .containsExactly("up", "down");
    assertThat(services.get(1).path("created_at").stringValue()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(services.get(1).path("updated_at").stringValue()).isEqualTo("2026-11-01T11:58:59Z");
    assertThat(services.get(1).path("report_interval").intValue()).isEqualTo(30);
  }

  @Test
  void anInstanceIsRemovedWhenThatIsMeant() {
    try (ServerFixture own = new ServerFixture()) {
      own.enrol("lost");

      assertThat(own.call("DELETE", "/instances/lost").statusCode()).isEqualTo(409);
      assertThat(own.call("DELETE", "/instances/lost?force=true").statusCode()).isEqualTo(204);
      assertThat(own.call("DELETE", "/instances/lost?force=true").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void podsOfASilentInstanceAreNotSaidToRun() {
    try (ServerFixture own = new ServerFixture()) {
      own.enrol("far");
      String id = json(own.call("GET", "/instances/far")).path("instance").path("id").asString("");
      own.engine.instances().disconnect(id);

      JsonNode pod = json(own.call("GET", "/pods")).path("pods").path(0);

      assertThat(pod.path("phase").asString("")).isEqualTo("Unknown");
      assertThat(pod.path("ready").asBoolean(true)).isFalse();
      assertThat(pod.path("message").asString(""))
          .startsWith("instance far has not been heard of since ");
    }
  }

  @Test
  void instancesAndPodsAreShown() {
    JsonNode instance = json(fixture.call("GET", "/instances")).path("instances").get(0);
    JsonNode pod = json(fixture.call("GET", "/pods")).path("pods").get(0);

    assertThat(instance.path("name").stringValue()).isEqualTo("local-1");
    assertThat(instance.path("connected").booleanValue()).isTrue();
    assertThat(json(fixture.call("GET", "/instances/local-1")).path("instance").path("id"))
        .isEqualTo(instance.path("id"));
    assertThat(pod.path("name").stringValue()).isEqualTo("web");
    assertThat(pod.path("instance_name").stringValue()).isEqualTo("local-1");
    assertThat(pod.path("phase").stringValue()).isEmpty();
    JsonNode shown = json(fixture.call("GET", "/pods/web%2Fdeployment")).path("pod");
    assertThat(shown.path("manifest").path("kind").stringValue()).isEqualTo("Pod");
    assertThat(shown.has("secrets")).isFalse();
  }
}
