package io.hotpod.cli.progress;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.client.Paths;
import io.hotpod.cli.client.UnreachableException;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Follows one operation of a stack until it ends, woken by the server at each event. A server that
 * goes away meanwhile is waited for: what it accepted it carries out when it is back.
 */
public final class OperationWatch {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Session session;
  private final ApiClient api;
  private final String path;
  private final Progress progress;
  private final ProgressView view;
  private final Duration patience;
  private String marker;

  /**
   * Gets ready; {@link #await} begins.
   *
   * @param path of the stack in the API
   * @param stack as the API shows it
   * @param action Heat's name of it, such as {@code CREATE}
   * @param marker id of the last event before the operation; empty when there is none
   */
  public OperationWatch(
      Session session, ApiClient api, String path, JsonNode stack, String action, String marker) {
    this(session, api, path, stack, action, marker, PATIENCE);
  }

  OperationWatch(
      Session session,
      ApiClient api,
      String path,
      JsonNode stack,
      String action,
      String marker,
      Duration patience) {
    this.session = requireNonNull(session, "session is null");
    this.api = requireNonNull(api, "api is null");
    this.path = requireNonNull(path, "path is null");
    this.marker = requireNonNull(marker, "marker is null");
    this.patience = requireNonNull(patience, "patience is null");
    boolean undoes = action.equals("CREATE") || action.equals("UPDATE");
    this.progress =
        new Progress(
            stack.path("stack_name").asString(""),
            stack.path("id").asString(""),
            action,
            undoes && !stack.path("disable_rollback").asBoolean(true),
            session.clock().instant());
    this.view = view(session);
  }

  /** The id of the newest event of a stack; empty when it has none. */
  public static String newestEvent(ApiClient api, String path) {
    JsonNode events = api.get(path + "/events?limit=1&sort_dir=desc").path("events");
    return events.isEmpty() ? "" : events.get(0).path("id").asString("");
  }

  /**
   * Returns once what was asked for is so.
   *
   * @throws CommandFailure when it ended otherwise
   */
  public void await() {
    String word = progress.action().toLowerCase(Locale.ROOT);
    Thread farewell =
        new Thread(
            () ->
                session
                    .terminal()
                    .err()
                    .println(
                        "\nhotpod: stopped watching; the "
                            + word
                            + " of "
                            + progress.stackName()
                            + " goes on. See 'hotpod stack show "
                            + progress.stackName()
                            + "'."));
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      follow();
    } finally {
      removeHook(farewell);
    }
    if (!progress.succeeded()) {
      throw failure(word);
    }
  }

  private void follow() {
    boolean away = false;
    Duration waiting = Duration.ZERO;
    Instant answered = session.clock().instant();
    while (progress.ending().isEmpty()) {
      try {
        boolean happened = events(waiting);
        answered = session.clock().instant();
        if (away) {
          away = false;
          view.note("The server answers again.");
        }
        if (progress.ending().isEmpty() && !happened) {
          stack();
          if (!waiting.isZero() && !view.showsDetails()) {
            details();
            view.quiet(progress);
          }
        }
        if (view.showsDetails()) {
          details();
        }
        waiting = view.showsDetails() ? SHORT : LONG;
      } catch (UnreachableException absence) {
        if (!away) {
          view.note("The server does not answer; waiting for it to come back.");
        }
        away = true;
        outlast(absence, answered);
      }
      view.refresh(progress);
    }
  }

  private boolean events(Duration waiting) {
    String query =
        "/events?sort_dir=asc"
            + (marker.isEmpty() ? "" : "&marker=" + Paths.encode(marker))
            + (waiting.isZero() ? "" : "&wait=" + waiting.toSeconds());
    JsonNode events = api.get(path + query, waiting).path("events");
    for (JsonNode node : events) {
      EventView event = EventView.of(node);
      marker = event.id();
      if (progress.ending().isEmpty()) {
        progress.event(event, session.clock().instant());
        view.event(event);
      }
    }
    return !events.isEmpty();
  }

  /** For operations that had nothing to do and so left no events. */
  private void stack() {
    try {
      JsonNode stack = api.get(path + "?resolve_outputs=false").path("stack");
      String status = stack.path("stack_status").asString("");
      if (State.isRunning(status)) {
        return;
      }
      // Its last events may have come after the last look and before this one.
      if (!events(Duration.ZERO) || progress.ending().isEmpty()) {
        progress.stack(status, stack.path("stack_status_reason").asString(""));
      }
    } catch (ApiException refusal) {
      if (!refusal.isNotFound() || !progress.action().equals("DELETE")) {
        throw refusal;
      }
      progress.stack("DELETE_COMPLETE", "");
    }
  }

  private void details() {
    List<ResourceView> resources = new ArrayList<>();
    List<PodView> pods = new ArrayList<>();
    try {
      api.get(path + "/resources")
          .path("resources")
          .forEach(n -> resources.add(ResourceView.of(n)));
      api.get("/pods").path("pods").forEach(n -> pods.add(PodView.of(n)));
    } catch (ApiException refusal) {
      // A stack that is gone has no resources; its last tree stays.
      return;
    }
    if (!resources.isEmpty()) {
      progress.resources(resources);
    }
    progress.pods(pods);
  }

  private void outlast(UnreachableException absence, Instant answered) {
    if (Duration.between(answered, session.clock().instant()).compareTo(patience) > 0
        || Thread.currentThread().isInterrupted()) {
      throw absence;
    }
    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
  }

  private CommandFailure failure(String word) {
    String ending = progress.ending().orElse("");
    String why = progress.reason().isEmpty() ? "" : ": " + progress.reason();
    if (ending.contains(" ")) {
      return CommandFailure.of(
          "the " + word + " of " + progress.stackName() + " did not finish: " + ending + ".");
    }
    return CommandFailure.of(
        "the " + word + " of " + progress.stackName() + " ended as " + ending + why, advice());
  }

  private String advice() {
    return progress
        .crashed()
        .map(
            resource ->
                "See 'hotpod pod logs "
                    + progress.stackName()
                    + "/"
                    + resource
                    + "' for what its container wrote.")
        .orElse("See 'hotpod stack events " + progress.stackName() + "' and 'hotpod pod list'.");
  }

  private static ProgressView view(Session session) {
    if (session.json()) {
      return new SilentView();
    }
    return session.terminal().interactive()
        ? new LiveView(session.terminal(), session.clock())
        : new LineView(session.terminal().out());
  }

  /** False when the process is ending already and the hook has its say. */
  private static boolean removeHook(Thread hook) {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return false;
    }
  }
}
