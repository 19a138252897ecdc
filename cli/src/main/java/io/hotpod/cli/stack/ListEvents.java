package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiClient;
import io.hotpod.cli.output.Table;
import io.hotpod.cli.session.CommandFailure;
import io.hotpod.cli.session.Session;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "events", description = "List what happened to a stack, oldest first.")
final class ListEvents implements Runnable {
  private static final int ALL = 0;

  private final Session session;

  @Option(names = "--last", paramLabel = "N", description = "Only the last N events.")
  private Optional<Integer> last = Optional.empty();

  @Option(
      names = {"-f", "--follow"},
      description =
          "Go on with what happens, until the stack is deleted or this is interrupted; with --json"
              + " a line of JSON for each event.")
  private boolean follow;

  @Option(
      names = "--nested-depth",
      paramLabel = "N",
      description = "Events of stacks inside the stack too, so many levels deep.")
  private int nestedDepth;

  @Parameters(paramLabel = "NAME", description = "The stack's name, or the id of a deleted one.")
  private String name = "";

  ListEvents(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    if (last.isPresent() && last.get() < 1) {
      throw CommandFailure.usage("--last takes a number from 1.");
    }
    try (ApiClient api = session.api()) {
      StackReference stack = StackReference.find(api, name);
      String depth = nestedDepth > 0 ? "&nested_depth=" + nestedDepth : "";
      JsonNode answer = api.get(stack.path() + "/events?sort_dir=asc" + depth);
      if (follow) {
        follow(api, stack, answer.path("events"));
      } else if (session.json()) {
        session.printJson(answer);
      } else {
        lines(answer.path("events"), last.orElse(ALL)).forEach(session::print);
      }
    }
  }

  private void follow(ApiClient api, StackReference stack, JsonNode past) {
    int skipped = last.isPresent() ? Math.max(0, past.size() - last.get()) : 0;
    past.valueStream().skip(skipped).forEach(this::printOne);
    String marker = past.isEmpty() ? "" : past.get(past.size() - 1).path("id").asString("");
    if (!past.isEmpty() && isEnd(past.get(past.size() - 1), stack)) {
      return;
    }
    new EventStream(api, stack.path() + "/events/stream?nested_depth=" + nestedDepth, marker)
        .read(
            event -> {
              printOne(event);
              return !isEnd(event, stack);
            });
  }

  private static boolean isEnd(JsonNode event, StackReference stack) {
    return event.path("resource_status").asString("").equals("DELETE_COMPLETE")
        && stack.path().endsWith("/" + event.path("physical_resource_id").asString("?"));
  }

  private void printOne(JsonNode event) {
    session.print(
        session.json()
            ? event.toString()
            : "%s  %s  %s  %s"
                .formatted(
                    event.path("event_time").asString(""),
                    event.path("resource_name").asString(""),
                    event.path("resource_status").asString(""),
                    event.path("resource_status_reason").asString("")));
  }

  /** The lines of a list of events; only the {@code last} ones unless that is {@link #ALL}. */
  static List<String> lines(JsonNode events, int last) {
    if (events.isEmpty()) {
      return List.of("No events.");
    }
    Table table = new Table("TIME", "RESOURCE", "STATUS", "REASON");
    int skipped = last > 0 ? Math.max(0, events.size() - last) : 0;
    for (JsonNode event : events) {
      if (skipped-- > 0) {
        continue;
      }
      table.row(
          event.path("event_time").asString(""),
          event.path("resource_name").asString(""),
          event.path("resource_status").asString(""),
          event.path("resource_status_reason").asString(""));
    }
    return table.lines();
  }
}
