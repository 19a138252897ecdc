package io.hotpod.server.keystone;

import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Principal;
import io.hotpod.server.authentication.BrowserGuard;
import io.hotpod.server.authentication.Credentials;
import io.hotpod.server.authentication.Unauthorized;
import io.hotpod.server.http.Authentication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;

/** By tokens of an OpenStack Keystone. */
public final class KeystoneAuthentication implements Authentication {
  private final KeystoneTokens tokens;
  private final String challenge;

  private KeystoneAuthentication(KeystoneTokens tokens, String challenge) {
    this.tokens = tokens;
    this.challenge = challenge;
  }

  /**
   * Reads the file; Keystone itself is asked when the first token is shown.
   *
   * @param url of Keystone's Identity API, with or without {@code /v3}
   * @param serviceUser a file that says as whom to ask
   * @throws IOException when the file cannot be used
   */
  public static KeystoneAuthentication of(URI url, Path serviceUser, Clock clock)
      throws IOException {
    URI v3 = v3(url);
    KeystoneClient client = new KeystoneClient(v3, ServiceUser.read(serviceUser));
    return new KeystoneAuthentication(
        new KeystoneTokens(client, clock), "Keystone uri=\"" + v3 + "\"");
  }

  private static URI v3(URI url) {
    String text = url.toString().replaceFirst("/+$", "");
    return URI.create(text.endsWith("/v3") ? text : text + "/v3");
  }

  @Override
  public void admit(ServerRequest request) {
    BrowserGuard.admit(request);
  }

  @Override
  public Principal identify(ServerRequest request) {
    return switch (Credentials.of(request)
        .orElseThrow(
            () -> Unauthorized.of("This needs a token of Keystone in X-Auth-Token.", challenge))) {
      case Credentials.Token(String text) ->
          tokens
              .principal(text)
              .orElseThrow(
                  () ->
                      Unauthorized.of(
                          "The token is not known to Keystone, has expired or was revoked.",
                          challenge));
      case Credentials.NameAndPassword ignored ->
          throw Unauthorized.of(
              "This takes a token of Keystone in X-Auth-Token, not a name and a password.",
              challenge);
    };
  }
}
