package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestAgentApi {
  @Test
  void anAgeingCredentialIsExchanged() {
    ServerFixture.Agent agent = fixture.enrol("ageing");
    assertThat(fixture.send(fixture.agentRequest(agent, "GET", "/pods", "").build()).headers())
        .satisfies(headers -> assertThat(headers.firstValue("Hotpod-Credential")).isEmpty());

    assertThat(fixture.call("POST", "/instances/ageing/rotate").statusCode()).isEqualTo(202);

    assertThat(fixture.send(fixture.agentRequest(agent, "GET", "/pods", "").build()).headers())
        .satisfies(
            headers -> assertThat(headers.firstValue("Hotpod-Credential")).hasValue("renew"));
    HttpResponse<String> renewed =
        fixture.send(fixture.agentRequest(agent, "POST", "/credential", "").build());
    assertThat(renewed.statusCode()).isEqualTo(200);
    assertThat(renewed.headers().firstValue("Cache-Control")).hasValue("no-store");
    ServerFixture.Agent again =
        new ServerFixture.Agent(agent.id(), json(renewed).path("credential").stringValue());
    assertThat(fixture.send(fixture.agentRequest(again, "GET", "/pods", "").build()).statusCode())
        .isEqualTo(200);
  }

  private static final String REPORT =
      """
      {"session": "a", "sequence": 1, "desiredVersion": 1, "time": "2026-11-01T00:00:00Z",
       "facts": {"hostname": "h", "agentVersion": "1", "runtime": "podman",
                 "runtimeVersion": "4", "runtimeProblem": ""},
       "pods": []}
      """;

  private final ServerFixture fixture = new ServerFixture();

  @AfterAll
  void close() {
    fixture.close();
  }

  private HttpResponse<String> pods(ServerFixture.Agent agent, String version, int wait) {
    return fixture.send(podsRequest(agent, version, wait));
  }

  private HttpRequest podsRequest(ServerFixture.Agent agent, String version, int wait) {
    return fixture
        .agentRequest(agent, "GET", "/pods", "")
        .header("If-None-Match", "\"" + version + "\"")
        .header("Prefer", "wait=" + wait)
        .build();
  }

  @Test
  void anInstanceThatLeavesIsRefusedFromThenOn() {
    ServerFixture.Agent agent = fixture.enrol("leaving");
    ServerFixture.Agent other = fixture.enrol("staying");
    ServerFixture.Agent foreign = new ServerFixture.Agent(other.id(), agent.credential());
    assertThat(fixture.send(fixture.agentRequest(foreign, "DELETE", "", "").build()).statusCode())
        .isEqualTo(403);

    assertThat(fixture.send(fixture.agentRequest(agent, "DELETE", "", "").build()).statusCode())
        .isEqualTo(204);

    assertThat(fixture.call("GET", "/instances/leaving", "").statusCode()).isEqualTo(404);
    assertThat(fixture.call("GET", "/instances/staying", "").statusCode()).isEqualTo(200);
    assertThat(fixture.send(fixture.agentRequest(agent, "DELETE", "", "").build()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aJoinTokenIsGoodOnce() {
    String token =
        json(fixture.call("POST", "/join_tokens", "{}")).path("join_token").stringValue();
    String body = "{\"join_token\": \"" + token + "\", \"name\": \"once\"}";

    assertThat(fixture.call("POST", "//agent/v1/enrol", body).statusCode()).isEqualTo(200);
    assertThat(fixture.call("POST", "//agent/v1/enrol", body).statusCode()).isEqualTo(403);
    assertThat(fixture.call("POST", "//agent/v1/enrol", "{\"name\": \"x\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void theDesiredSetComesWithItsVersion() {
    ServerFixture.Agent agent = fixture.enrol("versioned");

    HttpResponse<String> response =
        fixture.send(fixture.agentRequest(agent, "GET", "/pods", "").build());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(response.headers().firstValue("Hotpod-Instance")).hasValue(agent.id());
    assertThat(response.headers().firstValue("Hotpod-Pods")).hasValue("1");
    DesiredPods pods = PodJson.read(response.body(), DesiredPods.class);
    assertThat(pods.version()).isEqualTo(1);
    assertThat(pods.pods()).hasSize(1);
  }

  @Test
  void nothingNewIsSaidAfterTheWait() {
    ServerFixture.Agent agent = fixture.enrol("patient");
    long before = System.nanoTime();

    HttpResponse<String> response = pods(agent, "1", 1);

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void aChangeWakesTheWaitAtOnce() throws Exception {
    ServerFixture.Agent agent = fixture.enrol("woken");
    CompletableFuture<HttpResponse<String>> waiting =
        fixture.client.sendAsync(podsRequest(agent, "1", 15), BodyHandlers.ofString());

    fixture.engine.instances.desire(
        agent.id(), new DesiredPods(2, List.of(FakeInstances.pod("other"))));

    HttpResponse<String> response = waiting.get(5, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("ETag")).hasValue("\"2\"");
  }

  @Test
  void aWrongCredentialIsRefusedAndAForeignOneToo() {
    ServerFixture.Agent one = fixture.enrol("one");
    ServerFixture.Agent two = fixture.enrol("two");
    String[][] routes = {
      {"GET", "/pods", ""},
      {"PUT", "/report", REPORT},
      {"GET", "/requests", ""},
      {"POST", "/requests/x/output", "text"}
    };
    String[][] credentials = {
      {one.credential(), "403"},
      {two.id() + ".wrong", "401"},
      {"wrong", "401"},
      {"", "401"},
      {".", "401"},
      {two.id() + "." + one.credential(), "401"}
    };
    for (String[] route : routes) {
      assertThat(fixture.call(route[0], two.path(route[1]), route[2]).statusCode()).isEqualTo(401);
      for (String[] credential : credentials) {
        HttpResponse<String> response =
            fixture.send(
                fixture
                    .request(route[0], two.path(route[1]), route[2])
                    .header("Authorization", "Bearer " + credential[0])
                    .build());
        assertThat(response.statusCode())
            .as("%s with %s", route[1], credential[0])
            .isEqualTo(Integer.parseInt(credential[1]));
      }
    }
  }

  @Test
  void aReportIsTakenInOnceItIsValid() {
    ServerFixture.Agent agent = fixture.enrol("reporting");
    int before = fixture.engine.instances.reports().size();

    HttpResponse<String> good =
        fixture.send(fixture.agentRequest(agent, "PUT", "/report", REPORT).build());

    assertThat(good.statusCode()).isEqualTo(204);
    for (String bad :
        new String[] {
          "{", "null", "[]", "{}", REPORT.replace("podman", "").replace("\"a\"", "[]")
        }) {
      HttpResponse<String> response =
          fixture.send(fixture.agentRequest(agent, "PUT", "/report", bad).build());
      assertThat(response.statusCode()).as(bad).isEqualTo(400);
    }
    assertThat(
            fixture
                .send(fixture.agentRequest(agent, "PUT", "/report", " ".repeat(70_000)).build())
                .statusCode())
        .isEqualTo(400);
    assertThat(fixture.engine.instances.reports()).hasSize(before + 1);
  }
}
