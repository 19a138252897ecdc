package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestTransport {
  private final ServerFixture fixture = new ServerFixture();

  @AfterAll
  void close() {
    fixture.close();
  }

  private static String type(HttpResponse<String> response) {
    return json(response).path("error").path("type").stringValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//", "//versions", "//v1", "//v1/", "//v1.0/", "//v2", "//v3/"})
  void versionsAreNegotiated(String path) {
    HttpResponse<String> response = fixture.call("GET", path);

    assertThat(response.statusCode()).isEqualTo(300);
    assertThat(response.body())
        .isEqualTo(
            "{\"versions\":[{\"id\":\"v1.0\",\"status\":\"CURRENT\",\"links\":[{\"href\":\""
                + fixture.server.uri()
                + "/v1/\",\"rel\":\"self\"}]}]}");
  }

  @Test
  void aVersionCanBeNamedInOtherWays() {
    assertThat(fixture.call("GET", "//v1.0/default/build_info").statusCode()).isEqualTo(200);
    assertThat(
            fixture
                .send(
                    fixture
                        .request("GET", "//default/build_info")
                        .header("Accept", "application/vnd.openstack.orchestration-v1.0")
                        .build())
                .statusCode())
        .isEqualTo(200);
    assertThat(fixture.call("GET", "//default/build_info").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/stacks, 'GET, POST'",
    "/stacks/a/b, 'DELETE, GET, PATCH, PUT'",
    "/stacks/a/b/actions, POST",
    "//openapi.json, GET"
  })
  void otherMethodsAreRefusedWithThoseThatAreAllowed(String path, String allowed) {
    for (String method : new String[] {"TRACE", "HEAD", "BREW"}) {
      HttpResponse<String> response = fixture.call(method, path);
      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow"))
          .hasValueSatisfying(
              value -> assertThat(value.split(", ", -1)).contains(allowed.split(", ", -1)));
    }
    HttpResponse<String> options = fixture.call("OPTIONS", path);
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).isPresent();
  }

  @Test
  void aStackMayBeCalledLikeARoute() {
    fixture.createStack("detail");
    fixture.createStack("preview");

    assertThat(fixture.call("DELETE", "/stacks/detail").statusCode()).isEqualTo(302);
    assertThat(fixture.call("GET", "/stacks/preview").statusCode()).isEqualTo(302);
  }

  @Test
  void aBodyOverTheLimitGetsAClearAnswer() {
    String large = "{\"template\": \"" + "x".repeat(10 * 1024 * 1024) + "\"}";

    HttpResponse<String> response = fixture.call("POST", "/stacks", large);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(type(response)).isEqualTo("RequestLimitExceeded");
    assertThat(json(response).path("error").path("message").stringValue())
        .isEqualTo(
            "Request limit exceeded: the body has %d bytes, at most 262144 are accepted."
                .formatted(large.length()));
    assertThat(fixture.call("GET", "//healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyOverTheLimitIsNotEvenFetchedFromWhoAsksFirst() {
    HttpResponse<String> response =
        RawHttp.send(
            fixture.server.uri(),
            "POST /v1/default/stacks HTTP/1.1\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n",
            "");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(type(response)).isEqualTo("RequestLimitExceeded");
  }

  @Test
  void aBodyWithoutALengthIsRefused() {
    HttpResponse<String> response =
        RawHttp.send(
            fixture.server.uri(),
            "POST /v1/default/stacks HTTP/1.1\r\nTransfer-Encoding: chunked\r\n",
            "7fffffff\r\n{}");

    assertThat(response.statusCode()).isEqualTo(411);
    assertThat(type(response)).isEqualTo("HTTPLengthRequired");
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"a\":".repeat(2000) + "1" + "}".repeat(2000);

    assertThat(fixture.call("POST", "/stacks", deep).statusCode()).isEqualTo(400);
  }

  @Test
  void anotherContentTypeIsNoBody() {
    HttpResponse<String> response =
        fixture.send(
            fixture
                .request("POST", "/stacks")
                .POST(BodyPublishers.ofString(ServerFixture.createBody("typed")))
                .header("Content-Type", "application/xml")
                .build());

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("error").path("message").stringValue())
        .isEqualTo("The request needs a body that is a JSON object.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/default/stacks/\u0001 HTTP/1.1\r\n",
        "GET /v1/default/stacks/%zz HTTP/1.1\r\n",
        "GET /v1/default/sta<cks HTTP/1.1\r\n",
        "GET /v1/default/stacks?a=<b> HTTP/1.1\r\n",
        "GET /v1/default/stacks\r\n",
        "GET /v1/default/stacks HTTP/9.9\r\n",
        "POST /v1/default/stacks HTTP/1.1\r\nContent-Length: many\r\n",
        "GET /v1/default/stacks HTTP/1.1\r\nX-Large: LARGE\r\n",
        "GET /v1/default/stacks HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n"
      })
  void brokenRequestsAreRefusedInHeatsShape(String head) {
    HttpResponse<String> response =
        RawHttp.send(fixture.server.uri(), head.replace("LARGE", "x".repeat(20_000)), "");

    assertThat(response.statusCode()).isBetween(400, 505);
    assertThat(json(response).path("code").intValue()).isEqualTo(response.statusCode());
    assertThat(json(response).path("error").path("message").stringValue()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:1, 200",
    "LOCALHOST, 200",
    "127.0.0.1, 200",
    "127.1.2.3:80, 200",
    "[::1]:80, 200",
    "example.org, 403",
    "127.0.0.1.example.org, 403",
    "localhost.example.org, 403",
    "10.0.0.1, 403"
  })
  void onlyLoopbackNamesAreAnswered(String host, int status) {
    HttpResponse<String> response =
        RawHttp.send(
            fixture.server.uri(),
            "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n",
            "");

    assertThat(response.statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://example.org, 403",
    "Origin, null, 403",
    "Origin, http://127.0.0.1:1, 403",
    "Origin, SELF, 200",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-origin, 200"
  })
  void pagesOfOtherSitesAreRefused(String header, String value, int status) {
    String text = value.replace("SELF", fixture.server.uri().toString());

    assertThat(
            fixture
                .send(fixture.request("GET", "//healthz").header(header, text).build())
                .statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void withoutAuthenticationOnlyLoopbackIsListenedOn(String host) {
    assertThatThrownBy(
            () -> HotpodServer.start(ServerSettings.withoutAuthentication(host, 0), fixture.engine))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("will not listen on " + host + " without authentication")
        .hasMessageContaining("listen on 127.0.0.1");
  }

  @Test
  void aTakenPortIsSaid() {
    int port = fixture.server.uri().getPort();

    assertThatThrownBy(
            () ->
                HotpodServer.start(
                    ServerSettings.withoutAuthentication("127.0.0.1", port), fixture.engine))
        .hasMessageContaining(Integer.toString(port));
  }
}
