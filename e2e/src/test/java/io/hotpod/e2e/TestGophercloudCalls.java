package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The requests of gophercloud's package for orchestration, and so of Terraform's resource {@code
 * openstack_orchestration_stack_v1}, as they are recorded in a table: each with the codes that it
 * takes for success and the types that it wants the fields of the answer to have. Go stops at the
 * first field of another type.
 */
final class TestGophercloudCalls {
  @RegisterExtension private static final Sites SITES = Sites.ofClass("gophercloud");

  private static final String STACK =
      "stack: capabilities=list creation_time=time description=string disable_rollback=boolean"
          + " id=string links=links notification_topics=list outputs=maps parameters=strings"
          + " stack_name=string stack_status=string stack_status_reason=string tags=words"
          + " template_description=string timeout_mins=number updated_time=time";
  private static final String RESOURCE =
      "creation_time=time description=string links=links logical_resource_id=string"
          + " resource_name=string parent_resource=string physical_resource_id=string"
          + " required_by=list resource_status=string resource_status_reason=string"
          + " resource_type=string updated_time=time";
  private static final String EVENT =
      "resource_name=string event_time=time links=links logical_resource_id=string"
          + " resource_status_reason=string resource_status=string physical_resource_id=string"
          + " id=string";
  private static final String TEMPLATE =
      "heat_template_version: 2021-04-16\\nparameters:\\n  length: {type: number, default: 8}\\n"
          + "  loud: {type: boolean, default: true}\\nresources:\\n  word:\\n"
          + "    type: OS::Heat::RandomString\\n    properties: {length: {get_param: length}}\\n"
          + "outputs:\\n  word: {value: {get_attr: [word, value]}}\\n";

  private static Site site;
  private static HttpClient client;

  private final Map<String, String> names = new LinkedHashMap<>(Map.of("template", TEMPLATE));

  /**
   * One request.
   *
   * @param path below the project; names in braces are put in
   * @param body JSON; none where empty
   * @param codes what is a success
   * @param shape where in the answer, and then fields with their types; not looked at where empty
   */
  private record Call(String method, String path, String body, String codes, String shape) {}

  /** In this order: Terraform's apply, apply of a change, refresh and destroy are in it. */
  private static final List<Call> CALLS =
      List.of(
          new Call("GET", "/", "", "200 300", "versions/0: id=string status=string links=links"),
          new Call("GET", "/build_info", "", "200", "api: revision=string"),
          new Call(
              "POST",
              "/stacks/preview",
              "{'stack_name': 'terraform', 'timeout_mins': 60, 'template': '{template}'}",
              "200",
              "stack: capabilities=list description=string disable_rollback=boolean"
                  + " links=links parameters=strings resources=list stack_name=string"
                  + " timeout_mins=number"),
          new Call(
              "POST",
              "/validate",
              "{'template': '{template}'}",
              "200",
              ": Description=string Parameters=map"),
          new Call(
              "POST",
              "/stacks",
              "{'stack_name': 'terraform', 'disable_rollback': false, 'parameters': {'length':"
                  + " '9'}, 'environment': 'parameters: {loud: false}', 'tags': ',,one,two',"
                  + " 'template': '{template}'}",
              "201 202",
              "stack: id=string links=links"),
          new Call("GET", "/stacks/{id}", "", "200", STACK),
          new Call("GET", "/stacks/terraform", "", "200", STACK),
          new Call("GET", "/stacks/terraform/{id}", "", "200", STACK),
          new Call(
              "GET",
              "/stacks?limit=10&sort_dir=asc&sort_keys=name&name=terraform&show_nested=true",
              "",
              "200",
              "stacks/0: creation_time=time description=string id=string links=links"
                  + " stack_name=string stack_status=string stack_status_reason=string"
                  + " tags=words updated_time=time"),
          new Call("GET", "/stacks/terraform/{id}/template", "", "200", ": resources=map"),
          new Call(
              "GET", "/stacks/terraform/{id}/resources", "", "200", "resources/0: " + RESOURCE),
          new Call("GET", "/stacks/terraform/resources", "", "200", "resources/0: " + RESOURCE),
          new Call(
              "GET",
              "/stacks/terraform/{id}/resources/word",
              "",
              "200",
              "resource: attributes=map " + RESOURCE),
          new Call(
              "GET",
              "/stacks/terraform/{id}/resources/word/metadata",
              "",
              "200",
              ": metadata=strings"),
          new Call("GET", "/stacks/terraform/{id}/events", "", "200", "events/0: " + EVENT),
          new Call("GET", "/stacks/terraform/events", "", "200", "events/0: " + EVENT),
          new Call(
              "GET",
              "/stacks/terraform/{id}/resources/word/events",
              "",
              "200",
              "events/0: " + EVENT),
          new Call(
              "GET",
              "/stacks/terraform/{id}/resources/word/events/{event}",
              "",
              "200",
              "event: " + EVENT),
          new Call("GET", "/resource_types", "", "200", ": resource_types=words"),
          new Call(
              "GET",
              "/resource_types/OS::Heat::RandomString",
              "",
              "200",
              ": attributes=map properties=map resource_type=string support_status=map"),
          new Call(
              "GET",
              "/resource_types/OS::Heat::RandomString/template?template_type=hot",
              "",
              "200",
              ": resources=map"),
          new Call(
              "PATCH",
              "/stacks/terraform/{id}/resources/word",
              "{'mark_unhealthy': true, 'resource_status_reason': 'it looks ill'}",
              "200",
              ""),
          new Call(
              "PUT",
              "/stacks/terraform/{id}",
              "{'parameters': {'length': '10'}, 'tags': ',one', 'timeout_mins': 30,"
                  + " 'template': '{template}'}",
              "201 202",
              ""),
          new Call("GET", "/stacks/{id}", "", "200", STACK),
          new Call(
              "PATCH",
              "/stacks/terraform/{id}",
              "{'parameters': {'length': '11'}}",
              "200 202 204",
              ""),
          new Call("GET", "/stacks/{id}", "", "200", STACK),
          new Call(
              "DELETE",
              "/stacks/terraform/{id}/abandon",
              "",
              "200",
              ": status=string name=string template=map action=string id=string resources=map"
                  + " files=strings stack_user_project_id=string project_id=string"
                  + " environment=map"),
          new Call(
              "POST",
              "/stacks",
              "{'stack_name': 'terraform-2', 'disable_rollback': false, 'template': '{template}'}",
              "201 202",
              "stack: id=string links=links"),
          new Call("GET", "/stacks/{id}", "", "200", STACK),
          new Call("DELETE", "/stacks/terraform-2/{id}", "", "202 204", ""),
          // Terraform goes on to ask until it is told that the stack is deleted, or not there.
          new Call("GET", "/stacks/{id}", "", "200 404", ""));

  @BeforeAll
  static void start() {
    site = SITES.open();
    site.startServer();
    client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
  }

  @Test
  void everyCallIsAnsweredAsGoWantsIt() throws Exception {
    for (Call call : CALLS) {
      settle();
      JsonNode body = send(call);
      if (!call.shape().isEmpty()) {
        check(call, body);
      }
      remember(body);
    }
  }

  private HttpResponse<String> exchange(String method, String path, String body)
      throws IOException, InterruptedException {
    String url = site.api().server() + (path.equals("/") ? "/" : "/v1/default" + path);
    return client.send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofMinutes(1))
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Terraform waits between its requests too. */
  private void settle() {
    String id = names.getOrDefault("id", "");
    if (!id.isEmpty()) {
      Waiting.patiently("the end of what happens to the stack")
          .until(
              () -> exchange("GET", "/stacks/" + id, "").body(),
              body -> !body.contains("_IN_PROGRESS"));
    }
  }

  private JsonNode send(Call call) throws IOException, InterruptedException {
    String path = filled(call.path());
    HttpResponse<String> answer =
        exchange(call.method(), path, filled(call.body().replace('\'', '"')));
    assertThat(Arrays.asList(call.codes().split(" ", -1)))
        .as("%s %s: %s", call.method(), path, answer.body())
        .contains(String.valueOf(answer.statusCode()));
    return answer.body().isBlank() ? MissingNode.getInstance() : Api.JSON.readTree(answer.body());
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }

  private void remember(JsonNode body) {
    body.path("stack").optional("id").ifPresent(id -> names.put("id", id.asString("")));
    body.path("events")
        .optional(0)
        .ifPresent(event -> names.put("event", event.path("id").asString("")));
  }

  private static void check(Call call, JsonNode body) {
    int colon = call.shape().indexOf(':');
    JsonNode place = colon == 0 ? body : body.at("/" + call.shape().substring(0, colon));
    assertThat(place.isObject()).as("%s: %s", call, body).isTrue();
    for (String field : call.shape().substring(colon + 1).strip().split(" ", -1)) {
      String[] parts = field.split("=", 2);
      JsonNode value = place.path(parts[0]);
      assertThat(value.isMissingNode() || value.isNull() || is(value, parts[1]))
          .as("%s %s: %s is %s", call.method(), call.path(), field, value)
          .isTrue();
    }
  }

  private static boolean is(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isIntegralNumber();
      case "list" -> value.isArray();
      case "map" -> value.isObject();
      case "words" -> value.isArray() && all(value, JsonNode::isString);
      case "maps" -> value.isArray() && all(value, JsonNode::isObject);
      case "strings" -> value.isObject() && all(value, JsonNode::isString);
      case "links" ->
          value.isArray()
              && all(value, link -> link.path("href").isString() && link.path("rel").isString());
      case "time" -> value.isString() && (value.stringValue().isEmpty() || isTime(value));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static boolean all(JsonNode values, Predicate<JsonNode> condition) {
    return StreamSupport.stream(values.spliterator(), false).allMatch(condition);
  }

  /** RFC 3339, with or without a zone. */
  private static boolean isTime(JsonNode value) {
    try {
      OffsetDateTime.parse(value.stringValue());
      return true;
    } catch (DateTimeParseException withoutZone) {
      try {
        LocalDateTime.parse(value.stringValue());
        return true;
      } catch (DateTimeParseException none) {
        return false;
      }
    }
  }
}
