package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.server.access.Role;
import io.hotpod.server.users.User;
import io.hotpod.server.users.UsersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Logging in as OpenStack's clients do. */
final class TestIdentity {
  private static final String TOKENS = "//identity/v3/auth/tokens";
  private static final String DEFAULT =
      "\"project\":{\"name\":\"default\",\"domain\":{\"id\":\"default\"}}";

  @TempDir private Path directory;

  private UsersFile users;
  private ServerFixture fixture;

  @BeforeEach
  void start() {
    users = UsersFixture.write(directory);
    fixture = fixture();
  }

  private ServerFixture fixture() {
    return new ServerFixture(
        ServerFixture.LIMITS, new AuthenticationKind.Tokens(users.path(), directory));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String password(String user, String password, String scope) {
    return ("{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"%s\","
            + "\"domain\":{\"name\":\"Default\"},\"password\":\"%s\"}}}%s}}")
        .formatted(user, password, scope.isEmpty() ? "" : ",\"scope\":{" + scope + "}");
  }

  private static String token(String token, String scope) {
    return "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"%s\"}}%s}}"
        .formatted(token, scope.isEmpty() ? "" : ",\"scope\":{" + scope + "}");
  }

  private HttpResponse<String> login(String body) {
    return fixture.call("POST", TOKENS, body);
  }

  private static String subject(HttpResponse<String> response) {
    return response.headers().firstValue("X-Subject-Token").orElseThrow();
  }

  private String member() {
    return subject(login(password("member", UsersFixture.PASSWORD, DEFAULT)));
  }

  private int list(String token) {
    return fixture
        .send(fixture.request("GET", "/stacks").header("X-Auth-Token", token).build())
        .statusCode();
  }

  private HttpResponse<String> about(String method, String caller, String subject) {
    HttpRequest.Builder request =
        fixture
            .request(method, TOKENS)
            .header("X-Auth-Token", caller)
            .header("X-Subject-Token", subject);
    return fixture.send(request.build());
  }

  @Test
  void aPasswordIsExchangedForATokenWithACatalog() {
    HttpResponse<String> response = login(password("member", UsersFixture.PASSWORD, DEFAULT));
    JsonNode token = json(response).path("token");

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(token.path("user").path("name").asString("")).isEqualTo("member");
    assertThat(token.path("project").path("id").asString("")).isEqualTo("default");
    assertThat(token.path("roles").toString())
        .isEqualTo("[{\"id\":\"member\",\"name\":\"member\"}]");
    assertThat(token.path("issued_at").asString("")).isEqualTo("2026-11-01T12:00:00.000000Z");
    assertThat(token.path("expires_at").asString("")).isEqualTo("2026-11-01T13:00:00.000000Z");
    JsonNode heat = token.path("catalog").path(0);
    assertThat(heat.path("type").asString("")).isEqualTo("orchestration");
    assertThat(heat.path("endpoints").path(0).path("url").asString(""))
        .isEqualTo(fixture.server.uri() + "/v1/default");
    assertThat(list(subject(response))).isEqualTo(200);
    assertThat(response.body()).doesNotContain(UsersFixture.PASSWORD, "pbkdf2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "member  | wrong         | default | Default | 401",
        "nobody  | correct horse | default | Default | 401",
        "member  | correct horse | foreign | Default | 401",
        "member  | correct horse | default | Other   | 401",
        "member  | correct horse | default | default | 201",
      })
  void whoIsNotOfTheProjectGetsNoToken(
      String user, String password, String project, String domain, int status) {
    String scope =
        "\"project\":{\"name\":\"%s\",\"domain\":{\"name\":\"%s\"}}".formatted(project, domain);

    assertThat(login(password(user, password, scope)).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}",
        "{\"auth\":[]}",
        "{\"auth\":{\"identity\":{\"methods\":[\"totp\"]}}}",
        "{\"auth\":{\"identity\":{\"methods\":[\"password\",\"totp\"]}}}"
      })
  void whatIsNoLoginIsRefused(String body) {
    assertThat(login(body).statusCode()).isEqualTo(400);
  }

  @Test
  void aTokenWithoutAProjectListsThemAndIsExchanged() {
    String unscoped = subject(login(password("member", UsersFixture.PASSWORD, "")));

    assertThat(list(unscoped)).isEqualTo(403);
    JsonNode projects =
        json(fixture.send(
                fixture
                    .request("GET", "//identity/v3/auth/projects")
                    .header("X-Auth-Token", unscoped)
                    .build()))
            .path("projects");
    assertThat(projects.path(0).path("name").asString("")).isEqualTo("default");
    assertThat(list(subject(login(token(unscoped, DEFAULT))))).isEqualTo(200);
    assertThat(list(subject(login(token(UsersFixture.token(Role.READER), DEFAULT)))))
        .isEqualTo(200);
  }

  @Test
  void aRevokedTokenIsGoodNeverAgain() {
    String token = member();
    assertThat(about("HEAD", token, token).statusCode()).isEqualTo(200);

    assertThat(about("DELETE", token, token).statusCode()).isEqualTo(204);

    assertThat(list(token)).isEqualTo(401);
    assertThat(about("GET", member(), token).statusCode()).isEqualTo(404);
    fixture.close();
    fixture = fixture();
    assertThat(list(token)).isEqualTo(401);
    assertThat(list(member())).isEqualTo(200);
  }

  @Test
  void tokensOfOthersAreForAdminsOnly() {
    String admin = subject(login(password("admin", UsersFixture.PASSWORD, DEFAULT)));
    String token = member();

    assertThat(json(about("GET", admin, token)).path("token").path("user").path("id").asString(""))
        .isEqualTo("member");
    assertThat(about("GET", token, admin).statusCode()).isEqualTo(403);
    assertThat(about("DELETE", token, admin).statusCode()).isEqualTo(403);
    assertThat(about("GET", "guessed", token).statusCode()).isEqualTo(401);
  }

  @Test
  void aTokenEndsWithThePasswordAndTheRole() {
    String token = member();

    UsersFixture.put(
        users,
        UsersFixture.user("member", "token-of-member", Map.of("default", Set.of(Role.MEMBER))));
    assertThat(list(token)).isEqualTo(401);

    String another = member();
    UsersFixture.put(
        users, member(users).withRoles("default", Set.of()).withRoles("x", Set.of(Role.ADMIN)));
    assertThat(list(another)).isEqualTo(403);
  }

  private static User member(UsersFile users) {
    try {
      return users.read().named("member").orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aChangedTokenIsNone() {
    String token = member();
    int middle = token.length() / 2;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';

    assertThat(list(token.substring(0, middle) + other + token.substring(middle + 1)))
        .isEqualTo(401);
    assertThat(list(token + ".")).isEqualTo(401);
    assertThat(list("hp1..")).isEqualTo(401);
  }

  @Test
  void versionsAreTold() {
    assertThat(fixture.call("GET", "//identity").statusCode()).isEqualTo(300);
    assertThat(json(fixture.call("GET", "//identity/v3/")).path("version").path("id").asString(""))
        .isEqualTo("v3.14");
  }
}
