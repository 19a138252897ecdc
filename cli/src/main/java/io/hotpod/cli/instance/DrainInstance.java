package io.hotpod.cli.instance;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
    name = "drain",
    description = {
      "Have an instance take no new pods. A step of a stack that would start one there fails and says"
          + " why; those that run stay.",
      "With --stop they are stopped too, each before those that it needs, and keep their place:"
          + " 'hotpod instance undrain' brings them back."
    })
final class DrainInstance implements Runnable {
  private static final Duration POLL = Duration.ofSeconds(50);

  private final Session session;

  @Parameters(paramLabel = "NAME", description = "The instance's name or id.")
  private String name = "";

  @Option(names = "--stop", description = "Stop its pods, and wait until none is left.")
  private boolean stop;

  @Option(names = "--no-wait", description = "Do not wait for that.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  private int timeout = 300;

  DrainInstance(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (timeout < 1) {
      throw CommandFailure.usage("--timeout takes a number of seconds from 1.");
    }
    String path = "/instances/" + Paths.encode(name);
    try (ApiClient api = session.api()) {
      JsonNode instance =
          api.post(
                  path + "/drain",
                  JsonNodeFactory.instance.objectNode().put("stop", stop),
                  Map.of())
              .path("instance");
      boolean connected = instance.path("connected").asBoolean(false);
      if (stop && !noWait && connected) {
        awaitEmpty(api, path);
      }
      if (session.json()) {
        session.printJson(instance);
      } else {
        session.print(words(connected));
      }
    }
  }

  private String words(boolean connected) {
    if (!stop) {
      return name + " takes no new pods; those that it has go on.";
    }
    if (!connected) {
      return name + " is silent; its pods are stopped when it is heard of again.";
    }
    return noWait
        ? name + " takes no new pods and stops those that it has."
        : name + " takes no new pods and has stopped those that it had.";
  }

  private void awaitEmpty(ApiClient api, String path) {
    Instant end = session.clock().instant().plusSeconds(timeout);
    for (; ; ) {
      Duration left = Duration.between(session.clock().instant(), end);
      if (left.isNegative() || left.isZero()) {
        throw CommandFailure.of(
            name + " takes no new pods, but still has some after " + timeout + " s.",
            "'hotpod pod list' shows them; their grace periods may be long.");
      }
      Duration wait = left.compareTo(POLL) < 0 ? left : POLL;
      long seconds = Math.max(1, wait.toSeconds());
      if (api.get(path + "/empty?wait=" + seconds, wait).path("empty").asBoolean(false)) {
        return;
      }
    }
  }
}
