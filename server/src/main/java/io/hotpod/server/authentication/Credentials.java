package io.hotpod.server.authentication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What a request shows. */
public sealed interface Credentials {
  /** The header in which OpenStack's clients show a token. */
  HeaderName AUTH_TOKEN = HeaderNames.create("X-Auth-Token");

  /** A token; its text does not show it. */
  record Token(String text) implements Credentials {
    public Token {
      requireNonNull(text, "text is null");
    }

    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** A name and a password; its text does not show the latter. */
  record NameAndPassword(String name, String password) implements Credentials {
    public NameAndPassword {
      requireNonNull(name, "name is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "NameAndPassword[name=" + name + "]";
    }
  }

  /** Those of a request: X-Auth-Token, or a bearer token or basic credentials. */
  static Optional<Credentials> of(ServerRequest request) {
    Optional<String> token = request.headers().first(AUTH_TOKEN).map(String::strip);
    if (token.isPresent()) {
      return token.map(Token::new);
    }
    return request.headers().first(HeaderNames.AUTHORIZATION).flatMap(Credentials::parse);
  }

  private static Optional<Credentials> parse(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(new Token(value));
      case "basic" -> basic(value);
      default -> Optional.empty();
    };
  }

  private static Optional<Credentials> basic(String value) {
    try {
      String text = new String(Base64.getDecoder().decode(value), UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(new NameAndPassword(text.substring(0, colon), text.substring(colon + 1)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
