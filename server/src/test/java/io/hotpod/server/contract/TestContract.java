package io.hotpod.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.HotpodServer;
import io.hotpod.server.ServerSettings;
import io.hotpod.server.access.RouteRules;
import io.hotpod.server.openapi.OpenApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route against its reference, and our own against what is said of them: codes, headers and
 * bodies, on a real server in front of a real engine. Each table has a project of its own and is
 * walked from top to bottom.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestContract {
  private static final List<String> TABLES =
      List.of(
          "transport",
          "stacks",
          "changes",
          "lists",
          "definitions",
          "resources",
          "events",
          "snapshots",
          "software",
          "types",
          "signals",
          "own");

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private Engine engine;
  private HotpodServer server;
  private JsonNode description = MAPPER.nullNode();

  @BeforeAll
  void start(@TempDir Path directory) {
    engine =
        Engines.open(
            new EngineSettings(
                directory.resolve("state"), Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    server = HotpodServer.start(ServerSettings.withoutAuthentication("127.0.0.1", 0), engine);
    description = OpenApi.describe(server.routes());
  }

  @AfterAll
  void stop() {
    client.shutdownNow();
    server.close();
    engine.close();
  }

  @TestFactory
  Stream<DynamicContainer> everyRowIsAnsweredAsItSays() {
    return TABLES.stream()
        .map(
            table -> {
              Map<String, String> kept = new HashMap<>();
              kept.put("base", server.uri().toString());
              kept.put("project", table);
              return DynamicContainer.dynamicContainer(
                  table,
                  Row.table(table).stream()
                      .map(row -> DynamicTest.dynamicTest(row.why(), () -> check(row, kept))));
            });
  }

  private void check(Row row, Map<String, String> kept) {
    if (row.await()) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .untilAsserted(() -> checkOnce(row, kept));
    } else {
      checkOnce(row, kept);
    }
  }

  private void checkOnce(Row row, Map<String, String> kept) {
    HttpResponse<String> response = send(row, kept);
    String what = row.ask() + "\n" + response.body();
    assertThat(response.statusCode()).as(what).isEqualTo(row.answer());
    List<String> problems = new ArrayList<>();
    row.shows()
        .forEach(
            (name, shape) ->
                problems.addAll(
                    Shape.problems(
                        filled(shape, kept),
                        MAPPER.valueToTree(response.headers().firstValue(name).orElse("<none>")))));
    row.body()
        .ifPresent(shape -> problems.addAll(Shape.problems(filled(shape, kept), json(response))));
    problems.addAll(asDescribed(row, kept, response));
    if (row.answer() >= 400 && row.body().isEmpty()) {
      problems.addAll(heatError(json(response), row.answer()));
    }
    assertThat(response.headers().firstValue("x-openstack-request-id").orElse(""))
        .as(what)
        .startsWith("req-");
    assertThat(problems).as(what).isEmpty();
    row.keep().forEach((name, place) -> kept.put(name, value(response, place)));
  }

  /** Every answer is one that the server's own description allows. */
  private List<String> asDescribed(
      Row row, Map<String, String> kept, HttpResponse<String> response) {
    String[] ask = fill(row.ask(), kept).replace(server.uri().toString(), "/").split(" ", 2);
    Optional<String> route =
        server.routes().stream()
            .filter(each -> isOf(ask, each))
            // A word of a path goes before a variable.
            .min(Comparator.comparingLong(each -> each.chars().filter(c -> c == '{').count()));
    if (route.isEmpty() || response.body().isEmpty()) {
      return List.of();
    }
    String[] parts = route.get().split(" ", 2);
    JsonNode responses =
        description.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
    String status = Integer.toString(row.answer());
    JsonNode described = responses.path("responses").path(row.answer() >= 400 ? "default" : status);
    String type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    JsonNode content = described.path("content").path(type);
    return content.isMissingNode()
        ? List.of()
        : Schema.problems(description, content.path("schema"), json(response));
  }

  @Test
  void theDescriptionTellsOfEveryRouteAndIsServedToEveryone() throws Exception {
    HttpResponse<String> served =
        client.send(
            HttpRequest.newBuilder(URI.create(server.uri() + "/openapi.json")).build(),
            BodyHandlers.ofString());

    assertThat(served.statusCode()).isEqualTo(200);
    JsonNode document = json(served);
    assertThat(document).isEqualTo(MAPPER.readTree(description.toString()));
    assertThat(document.path("openapi").asString("")).isEqualTo("3.1.0");
    List<String> described = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    document
        .path("paths")
        .propertyStream()
        .forEach(
            path ->
                path.getValue()
                    .propertyStream()
                    .forEach(
                        operation -> {
                          described.add(
                              operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                          ids.add(operation.getValue().path("operationId").asString(""));
                        }));
    assertThat(described).containsExactlyInAnyOrderElementsOf(server.routes());
    assertThat(ids).hasSameSizeAs(described);
    assertThat(references(document))
        .allSatisfy(
            reference -> assertThat(document.at(reference.substring(1)).isMissingNode()).isFalse());
  }

  private static List<String> references(JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.path("$ref").isString()) {
      found.add(node.path("$ref").stringValue());
    }
    node.valueStream().forEach(child -> found.addAll(references(child)));
    return found;
  }

  @Test
  void everyRouteHasALineOfWords() {
    assertThat(OpenApi.told()).containsExactlyInAnyOrderElementsOf(RouteRules.all().keySet());
  }

  @Test
  void refusalsHaveTheShapeOfProblemDetailsForWhoAcceptsIt() throws Exception {
    HttpResponse<String> refusal =
        client.send(
            HttpRequest.newBuilder(URI.create(server.uri() + "/v1/problems/stacks"))
                .header("Accept", "application/json, application/problem+json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"stack_name\": \"a\", \"template\": \"heat_template_version: 2018-08-31\\nresorces: {}\"}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode details = json(refusal);
    assertThat(
            Schema.problems(
                description, description.at("/components/schemas/ProblemDetails"), details))
        .isEmpty();
    assertThat(details.at("/problems/0/line").asInt(0)).isEqualTo(2);
    assertThat(details.at("/problems/0/advice").asString("")).contains("resources");
  }

  /** Every refusal has this shape, whatever it says. */
  private static List<String> heatError(JsonNode body, int status) {
    List<String> problems = new ArrayList<>();
    if (body.path("code").asInt(0) != status
        || !body.path("title").isString()
        || !body.path("explanation").isString()
        || !body.path("error").path("type").isString()
        || !body.path("error").path("message").isString()
        || !body.path("error").path("traceback").isNull()) {
      problems.add("not the shape of a refusal: " + body);
    }
    return problems;
  }

  private HttpResponse<String> send(Row row, Map<String, String> kept) {
    String[] words = fill(row.ask(), kept).split(" ", 2);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(words[1], kept))
            .timeout(PATIENCE)
            .method(
                words[0],
                row.send()
                    .map(text -> BodyPublishers.ofString(fill(text, kept)))
                    .orElseGet(BodyPublishers::noBody));
    row.headers().forEach((name, value) -> builder.header(name, fill(value, kept)));
    if (row.send().isPresent() && !row.headers().containsKey("Content-Type")) {
      builder.header("Content-Type", "application/json");
    }
    try {
      return client.send(builder.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(row.ask(), e);
    }
  }

  private URI uri(String path, Map<String, String> kept) {
    if (path.startsWith("http")) {
      return URI.create(path);
    }
    return URI.create(
        path.startsWith("//")
            ? server.uri() + path.substring(1)
            : server.uri() + "/v1/" + kept.get("project") + path);
  }

  private static String fill(String text, Map<String, String> kept) {
    String filled = text;
    for (Map.Entry<String, String> entry : kept.entrySet()) {
      filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
    }
    return filled;
  }

  private static JsonNode filled(JsonNode shape, Map<String, String> kept) {
    return MAPPER.readTree(fill(MAPPER.writeValueAsString(shape), kept));
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return MAPPER.readTree(response.body());
    } catch (JacksonException e) {
      return MAPPER.valueToTree(response.body());
    }
  }

  private static String value(HttpResponse<String> response, String place) {
    String[] parts = place.split("#", 2);
    String text = json(response).at(parts[0]).asString("");
    // Behind the sign is a place in the JSON text that stands at the one before it.
    return parts.length == 1 ? text : MAPPER.readTree(text).at(parts[1]).asString("");
  }

  @Test
  void everyRouteHasARow() {
    List<String> asked =
        TABLES.stream().flatMap(table -> Row.table(table).stream()).map(Row::ask).toList();

    assertThat(RouteRules.all().keySet().stream().filter(TestContract::isInATable))
        .allSatisfy(
            route -> assertThat(asked).as(route).anyMatch(ask -> isOf(ask.split(" ", 2), route)));
  }

  private static boolean isInATable(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    return !path.matches("/(identity|guest/(v1|identity|objects|metadata)|openapi).*")
        && !path.endsWith("/stream");
  }

  private static boolean isOf(String[] ask, String route) {
    String path =
        ask[1]
            .replaceFirst("\\?.*", "")
            .replace("{signal}", "//guest/cfn/v1/signal/arn/name/id/resources/resource")
            .replace("{condition}", "//guest/cfn/v1/waitcondition/arn/name/id/resources/resource");
    String full = path.startsWith("//") ? path.substring(1) : "/v1/{project}" + path;
    String[] wanted = route.split(" ", 2);
    String[] segments = full.replaceAll("(.)/$", "$1").split("/", -1);
    String[] pattern = wanted[1].split("/", -1);
    if (!ask[0].equals(wanted[0]) || segments.length != pattern.length) {
      return false;
    }
    for (int index = 0; index < pattern.length; index++) {
      boolean variable = pattern[index].startsWith("{");
      if (!variable && !pattern[index].equals(segments[index])) {
        return false;
      }
    }
    return true;
  }
}
