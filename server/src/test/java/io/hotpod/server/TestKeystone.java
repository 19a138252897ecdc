package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.server.keystone.KeystoneAuthentication;
import io.hotpod.testing.keystone.FakeKeystone;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of a Keystone. */
final class TestKeystone {
  private static final Instant NOW = FakeStacks.EPOCH;

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock();
  private final FakeKeystone keystone = new FakeKeystone();
  private ServerFixture fixture;

  /** A clock that stands still until it is put forward. */
  private static final class SettableClock extends Clock {
    private Instant now = NOW;

    synchronized void forward(Duration time) {
      now = now.plus(time);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() throws IOException {
    Path file =
        serviceUser(
            "username: %s\npassword: %s\nproject_name: service\n"
                .formatted(FakeKeystone.SERVICE_USER, FakeKeystone.SERVICE_PASSWORD));
    ServerSettings usual =
        ServerFixture.settings(
            ServerFixture.LIMITS, new AuthenticationKind.Keystone(keystone.uri(), file));
    fixture =
        new ServerFixture(
            new ServerSettings(
                usual.host(),
                usual.port(),
                usual.authentication(),
                usual.tls(),
                usual.cleartext(),
                usual.audit(),
                usual.limits(),
                usual.api(),
                clock,
                usual.ids()));
    keystone.token("good", "anna", "default", NOW.plus(Duration.ofHours(1)), List.of("Member"));
    keystone.token("reading", "ben", "default", NOW.plus(Duration.ofHours(1)), List.of("reader"));
    keystone.token("foreign", "cora", "other", NOW.plus(Duration.ofHours(1)), List.of("admin"));
    keystone.token("odd", "dan", "default", NOW.plus(Duration.ofHours(1)), List.of("swift"));
    keystone.token("short", "eve", "default", NOW.plus(Duration.ofSeconds(5)), List.of("reader"));
  }

  @AfterEach
  void close() {
    fixture.close();
    keystone.close();
  }

  private Path serviceUser(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("keystone.yaml"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private HttpResponse<String> call(String method, String token) {
    String body = method.equals("POST") ? ServerFixture.createBody("web") : "";
    return fixture.send(
        fixture.request(method, "/stacks", body).header("X-Auth-Token", token).build());
  }

  @ParameterizedTest
  @CsvSource({
    "good, GET, 200",
    "good, POST, 201",
    "reading, GET, 200",
    "reading, POST, 403",
    "foreign, GET, 403",
    "odd, GET, 403",
    "guessed, GET, 401"
  })
  void keystoneSaysWhoMayDoWhat(String token, String method, int status) {
    assertThat(call(method, token).statusCode()).isEqualTo(status);
  }

  @Test
  void aStackIsOwnedByTheUserWhoCreatedIt() {
    assertThat(call("POST", "good").statusCode()).isEqualTo(201);

    assertThat(json(call("GET", "reading")).path("stacks"))
        .extracting(stack -> stack.path("stack_owner").asString(""))
        .containsExactly("anna");
  }

  @Test
  void aRefusalSaysWhereTokensComeFrom() {
    HttpResponse<String> response = fixture.call("GET", "/stacks");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Keystone uri=\"" + keystone.uri() + "\"");
  }

  @Test
  void answersAreRememberedForAShortWhile() {
    for (int number = 0; number < 5; number++) {
      assertThat(call("GET", "good").statusCode()).isEqualTo(200);
    }
    assertThat(keystone.questions()).isEqualTo(1);
    assertThat(keystone.logins()).isEqualTo(1);

    keystone.revoke("good");
    clock.forward(Duration.ofSeconds(31));
    assertThat(call("GET", "good").statusCode()).isEqualTo(401);
  }

  @Test
  void noTokenOutlivesItsExpiry() {
    assertThat(call("GET", "short").statusCode()).isEqualTo(200);
    clock.forward(Duration.ofSeconds(6));
    assertThat(call("GET", "short").statusCode()).isEqualTo(401);
  }

  @Test
  void theServerLogsInAgainWhenItsOwnTokenHasEnded() {
    assertThat(call("GET", "good").statusCode()).isEqualTo(200);
    keystone.revokeServiceTokens();

    assertThat(call("GET", "reading").statusCode()).isEqualTo(200);
    assertThat(keystone.logins()).isEqualTo(2);
  }

  @Test
  void aKeystoneInTroubleIsSaid() {
    keystone.failWith(500);

    HttpResponse<String> response = call("GET", "good");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(json(response).path("error").path("message").asString(""))
        .startsWith("Keystone could not be asked whose token this is");
    keystone.failWith(0);
    assertThat(call("GET", "good").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 413, 431})
  void aTokenThatKeystoneCannotReadIsNoGoodToken(int status) {
    keystone.describeWith(status);

    assertThat(call("GET", "good").statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenThatNoHeaderTakesIsNoGoodToken() {
    for (String token : List.of("gr\u00fc\u00dfe", "\u4e2d", "a b", "")) {
      HttpResponse<String> answer =
          RawHttp.send(
              fixture.server.uri(),
              "GET /v1/default/stacks HTTP/1.1\r\nX-Auth-Token: " + token + "\r\n",
              "");
      assertThat(answer.statusCode()).as(token).isEqualTo(401);
    }
    assertThat(keystone.questions()).isZero();
  }

  @Test
  void oneQuestionAnswersAllWhoShowTheSameTokenMeanwhile() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    assertThat(call("GET", "reading").statusCode()).isEqualTo(200);
    keystone.holdUntil(gate);

    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      answers.add(
          fixture.client.sendAsync(
              fixture.request("GET", "/stacks").header("X-Auth-Token", "good").build(),
              BodyHandlers.ofString()));
    }
    await().untilAsserted(() -> assertThat(keystone.questions()).isEqualTo(2));
    gate.countDown();

    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
    assertThat(keystone.questions()).as("one for each of the two tokens").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "usrname: a | :1:1: unknown key usrname; did you mean \"username\"?",
        "username: a | :1:1: password is missing",
        "[] | :1:1: takes a map, not a list",
      })
  void whatIsWrongWithTheServiceUserIsSaid(String text, String message) throws IOException {
    Path file = serviceUser(text);

    assertThatThrownBy(() -> KeystoneAuthentication.of(keystone.uri(), file, clock))
        .hasMessageContaining(file + message);
  }
}
