package io.hotpod.server.authentication;

import static java.util.Objects.requireNonNull;

import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Principal;
import io.hotpod.server.http.Authentication;
import io.hotpod.server.http.PeerAddress;
import io.hotpod.server.users.User;
import io.hotpod.server.users.WatchedUsers;
import java.util.Optional;
import java.util.function.Function;

/** By the tokens and passwords of a file of users. */
public final class TokensAuthentication implements Authentication {
  private static final String CHALLENGE = "Bearer realm=\"hotpod\", Basic realm=\"hotpod\"";

  private final WatchedUsers users;
  private final PasswordCheck passwords;
  private final Function<String, Optional<Principal>> issued;

  /**
   * @param issued who shows a token that was given out for a password; empty for any other text
   */
  public TokensAuthentication(
      WatchedUsers users, PasswordCheck passwords, Function<String, Optional<Principal>> issued) {
    this.users = requireNonNull(users, "users is null");
    this.passwords = requireNonNull(passwords, "passwords is null");
    this.issued = requireNonNull(issued, "issued is null");
  }

  @Override
  public void admit(ServerRequest request) {
    BrowserGuard.admit(request);
  }

  @Override
  public Principal identify(ServerRequest request) {
    Credentials shown =
        Credentials.of(request)
            .orElseThrow(
                () ->
                    Unauthorized.of(
                        "This needs a token (X-Auth-Token, or Authorization: Bearer) or a name and"
                            + " a password (Authorization: Basic).",
                        CHALLENGE));
    return switch (shown) {
      case Credentials.Token(String text) ->
          token(text)
              .orElseThrow(
                  () ->
                      Unauthorized.of(
                          "The token is not known, has expired or was revoked.", CHALLENGE));
      case Credentials.NameAndPassword(String name, String password) ->
          passwords
              .check(name, password, PeerAddress.of(request.remotePeer()))
              .map(TokensAuthentication::principal)
              .orElseThrow(() -> Unauthorized.of("The name or the password is wrong.", CHALLENGE));
    };
  }

  private Optional<Principal> token(String text) {
    return users
        .now()
        .withToken(text)
        .map(TokensAuthentication::principal)
        .or(() -> issued.apply(text));
  }

  private static Principal principal(User user) {
    return new Principal(user.name(), user.name(), new Grants.Projects(user.projects()));
  }
}
