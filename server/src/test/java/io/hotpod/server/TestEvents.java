package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestEvents {
  private final ServerFixture fixture = new ServerFixture();

  @AfterAll
  void close() {
    fixture.close();
  }

  private List<JsonNode> events(String path) {
    return json(fixture.call("GET", path)).path("events").valueStream().toList();
  }

  @Test
  void theNewestComesFirstUnlessAskedOtherwise() {
    String path = fixture.createStack("ordered") + "/events";

    List<JsonNode> newest = events(path);
    List<JsonNode> oldest = events(path + "?sort_dir=asc&sort_keys=event_time");

    assertThat(newest).hasSize(2).containsExactlyElementsOf(oldest.reversed());
    assertThat(newest.getFirst().path("resource_status").stringValue())
        .isEqualTo("CREATE_COMPLETE");
    assertThat(newest.getFirst().propertyNames())
        .containsExactlyInAnyOrder(
            "id",
            "event_time",
            "links",
            "resource_name",
            "logical_resource_id",
            "resource_status",
            "resource_status_reason",
            "physical_resource_id");
  }

  @Test
  void aMarkerAndALimitCutTheList() {
    String path = fixture.createStack("paged") + "/events";
    List<JsonNode> all = events(path + "?sort_dir=asc");

    assertThat(events(path + "?sort_dir=asc&limit=1")).containsExactly(all.getFirst());
    assertThat(events(path + "?sort_dir=asc&marker=" + all.getFirst().path("id").stringValue()))
        .containsExactly(all.getLast());
    assertThat(events(path + "?resource_status=IN_PROGRESS")).containsExactly(all.getFirst());
    assertThat(events(path + "?resource_status=COMPLETE&resource_status=FAILED&limit=5"))
        .containsExactly(all.getLast());
    assertThat(events(path + "?resource_name=nope")).isEmpty();
  }

  @Test
  void theRootIsNamedWhenNestedEventsAreAskedFor() {
    String path = fixture.createStack("rooted") + "/events";

    assertThat(events(path).getFirst().path("links")).hasSize(3);
    assertThat(events(path + "?nested_depth=1").getFirst().path("links").get(3).path("rel"))
        .hasToString("\"root_stack\"");
  }

  @Test
  void oneEventIsShownUnderItsResource() {
    String path = fixture.createStack("single");
    JsonNode event = events(path + "/resources/single/events").getFirst();
    String id = event.path("id").stringValue();

    JsonNode shown =
        json(fixture.call("GET", path + "/resources/single/events/" + id)).path("event");

    assertThat(shown.path("resource_type").stringValue()).isEqualTo("OS::Heat::Stack");
    assertThat(shown.path("links").get(0).path("href").stringValue())
        .endsWith("/resources/single/events/" + id);
    assertThat(fixture.call("GET", path + "/resources/other/events/" + id).statusCode())
        .isEqualTo(404);
  }

  @Test
  void eventsOutliveTheirStack() {
    String path = fixture.createStack("gone");
    fixture.call("DELETE", path);

    assertThat(events(path + "/events").getFirst().path("resource_status").stringValue())
        .isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aWaitEndsWithTheNextEvent() throws Exception {
    String path = fixture.createStack("awaited");
    String marker = events(path + "/events").getFirst().path("id").stringValue();
    CompletableFuture<HttpResponse<String>> waiting =
        fixture.client.sendAsync(
            fixture.request("GET", path + "/events?sort_dir=asc&wait=15&marker=" + marker).build(),
            BodyHandlers.ofString());

    fixture.engine.stacks.happen(
        path.substring(path.lastIndexOf('/') + 1), Action.UPDATE, Status.IN_PROGRESS);

    JsonNode found = json(waiting.get(5, TimeUnit.SECONDS)).path("events");
    assertThat(found.get(0).path("resource_status").stringValue()).isEqualTo("UPDATE_IN_PROGRESS");
  }

  @Test
  void aWaitForNothingEndsEmpty() {
    String path = fixture.createStack("quiet");
    String marker = events(path + "/events").getFirst().path("id").stringValue();

    assertThat(events(path + "/events?sort_dir=asc&wait=1&marker=" + marker)).isEmpty();
  }
}
