package io.hotpod.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.client.UnreachableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events of a stack as the server tells them. A stream that ends is opened again behind the last
 * event, so that none is missed and none comes twice.
 */
final class EventStream {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String ID = "id: ";
  private static final String DATA = "data: ";

  private final ApiClient api;
  private final String path;
  private final Duration pause;
  private String marker;

  /**
   * @param path of the stream in the API, with its query
   * @param marker id of the last event that is known; empty to begin with what happens from now on
   */
  EventStream(ApiClient api, String path, String marker) {
    this(api, path, marker, PAUSE);
  }

  EventStream(ApiClient api, String path, String marker, Duration pause) {
    this.api = api;
    this.path = path;
    this.marker = marker;
    this.pause = pause;
  }

  /**
   * Hands over each event until that says that it was the last, or the thread is interrupted.
   *
   * @param goesOn takes an event; whether there may be more
   */
  void read(Predicate<JsonNode> goesOn) {
    boolean reachedOnce = false;
    while (!Thread.currentThread().isInterrupted()) {
      try (BufferedReader lines = open()) {
        reachedOnce = true;
        if (!readOne(lines, goesOn)) {
          return;
        }
      } catch (UnreachableException away) {
        // A server that was there is waited for; one that never was is told of.
        if (!reachedOnce) {
          throw away;
        }
      } catch (IOException broken) {
        // As if the stream had ended.
      }
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private BufferedReader open() {
    String after =
        marker.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "after=" + Paths.encode(marker);
    return new BufferedReader(new InputStreamReader(api.stream(path + after), UTF_8));
  }

  private boolean readOne(BufferedReader lines, Predicate<JsonNode> goesOn) throws IOException {
    String id = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(ID)) {
        id = line.substring(ID.length());
      } else if (line.startsWith(DATA)) {
        data = line.substring(DATA.length());
      } else if (line.isEmpty()) {
        marker = id.isEmpty() ? marker : id;
        JsonNode event =
            data.isEmpty() ? JsonMapper.shared().nullNode() : JsonMapper.shared().readTree(data);
        if (event.has("id") && !goesOn.test(event)) {
          return false;
        }
        id = "";
        data = "";
      }
    }
    return true;
  }
}
