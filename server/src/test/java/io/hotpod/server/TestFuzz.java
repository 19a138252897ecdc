package io.hotpod.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.Engine;
import io.hotpod.engine.EngineSettings;
import io.hotpod.engine.Engines;
import io.hotpod.server.access.Role;
import io.hotpod.server.http.RequestLimits;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whatever comes in, the server is not to blame itself: thousands of mutations of bodies, queries,
 * headers and paths for every route, in front of a real engine. Never a 5xx, never a stack trace,
 * and every refusal in Heat's shape.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestFuzz {
  private static final long SEED = 20261129;
  private static final int ROUNDS = 45;
  private static final int PATHS = 1500;
  private static final String AGENT = "/agent/v1/instances/{id}";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String TEMPLATE =
      """
      {"heat_template_version": "2018-08-31",
       "parameters": {"p": {"type": "string", "default": "d", "constraints": [{"length": {"max": 9}}]}},
       "resources": {"front": {"type": "OS::Heat::TestResource", "properties": {"value": {"get_param": "p"}}},
                     "handle": {"type": "OS::Heat::WaitConditionHandle"}},
       "outputs": {"o": {"value": {"get_attr": ["front", "output"]}}}}
      """;
  private static final String STACK =
      """
      {"stack_name": "fuzz", "template": %s, "files": {"a": "parameters: {p: x}"},
       "environment": {"parameters": {"p": "y"}, "resource_registry": {"My::Type": "OS::Heat::None"}},
       "environment_files": ["a"], "parameters": {"p": "r"}, "timeout_mins": 5,
       "disable_rollback": true, "tags": "x,y", "clear_parameters": ["p"]}
      """
          .formatted(TEMPLATE);

  /** What a route takes, by the end of its pattern; others get that of a stack. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          entry("/actions", "{\"check\": null}"),
          entry(
              "/signal",
              "{\"status\": \"SUCCESS\", \"id\": \"1\", \"data\": \"d\", \"reason\": \"r\"}"),
          entry("/snapshots", "{\"name\": \"s\"}"),
          entry(
              "/resources/{resource}",
              "{\"mark_unhealthy\": true, \"resource_status_reason\": \"r\"}"),
          entry(
              "/software_configs",
              "{\"name\": \"n\", \"group\": \"g\", \"config\": \"c\", \"inputs\": [{\"name\": \"i\"}],"
                  + " \"outputs\": [{\"name\": \"o\"}], \"options\": {}}"),
          entry(
              "/software_deployments",
              "{\"config_id\": \"c\", \"server_id\": \"s\", \"input_values\": {}, \"action\": \"CREATE\","
                  + " \"status\": \"COMPLETE\", \"status_reason\": \"r\", \"output_values\": {}}"),
          entry("/join_tokens", "{\"valid_minutes\": 5}"),
          entry("/instances/{name}", "{\"labels\": {\"zone\": \"a\", \"old\": null}}"),
          entry("/drain", "{\"stop\": true}"),
          entry(
              "/exec",
              "{\"command\": [\"sh\", \"-c\", \"true\"], \"container\": \"c\", \"input\": true,"
                  + " \"terminal\": true, \"rows\": 24, \"columns\": 80}"),
          entry("/enrol", "{\"join_token\": \"t\", \"name\": \"n\"}"),
          entry("/report", "{\"instance\": \"i\", \"pods\": [], \"version\": 1}"),
          entry("/credential", "{\"reason\": \"r\"}"),
          entry(
              "/ec2tokens",
              "{\"credentials\": {\"access\": \"a\", \"signature\": \"s\", \"verb\": \"GET\", \"host\": \"h\","
                  + " \"path\": \"/\", \"params\": {\"SignatureVersion\": \"2\", \"a\": \"b\"}}}"),
          entry(
              "/auth/tokens",
              "{\"auth\": {\"identity\": {\"methods\": [\"password\"], \"password\": {\"user\": {\"name\":"
                  + " \"admin\", \"domain\": {\"id\": \"default\"}, \"password\": \"p\"}}},"
                  + " \"scope\": {\"project\": {\"name\": \"default\", \"domain\": {\"id\": \"default\"}}}}}"));

  private final Mutations mutations = new Mutations(SEED);
  private Engine engine;
  private HotpodServer server;
  private Map<String, String> known = Map.of();
  private String instance = "";
  private String credential = "";

  @BeforeAll
  void start(@TempDir Path directory) {
    engine =
        Engines.open(
            new EngineSettings(
                directory.resolve("state"), Clock.systemUTC(), () -> UUID.randomUUID().toString()));
    ServerLimits usual = ServerLimits.DEFAULT;
    ServerLimits limits =
        new ServerLimits(
            usual.bodyBytes(),
            usual.reportBytes(),
            usual.headerBytes(),
            usual.connections(),
            usual.longPolls(),
            Duration.ofMillis(20),
            usual.idleConnection(),
            usual.logStreams(),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            new RequestLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                4000,
                new RequestLimits.Rate(100_000, 100_000)),
            usual.drain());
    server =
        HotpodServer.start(
            ServerSettings.withoutAuthentication("127.0.0.1", 0)
                .withAuthentication(
                    new AuthenticationKind.Tokens(UsersFixture.write(directory).path(), directory))
                .withLimits(limits),
            engine);
    known =
        Map.of(
            "project", "default",
            "name", "web",
            "id", create(),
            "resource", "front",
            "key", "o",
            "type", "OS::Heat::TestResource",
            "version", "heat_template_version.2018-08-31",
            "arn", "arn:openstack:heat::default:stacks");
    enrol();
  }

  /** What agents ask is asked with the credential of one, or nothing of it would be looked at. */
  private void enrol() {
    String token =
        MAPPER
            .readTree(
                send("POST", "/v1/default/join_tokens", token(true), Optional.of("{}")).body())
            .path("join_token")
            .asString("");
    HttpResponse<String> enrolled =
        send(
            "POST",
            "/agent/v1/enrol",
            "",
            Optional.of("{\"name\": \"web-1\", \"join_token\": \"%s\"}".formatted(token)));
    assertThat(enrolled.statusCode()).as(enrolled.body()).isEqualTo(200);
    JsonNode answer = MAPPER.readTree(enrolled.body());
    instance = answer.path("instance_id").asString("");
    credential = answer.path("credential").asString("");
  }

  private String who(String pattern) {
    boolean agent = pattern.startsWith(AGENT) && mutations.chance(95);
    return agent ? "Authorization: Bearer " + credential + "\r\n" : token(mutations.chance(97));
  }

  private String create() {
    HttpResponse<String> answer =
        send(
            "POST",
            "/v1/default/stacks",
            token(true),
            Optional.of(
                STACK.replace("\"fuzz\"", "\"web\"").replace("\"clear_parameters\"", "\"x\"")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return MAPPER.readTree(answer.body()).path("stack").path("id").asString("");
  }

  @AfterAll
  void stop() {
    server.close();
    engine.close();
  }

  @Test
  void everyRouteAnswersOrRefuses() {
    List<String> routes =
        server.routes().stream().filter(route -> !route.endsWith("/stream")).toList();
    assertThat(routes).hasSizeGreaterThan(70);
    Map<String, String> failures = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (String route : routes) {
        String[] parts = route.split(" ", 2);
        // What is deleted would leave nothing to look at.
        boolean spare = parts[0].equals("DELETE") || parts[1].endsWith("/abandon");
        String path = path(parts[1], spare) + mutations.query();
        Optional<String> body =
            mutations.chance(90) && !parts[0].equals("GET") && !parts[0].equals("HEAD")
                ? Optional.of(mutations.body(right(parts[1])))
                : Optional.empty();
        HttpResponse<String> answer =
            send(parts[0], path, who(parts[1]) + mutations.headers(), body);
        if (answer.statusCode() >= 500) {
          failures.putIfAbsent(route, path + " " + body.orElse("") + "\n" + answer.body());
        } else {
          assertNotOurFault(answer, parts[0] + " " + path + " " + body.orElse(""));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  private String path(String pattern, boolean spare) {
    StringBuilder path = new StringBuilder();
    for (String segment : pattern.substring(1).split("/", -1)) {
      path.append('/');
      if (segment.startsWith("{")) {
        String name = segment.substring(1, segment.length() - 1);
        boolean ruined = spare && name.equals("id");
        String right =
            name.equals("id") && pattern.startsWith(AGENT)
                ? instance
                : known.getOrDefault(name, "nobody");
        path.append(mutations.segment(ruined ? "gone" : right));
      } else {
        path.append(segment);
      }
    }
    return path.toString();
  }

  private static String right(String pattern) {
    return BODIES.entrySet().stream()
        .filter(entry -> pattern.endsWith(entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(STACK);
  }

  private HttpResponse<String> send(
      String method, String path, String headers, Optional<String> body) {
    String text = body.orElse("");
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + server.uri().getAuthority()
            + "\r\nConnection: close\r\n"
            + headers
            + (body.isEmpty()
                ? ""
                : "Content-Type: %s\r\nContent-Length: %d\r\n"
                    .formatted(mutations.contentType(), text.getBytes(UTF_8).length));
    return RawHttp.send(server.uri(), head, text);
  }

  private static String token(boolean good) {
    return "X-Auth-Token: " + (good ? UsersFixture.token(Role.ADMIN) : "nobody") + "\r\n";
  }

  static void assertNotOurFault(HttpResponse<String> response, String what) {
    assertThat(response.statusCode()).as("%s", what).isBetween(200, 499);
    assertThat(response.body())
        .as("%s", what)
        .doesNotContain("\tat ", "at io.hotpod", "java.lang.", "Exception:");
    if (response.body().startsWith("<ErrorResponse>")) {
      assertThat(response.body()).as("%s", what).matches("<Err.*<Type>Sender</Type><Code>[A-Z].*");
    } else if (response.statusCode() >= 400 && !what.startsWith("HEAD ")) {
      JsonNode body = json(response.body(), what);
      if (body.has("ErrorResponse")) {
        assertThat(body.at("/ErrorResponse/Error/Code").isString()).as("%s", what).isTrue();
        return;
      }
      assertThat(body.path("code").asInt(0)).as("%s", what).isEqualTo(response.statusCode());
      assertThat(body.path("error").path("type").isString()).as("%s", what).isTrue();
      assertThat(body.path("error").path("message").isString()).as("%s", what).isTrue();
    }
  }

  private static JsonNode json(String text, String what) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new AssertionError(what + "\n" + text, e);
    }
  }

  @Test
  void pathsAreAnsweredOrRefused() {
    Mutations own = new Mutations(SEED + 1);
    List<String> pieces =
        List.of(
            "/",
            "//",
            "v1",
            "v1.0",
            "default",
            "stacks",
            "detail",
            "web",
            "%2F",
            "%00",
            "%ff",
            "..",
            ".",
            "arn:openstack:heat::",
            "resources",
            "events",
            "actions",
            "agent",
            "instances",
            "requests",
            "output",
            "pods",
            ";a=b",
            "template_versions",
            "~",
            "%E2%82",
            "guest",
            "identity",
            "v3",
            "cfn",
            "?",
            "??a",
            "%",
            "%4",
            "#",
            "\\",
            "{",
            "|",
            "\u00e9");
    List<String> methods =
        List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "X");
    for (int round = 0; round < PATHS; round++) {
      StringBuilder path = new StringBuilder("/");
      int length = own.one(List.of(1, 2, 3, 4, 5, 6, 7));
      for (int piece = 0; piece < length; piece++) {
        path.append(own.one(pieces)).append(own.chance(50) ? "/" : "");
      }
      String method = own.one(methods);
      HttpResponse<String> response =
          RawHttp.send(server.uri(), method + " " + path + " HTTP/1.1\r\n", "");
      assertNotOurFault(response, method + " " + path);
    }
  }
}
