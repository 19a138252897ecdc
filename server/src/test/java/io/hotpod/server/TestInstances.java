package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people say about instances, and whether those take pods. */
final class TestInstances {
  private final ServerFixture fixture = new ServerFixture();

  @BeforeEach
  void enrol() {
    fixture.enrol("web-1");
    fixture.enrol("web-2");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void labelsAreSaidAndChosenBy() {
    HttpResponse<String> said =
        fixture.call("PATCH", "/instances/web-1", "{\"labels\":{\"zone\":\"a\",\"old\":null}}");

    assertThat(said.statusCode()).isEqualTo(200);
    assertThat(json(said).at("/instance/labels").toString()).isEqualTo("{\"zone\":\"a\"}");
    for (String chosen : List.of("?label=zone=a", "?label=zone", "?label=zone&label=zone=a")) {
      assertThat(json(fixture.call("GET", "/instances" + chosen)).path("instances"))
          .singleElement()
          .satisfies(each -> assertThat(each.path("name").stringValue()).isEqualTo("web-1"));
    }
    assertThat(json(fixture.call("GET", "/instances?label=zone=b")).path("instances")).isEmpty();
  }

  @Test
  void bodiesThatAreNoLabelsAreRefused() {
    for (String body :
        List.of("{}", "{\"labels\":[]}", "{\"labels\":{\"a\":1}}", "{\"labels\":{},\"x\":1}")) {
      assertThat(fixture.call("PATCH", "/instances/web-1", body).statusCode())
          .as(body)
          .isEqualTo(400);
    }
  }

  @Test
  void drainingIsShownAndTakenBack() {
    assertThat(json(fixture.call("POST", "/instances/web-1/drain")).at("/instance/drained"))
        .hasToString("true");
    assertThat(json(fixture.call("GET", "/instances/web-1/empty")).path("empty"))
        .hasToString("false");
    assertThat(
            json(fixture.call("POST", "/instances/web-1/drain", "{\"stop\":true}"))
                .at("/instance/pods_stopped"))
        .hasToString("true");
    assertThat(json(fixture.call("GET", "/instances/web-1/empty?wait=1")).path("empty"))
        .hasToString("true");
    assertThat(json(fixture.call("POST", "/instances/web-1/undrain")).at("/instance/drained"))
        .hasToString("false");
    assertThat(fixture.call("POST", "/instances/none/drain").statusCode()).isEqualTo(404);
  }
}
