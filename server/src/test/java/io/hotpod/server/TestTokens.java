package io.hotpod.server;

import static io.hotpod.server.ServerFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.server.access.Role;
import io.hotpod.server.users.UsersFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in by a file of users, and what becomes of changes to it. */
final class TestTokens {
  @TempDir private Path directory;

  private UsersFile users;
  private ServerFixture fixture;

  @BeforeEach
  void start() {
    users = UsersFixture.write(directory);
    fixture =
        new ServerFixture(
            ServerFixture.LIMITS, new AuthenticationKind.Tokens(users.path(), directory));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private HttpResponse<String> list(String header, String value) {
    return fixture.send(fixture.request("GET", "/stacks").header(header, value).build());
  }

  private static String basic(String name, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Auth-Token, token-of-reader, 200",
    "X-Auth-Token, ' token-of-reader ', 200",
    "Authorization, Bearer token-of-reader, 200",
    "Authorization, bearer token-of-reader, 200",
    "Authorization, Bearer, 401",
    "Authorization, Bearer token, 401",
    "Authorization, token-of-reader, 401",
    "Authorization, Digest token-of-reader, 401",
    "Authorization, Basic !!, 401",
    "Authorization, Basic cmVhZGVy, 401",
    "X-Auth-Token, '', 401"
  })
  void tokensAreShownInEitherHeader(String header, String value, int status) {
    assertThat(list(header, value).statusCode()).isEqualTo(status);
  }

  @Test
  void namesAndPasswordsAreTaken() {
    assertThat(list("Authorization", basic("reader", UsersFixture.PASSWORD)).statusCode())
        .isEqualTo(200);
    assertThat(list("Authorization", basic("reader", "wrong")).statusCode()).isEqualTo(401);
    assertThat(list("Authorization", basic("nobody", UsersFixture.PASSWORD)).statusCode())
        .isEqualTo(401);
  }

  @Test
  void whoGuessesOnHasToWait() {
    HttpResponse<String> last = list("Authorization", basic("reader", "wrong"));
    for (int guess = 0; guess < 20; guess++) {
      last = list("Authorization", basic("reader", "wrong" + guess));
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("Retry-After")).hasValue("5");
  }

  @Test
  void changesAreSeenAtOnce() {
    UsersFixture.put(
        users, UsersFixture.user("late", "token-of-late", Map.of("default", Set.of(Role.READER))));
    assertThat(list("X-Auth-Token", "token-of-late").statusCode()).isEqualTo(200);
    assertThat(list("Authorization", basic("late", UsersFixture.PASSWORD)).statusCode())
        .isEqualTo(200);

    UsersFixture.put(
        users, UsersFixture.user("late", "token-of-late", Map.of("other", Set.of(Role.READER))));
    assertThat(list("X-Auth-Token", "token-of-late").statusCode()).isEqualTo(403);

    UsersFixture.put(
        users, UsersFixture.user("late", "another", Map.of("default", Set.of(Role.READER))));
    assertThat(list("X-Auth-Token", "token-of-late").statusCode()).isEqualTo(401);
  }

  @Test
  void aFileThatBecameBrokenChangesNothing() throws IOException {
    Files.writeString(users.path(), "{\"users\": {\"a b\": []}}");

    assertThat(list("X-Auth-Token", "token-of-reader").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"users\": {\"a\": {\"pasword\": 1}}}|:1:18: users.a: unknown key pasword; did you mean"
            + " \"password\"?",
        "{\"users\": {\"a\": {\"password\": \"secret\"}}}|:1:30: users.a.password: is not a hash of"
            + " a password; 'hotpod user add' writes one",
        "{\"users\": {\"a\": {\"tokens\": {\"t\": \"x\"}}}}|:1:34: users.a.tokens.t: is not the"
            + " SHA-256 of a token",
        "{\"users\": {\"a\": {\"projects\": {\"p\": [\"membre\"]}}}}|:1:37: users.a.projects.p: there"
            + " is no role \"membre\"; roles are admin, member, reader, heat_stack_user; did you"
            + " mean \"member\"?",
        "{\"users\": {\"a b\": {}}}|:1:12: users: a name has 1 to 64 letters",
        "{\"users\": []}|:1:11: users: takes a map, not a list",
        "{\"user\": {}}|:1:2: unknown key user; did you mean \"users\"?",
        "{|:1:2: "
      })
  void whatIsWrongIsSaidWithItsPlace(String text, String message) throws IOException {
    Files.writeString(users.path(), text);

    assertThatThrownBy(users::read).hasMessageContaining(users.path() + message);
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws IOException {
    Files.setPosixFilePermissions(users.path(), PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(users::read)
        .hasMessage(
            users.path()
                + " may be read by others than its owner (mode rw-r--r--); run: chmod 600 "
                + users.path());
  }

  @Test
  void theFileHoldsNoSecret() throws IOException {
    assertThat(Files.readString(users.path()))
        .doesNotContain(UsersFixture.PASSWORD, "token-of-")
        .contains("pbkdf2-sha512:1:");
    assertThat(Files.getPosixFilePermissions(users.path()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aStackIsOwnedByTheUserWhoCreatedIt() {
    for (Role role : List.of(Role.MEMBER, Role.ADMIN)) {
      assertThat(post("/stacks", role, ServerFixture.createBody("of-" + role.text())).statusCode())
          .isEqualTo(201);
    }

    assertThat(owners("")).containsExactly("admin", "member");
    assertThat(owners("?stack_owner=member")).containsExactly("member");
    assertThat(owners("?username=member&username=admin")).containsExactly("admin", "member");
    assertThat(owners("?username=reader")).isEmpty();
    assertThat(
            json(post("/stacks/preview", Role.MEMBER, ServerFixture.createBody("more")))
                .path("stack")
                .path("stack_owner")
                .asString(""))
        .isEqualTo("member");
  }

  private HttpResponse<String> post(String path, Role role, String body) {
    return fixture.send(
        fixture
            .request("POST", path, body)
            .header("X-Auth-Token", UsersFixture.token(role))
            .build());
  }

  private List<String> owners(String query) {
    HttpResponse<String> answer =
        fixture.send(
            fixture
                .request("GET", "/stacks" + query)
                .header("X-Auth-Token", UsersFixture.token(Role.READER))
                .build());
    return json(answer)
        .path("stacks")
        .valueStream()
        .map(stack -> stack.path("stack_owner").asString(""))
        .toList();
  }

  @Test
  void pagesOfOtherSitesAreRefused() {
    assertThat(
            fixture
                .send(
                    fixture
                        .request("GET", "/stacks")
                        .header("X-Auth-Token", "token-of-reader")
                        .header("Origin", "https://example.org")
                        .build())
                .statusCode())
        .isEqualTo(403);
  }
}
