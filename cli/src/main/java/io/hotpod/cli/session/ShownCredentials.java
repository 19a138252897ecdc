package io.hotpod.cli.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * What a command shows to the server. It comes from the environment or from files, never from an
 * argument, which everybody on the machine could see.
 */
final class ShownCredentials {
  private ShownCredentials() {}

  /** The value of the header Authorization; empty when nothing was given. */
  static Optional<String> of(Session session) {
    String token = token(session);
    if (!token.isEmpty()) {
      return Optional.of("Bearer " + token);
    }
    String user = session.variable("HOTPOD_USER");
    if (user.isEmpty()) {
      return Optional.empty();
    }
    String both = user + ":" + session.variable("HOTPOD_PASSWORD");
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(UTF_8)));
  }

  private static String token(Session session) {
    String file = session.options().tokenFile;
    if (file.isEmpty()) {
      file = session.variable("HOTPOD_TOKEN_FILE");
    }
    if (file.isEmpty()) {
      return printable(session.variable("HOTPOD_TOKEN").strip(), "HOTPOD_TOKEN");
    }
    try {
      String token = TextFile.read(session.path(file)).strip();
      if (token.isEmpty()) {
        throw CommandFailure.usage("the token file " + file + " is empty.");
      }
      return printable(token, "the token file " + file);
    } catch (IOException failure) {
      throw CommandFailure.usage("the token file " + file + " " + failure.getMessage() + ".");
    }
  }

  private static String printable(String token, String where) {
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw CommandFailure.usage(where + " holds something else than one token.");
    }
    return token;
  }
}
