package io.hotpod.server.identity;

import io.hotpod.server.authentication.PasswordCheck;
import io.hotpod.server.authentication.Unauthorized;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;
import io.hotpod.server.users.PasswordHash;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import io.hotpod.server.users.WatchedUsers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST auth/tokens} and makes the token that it asks for. */
final class Login {
  private final WatchedUsers users;
  private final PasswordCheck passwords;
  private final IdentityTokens tokens;

  Login(WatchedUsers users, PasswordCheck passwords, IdentityTokens tokens) {
    this.users = users;
    this.passwords = passwords;
    this.tokens = tokens;
  }

  /**
   * The token.
   *
   * @throws ApiException 401 when the user, the password, the token or the project is not good
   */
  SignedToken token(Request request) {
    JsonNode auth = request.requiredBody().path("auth");
    JsonNode identity = auth.path("identity");
    JsonNode methods = identity.path("methods");
    if (methods.size() != 1) {
      throw ApiException.badRequest("auth.identity.methods takes one of password and token.");
    }
    SignedToken unscoped =
        switch (methods.get(0).asString("")) {
          case "password" ->
              byPassword(identity.path("password").path("user"), request.remoteAddress());
          case "token" -> byToken(identity.path("token").path("id").asString(""));
          default ->
              throw ApiException.badRequest(
                  "auth.identity.methods takes one of password and token.");
        };
    Optional<String> project = project(auth.path("scope"));
    project.ifPresent(name -> requireRole(unscoped.user(), name));
    return new SignedToken(
        unscoped.id(),
        unscoped.user(),
        unscoped.basis(),
        project,
        unscoped.methods(),
        unscoped.issuedAt(),
        unscoped.expiresAt());
  }

  private SignedToken byPassword(JsonNode shown, String address) {
    String name = either(shown);
    requireDefaultDomain(shown.path("domain"));
    User user =
        passwords
            .check(name, shown.path("password").asString(""), address)
            .orElseThrow(Login::refusal);
    PasswordHash hash = user.password().orElseThrow(Login::refusal);
    return tokens.issue(user.name(), IdentityTokens.basis(hash), Optional.empty(), "password");
  }

  private SignedToken byToken(String text) {
    if (IdentityTokens.looksLike(text)) {
      return tokens
          .read(text)
          .map(first -> tokens.rescope(first, Optional.empty()))
          .orElseThrow(Login::refusal);
    }
    User user = users.now().withToken(text).orElseThrow(Login::refusal);
    return tokens.issue(
        user.name(), IdentityTokens.basis(Secrets.digest(text)), Optional.empty(), "token");
  }

  private static Optional<String> project(JsonNode scope) {
    if (scope.isMissingNode() || scope.isNull() || scope.has("unscoped")) {
      return Optional.empty();
    }
    JsonNode project = scope.path("project");
    if (!project.isObject()) {
      throw ApiException.badRequest("auth.scope takes a project; there are no other scopes here.");
    }
    requireDefaultDomain(project.path("domain"));
    return Optional.of(either(project));
  }

  /** Ids are names here. */
  private static String either(JsonNode named) {
    return named.path("id").asStringOpt().orElseGet(() -> named.path("name").asString(""));
  }

  private static void requireDefaultDomain(JsonNode domain) {
    String name = either(domain);
    if (!name.isEmpty() && !name.equalsIgnoreCase(IdentityJson.DOMAIN_ID)) {
      throw Unauthorized.of(
          "There is no domain " + name + " here, only Default.", IdentityApi.CHALLENGE);
    }
  }

  private void requireRole(String name, String project) {
    boolean held =
        users
            .now()
            .named(name)
            .map(user -> !IdentityTokens.roles(user, project).isEmpty())
            .orElse(false);
    if (!held) {
      throw Unauthorized.of(
          "The user %s has no role in the project %s.".formatted(name, project),
          IdentityApi.CHALLENGE);
    }
  }

  private static ApiException refusal() {
    return Unauthorized.of(
        "The name, the password or the token is wrong, or is not good any more.",
        IdentityApi.CHALLENGE);
  }
}
