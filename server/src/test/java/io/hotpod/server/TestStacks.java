package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestStacks {
  private final ServerFixture fixture = new ServerFixture();

  @BeforeAll
  void createOther() {
    fixture.createStack("other");
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void createAnswersWithTheIdAndWhereItIs() {
    HttpResponse<String> response =
        fixture.call("POST", "/stacks", ServerFixture.createBody("created"));

    assertThat(response.statusCode()).isEqualTo(201);
    String id = json(response).path("stack").path("id").stringValue();
    String location = fixture.server.uri() + "/v1/default/stacks/created/" + id;
    assertThat(response.headers().firstValue("Location")).hasValue(location);
    assertThat(json(response).path("stack").path("links").get(0).path("href").stringValue())
        .isEqualTo(location);
    assertThat(response.headers().firstValue("x-openstack-request-id"))
        .hasValueSatisfying(value -> assertThat(value).startsWith("req-"));
  }

  @Test
  void showHasEveryFieldThatClientsRead() {
    JsonNode stack = json(fixture.call("GET", fixture.createStack("shown"))).path("stack");

    assertThat(stack.propertyNames())
        .contains(
            "id",
            "stack_name",
            "description",
            "template_description",
            "creation_time",
            "updated_time",
            "deletion_time",
            "stack_status",
            "stack_status_reason",
            "parameters",
            "outputs",
            "links",
            "capabilities",
            "notification_topics",
            "disable_rollback",
            "timeout_mins",
            "stack_owner",
            "parent",
            "stack_user_project_id",
            "tags");
    assertThat(stack.path("creation_time").stringValue()).isEqualTo("2026-11-01T12:00:00Z");
    assertThat(stack.path("stack_status").stringValue()).isEqualTo("CREATE_COMPLETE");
    assertThat(stack.path("outputs").get(0).path("output_value").stringValue())
        .isEqualTo("10.0.0.1");
    assertThat(stack.path("outputs").get(1).path("output_error").stringValue())
        .isEqualTo("it cannot be worked out");
  }

  @Test
  void showLeavesOutOutputsOnRequest() {
    String path = fixture.createStack("unresolved");

    assertThat(
            json(fixture.call("GET", path + "?resolve_outputs=False")).path("stack").has("outputs"))
        .isFalse();
  }

  @Test
  void aDeletedStackIsShownByItsIdAndGoneByItsName() {
    String path = fixture.createStack("doomed");

    HttpResponse<String> deleted = fixture.call("DELETE", path);
    JsonNode stack = json(fixture.call("GET", path)).path("stack");

    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    assertThat(stack.path("stack_status").stringValue()).isEqualTo("DELETE_COMPLETE");
    assertThat(stack.has("outputs")).isFalse();
    assertThat(fixture.call("GET", "/stacks/doomed").statusCode()).isEqualTo(404);
    assertThat(fixture.call("DELETE", path).statusCode()).isEqualTo(404);
  }

  @Test
  void aNameIsSentToTheFullPathWithTheSameQuery() {
    String path = fixture.createStack("looked-up");
    String canonical = fixture.server.uri() + "/v1/default" + path;

    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      HttpResponse<String> response = fixture.call(method, "/stacks/looked-up?a=b%20c&d=1");
      assertThat(response.statusCode()).as(method).isEqualTo(302);
      assertThat(response.headers().firstValue("Location")).hasValue(canonical + "?a=b%20c&d=1");
    }
    for (String part :
        new String[] {"resources", "events", "template", "actions", "environment", "files"}) {
      HttpResponse<String> response = fixture.call("GET", "/stacks/looked-up/" + part);
      assertThat(response.headers().firstValue("Location")).hasValue(canonical + "/" + part);
    }
    String arn = "arn%3Aopenstack%3Aheat%3A%3Adefault%3A" + path.substring(1).replace("/", "%2F");
    assertThat(fixture.call("GET", "/stacks/" + arn).headers().firstValue("Location"))
        .hasValue(canonical);
  }

  @Test
  void theListHasItemsAndACount() {
    JsonNode body = json(fixture.call("GET", "/stacks?name=other&with_count=true"));

    assertThat(body.path("count").intValue()).isEqualTo(1);
    assertThat(body.path("stacks").get(0).path("stack_name").stringValue()).isEqualTo("other");
    assertThat(body.path("stacks").get(0).path("tags").isNull()).isTrue();
    assertThat(body.path("stacks").get(0).has("parameters")).isFalse();
  }

  @Test
  void aFullPageNamesTheNext() {
    fixture.createStack("page-1");
    fixture.createStack("page-2");

    JsonNode first = json(fixture.call("GET", "/stacks?name=page-1&name=page-2&limit=1"));
    JsonNode second =
        json(fixture.call("GET", first.path("links").get(0).path("href").stringValue()));

    assertThat(first.path("stacks").get(0).path("stack_name").stringValue()).isEqualTo("page-2");
    assertThat(first.path("links").get(0).path("rel").stringValue()).isEqualTo("next");
    assertThat(second.path("stacks").get(0).path("stack_name").stringValue()).isEqualTo("page-1");
  }
}
