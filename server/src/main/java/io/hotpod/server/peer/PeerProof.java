package io.hotpod.server.peer;

import io.helidon.http.HeaderNames;
import io.hotpod.engine.servers.Peers;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Request;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What shows that a request comes from a server on the same database: who asks whom, when and for
 * what, signed under a key that is, encrypted, in that database. It is worth nothing at another
 * server, for another path or a minute later. In the header {@code Authorization}.
 */
final class PeerProof {
  private static final String SCHEME = "Hotpod-Server";
  private static final int WORDS = 5;

  /** Clocks of servers agree within a second or so; the rest is for the way. */
  private static final Duration VALID = Duration.ofSeconds(60);

  private PeerProof() {}

  /**
   * The header's value.
   *
   * @param home id of the server that is asked
   * @param path as it is sent
   */
  static String of(Peers peers, Clock clock, String home, String method, String path) {
    String from = peers.self().id();
    String time = Long.toString(clock.instant().getEpochSecond());
    String signature = peers.sign(List.of(home, from, time, method, path));
    return String.join(" ", SCHEME, home, from, time, signature);
  }

  /**
   * Refuses a request without a good one.
   *
   * @throws ApiException 401 without, 421 when it was meant for another server
   */
  static void require(Request request, Peers peers, Clock clock) {
    String[] words = request.header(HeaderNames.AUTHORIZATION).orElse("").split(" ", -1);
    if (words.length != WORDS || !words[0].equals(SCHEME)) {
      throw refused("This is for servers on the same database only.");
    }
    String home = words[1];
    List<String> signed = List.of(home, words[2], words[3], request.method(), request.rawPath());
    if (!peers.verify(signed, words[4])) {
      throw refused(
          "That was signed under another key: the server that asks is on another database.");
    }
    if (age(words[3], clock).compareTo(VALID) > 0) {
      throw refused(
          "That was signed more than %d seconds ago or ahead: the clocks of the servers differ."
              .formatted(VALID.toSeconds()));
    }
    Peers.Peer self = peers.self();
    if (!home.equals(self.id())) {
      throw new ApiException(
          421,
          "MisdirectedRequest",
          "This is the server %s on %s and not %s.".formatted(self.id(), self.host(), home));
    }
  }

  private static Duration age(String time, Clock clock) {
    try {
      return Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant()).abs();
    } catch (NumberFormatException | DateTimeException | ArithmeticException notSigned) {
      throw refused("That is no time.");
    }
  }

  private static ApiException refused(String why) {
    return new ApiException(401, "Unauthorized", why);
  }
}
