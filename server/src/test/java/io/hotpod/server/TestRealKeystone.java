package io.hotpod.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.testing.keystone.RealKeystone;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that trusts a Keystone that knows nothing of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TestRealKeystone {
  private static final String USER = "username: hotpod\npassword: %s\nproject_name: service\n";

  private final AheadClock clock = new AheadClock();
  private RealKeystone keystone;
  private ServerFixture fixture;
  private Path directory;

  /** Keystone goes by the real time, so this goes on from that. */
  private static final class AheadClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    void forward(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead);
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

  @BeforeAll
  void start(@TempDir Path given) throws IOException {
    directory = given;
    keystone = RealKeystone.start(Files.createDirectory(directory.resolve("keystone")));
    fixture = fixture(USER.formatted(keystone.password()));
  }

  private ServerFixture fixture(String user) throws IOException {
    Path file = Files.createTempFile(directory, "user", ".yaml");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, user);
    ServerSettings usual =
        ServerFixture.settings(
            ServerFixture.LIMITS, new AuthenticationKind.Keystone(keystone.uri(), file));
    return new ServerFixture(
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
  }

  @AfterAll
  void close() {
    fixture.close();
    keystone.close();
  }

  private int status(String token, String method, String path, String body) {
    HttpResponse<String> response =
        fixture.send(
            fixture
                .request(method, "//v1/" + keystone.project("demo") + path, body)
                .header("X-Auth-Token", token)
                .build());
    return response.statusCode();
  }

  @ParameterizedTest
  @CsvSource({
    "demo, demo, 200, 201",
    "ruth, demo, 200, 403",
    "stan, demo, 403, 403",
    "sam, elsewhere, 403, 403",
    "admin, admin, 403, 403"
  })
  void rolesAndProjectsAreThoseOfKeystone(String user, String project, int reads, int changes) {
    String token = keystone.token(user, project);

    assertThat(status(token, "GET", "/stacks", "")).isEqualTo(reads);
    assertThat(status(token, "POST", "/stacks", ServerFixture.createBody("of-" + user)))
        .isEqualTo(changes);
  }

  @Test
  void whatIsNoTokenOfKeystoneIsRefused() {
    String token = keystone.token("demo", "demo");

    for (String odd :
        List.of(
            "no-token-at-all",
            token.substring(0, token.length() - 4) + "AAAA",
            token + "%00",
            "../" + token,
            "x".repeat(4000))) {
      assertThat(status(odd, "GET", "/stacks", "")).as(odd).isEqualTo(401);
    }
  }

  @Test
  void aRevokedTokenIsRefusedOnceItIsForgotten() {
    String token = keystone.token("demo", "demo");
    assertThat(status(token, "GET", "/stacks", "")).isEqualTo(200);

    keystone.revoke(token);
    clock.forward(Duration.ofSeconds(31));

    assertThat(status(token, "GET", "/stacks", "")).isEqualTo(401);
  }

  @Test
  void aServiceUserThatKeystoneDoesNotKnowIsTheServersTrouble() throws IOException {
    String token = keystone.token("demo", "demo");
    try (ServerFixture stranger = fixture(USER.formatted("wrong"))) {
      HttpResponse<String> response =
          stranger.send(
              stranger
                  .request("GET", "//v1/" + keystone.project("demo") + "/stacks")
                  .header("X-Auth-Token", token)
                  .build());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }
  }
}
