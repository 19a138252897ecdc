package io.hotpod.server;

import io.hotpod.server.authentication.PasswordCheck;
import io.hotpod.server.authentication.TokensAuthentication;
import io.hotpod.server.http.Authentication;
import io.hotpod.server.http.LoopbackAuthentication;
import io.hotpod.server.http.Router;
import io.hotpod.server.identity.IdentityApi;
import io.hotpod.server.identity.IdentityTokens;
import io.hotpod.server.keystone.KeystoneAuthentication;
import io.hotpod.server.users.WatchedUsers;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * What comes of an {@link AuthenticationKind}.
 *
 * @param routes adds the routes that belong to it, if any
 */
record AuthenticationParts(Authentication authentication, Consumer<Router> routes) {
  /**
   * Puts together what the settings say.
   *
   * @throws IllegalArgumentException when they would let anybody in, or a file cannot be used
   */
  static AuthenticationParts of(ServerSettings settings) {
    return switch (settings.authentication()) {
      case AuthenticationKind.None() ->
          new AuthenticationParts(
              LoopbackAuthentication.listeningOn(settings.host(), settings.api().publicUrl()),
              router -> {});
      case AuthenticationKind.Tokens tokens -> tokens(tokens, settings);
      case AuthenticationKind.Keystone keystone -> keystone(keystone, settings);
    };
  }

  private static AuthenticationParts keystone(
      AuthenticationKind.Keystone kind, ServerSettings settings) {
    try {
      return new AuthenticationParts(
          KeystoneAuthentication.of(kind.url(), kind.serviceUser(), settings.clock()),
          router -> {});
    } catch (IOException e) {
      throw new IllegalArgumentException("Keystone cannot be asked: " + e.getMessage(), e);
    }
  }

  private static AuthenticationParts tokens(
      AuthenticationKind.Tokens kind, ServerSettings settings) {
    try {
      WatchedUsers users = WatchedUsers.of(kind.users());
      PasswordCheck passwords = new PasswordCheck(users, settings.clock());
      IdentityTokens issued =
          IdentityTokens.open(kind.directory(), users, settings.clock(), settings.ids());
      return new AuthenticationParts(
          new TokensAuthentication(users, passwords, issued::principal),
          router -> IdentityApi.addTo(router, users, passwords, issued));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "users cannot be told from each other: " + e.getMessage(), e);
    }
  }
}
