package io.hotpod.server.agent;

import static java.util.Objects.requireNonNull;

import io.hotpod.engine.servers.Peers;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.peer.PeerClient;
import io.hotpod.server.peer.PeerUnreachableException;
import io.hotpod.server.peer.PeerUpload;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a relay has to do with those of other servers on the same database. A request lives at the
 * server that a person made it through, its home, which its id names; the instance may fetch it and
 * answer it through any other. Thread-safe.
 */
public final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
  private static final Pattern ID = Pattern.compile("([A-Za-z0-9-]+)\\.[A-Za-z0-9-]+");
  private static final String ASKED = "asked ";
  private static final String UNREACHED = "unreached ";
  private static final int LONGEST_REASON = 600;

  private final Peers peers;
  private final PeerClient client;

  public Neighbours(Peers peers, PeerClient client) {
    this.peers = requireNonNull(peers, "peers is null");
    this.client = requireNonNull(client, "client is null");
  }

  /** The id of a request that is made here. */
  String mark(String id) {
    return peers.possible() ? peers.self().id() + "." + id : id;
  }

  /** The server at which a request lives, when that is another than this one. */
  Optional<String> home(String requestId) {
    Matcher matcher = ID.matcher(requestId);
    return peers.possible() && matcher.matches()
        ? Optional.of(matcher.group(1)).filter(home -> !home.equals(peers.self().id()))
        : Optional.empty();
  }

  /** Whether there can be other servers. */
  boolean possible() {
    return peers.possible();
  }

  /** Tells the others that an instance is asked for something here. */
  void asked(String instanceId, String requestId) {
    peers.tell(ASKED + instanceId + " " + requestId);
  }

  /**
   * Hears what the others tell.
   *
   * @param asked takes an instance and the id of a request that waits for it elsewhere
   * @param unreached takes the id of a request made here, and why an instance cannot answer it
   */
  void listen(BiConsumer<String, String> asked, BiConsumer<String, String> unreached) {
    peers.listen(
        word -> {
          String[] words = word.split(" ", 3);
          if (word.startsWith(ASKED) && words.length == 3 && home(words[2]).isPresent()) {
            asked.accept(words[1], words[2]);
          } else if (word.startsWith(UNREACHED) && words.length == 3) {
            unreached.accept(words[1], words[2]);
          }
        });
  }

  /** Says at a request's home why it cannot be answered: a server cannot reach another. */
  private void cannotReach(String requestId, PeerUnreachableException why) {
    LOG.warn("{}", why.getMessage());
    peers.tell(UNREACHED + requestId + " " + line(String.valueOf(why.getMessage())));
  }

  /** As it may stand in a header or a word between servers. */
  private static String line(String text) {
    String ascii = text.replaceAll("[^\\x20-\\x7e]", " ");
    return ascii.substring(0, Math.min(ascii.length(), LONGEST_REASON));
  }

  private static String path(String instanceId, String requestId, String what) {
    return "/servers/v1/instances/%s/requests/%s/%s"
        .formatted(PeerClient.segment(instanceId), PeerClient.segment(requestId), what);
  }

  /** Fetches a request for an instance; empty when somebody else has, or it cannot be had. */
  Optional<ObjectNode> take(String home, String instanceId, String requestId)
      throws InterruptedException {
    try {
      PeerClient.Answer answer =
          client.post(home, path(instanceId, requestId, "take"), new byte[0], Duration.ZERO);
      return answer.status() == 200 && answer.body() instanceof ObjectNode request
          ? Optional.of(request)
          : Optional.empty();
    } catch (PeerUnreachableException e) {
      cannotReach(requestId, e);
      return Optional.empty();
    }
  }

  /**
   * Begins to hand an instance's answer on; to be closed.
   *
   * @throws ApiException when the request's home cannot be reached
   */
  PeerUpload output(String home, String instanceId, String requestId) throws InterruptedException {
    try {
      return client.upload(home, path(instanceId, requestId, "output"));
    } catch (PeerUnreachableException e) {
      cannotReach(requestId, e);
      throw gone(e);
    }
  }

  /**
   * Hands on why an instance has no answer.
   *
   * @return the status of what the home says to it
   */
  int fail(String home, String instanceId, String requestId, String header, String why)
      throws InterruptedException {
    try {
      return client.fail(home, path(instanceId, requestId, "output"), header, line(why)).status();
    } catch (PeerUnreachableException e) {
      cannotReach(requestId, e);
      throw gone(e);
    }
  }

  /**
   * Begins to read what a person says; to be closed.
   *
   * @return empty when nobody says anything there
   */
  Optional<InputStream> input(String home, String instanceId, String requestId)
      throws InterruptedException {
    try {
      return client.read(home, path(instanceId, requestId, "input"));
    } catch (PeerUnreachableException e) {
      cannotReach(requestId, e);
      throw gone(e);
    }
  }

  /**
   * Hands on what a person says.
   *
   * @return false when there is no such conversation any more
   * @throws ApiException when the home refuses it, or cannot be reached
   */
  boolean say(String home, String pod, String requestId, byte[] bytes, Duration patience)
      throws InterruptedException {
    try {
      PeerClient.Answer answer =
          client.post(
              home,
              "/servers/v1/pods/%s/exec/%s/input"
                  .formatted(PeerClient.segment(pod), PeerClient.segment(requestId)),
              bytes,
              patience);
      if (answer.status() >= 400 && answer.status() != 404) {
        throw new ApiException(answer.status(), answer.type(), answer.message());
      }
      return answer.status() != 404;
    } catch (PeerUnreachableException e) {
      if (peers.find(home).isEmpty()) {
        return false;
      }
      LOG.warn("{}", e.getMessage());
      throw gone(e);
    }
  }

  private static ApiException gone(PeerUnreachableException e) {
    return new ApiException(503, "ServerUnreachable", String.valueOf(e.getMessage()));
  }
}
