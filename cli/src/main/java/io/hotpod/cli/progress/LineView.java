package io.hotpod.cli.progress;

import static java.util.Objects.requireNonNull;

import io.hotpod.cli.output.Text;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One line per event, for logs and pipes. */
final class LineView implements ProgressView {
  private final PrintStream out;
  private final List<String> told = new ArrayList<>();
  private final Set<String> waitingFor = new HashSet<>();

  LineView(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
  }

  @Override
  public boolean showsDetails() {
    return false;
  }

  @Override
  public void event(EventView event) {
    out.println(line(event, told.stream().noneMatch(event.words()::contains)));
    if (State.isFailed(event.status()) && !event.words().isEmpty()) {
      told.add(event.words());
    }
  }

  @Override
  public void quiet(Progress progress) {
    for (ResourceView resource : progress.resources()) {
      String reason = resource.reason();
      boolean says = !reason.isEmpty() && !reason.equals("state changed");
      if (says && State.isRunning(resource.status()) && waitingFor.add(resource.name() + reason)) {
        out.println("waiting for " + Text.oneLine(resource.name()) + ": " + Text.oneLine(reason));
      }
    }
  }

  @Override
  public void refresh(Progress progress) {}

  @Override
  public void note(String words) {
    out.println(words);
  }

  /** {@code 2026-11-23T14:33:12Z web CREATE_COMPLETE why}. */
  static String line(EventView event) {
    return line(event, true);
  }

  /** The stack's failure repeats the reason of its resource, which stands a line above then. */
  private static String line(EventView event, boolean withWords) {
    String line =
        event.time()
            + "  "
            + Text.pad(Text.oneLine(event.resource()), 20)
            + "  "
            + Text.pad(event.status(), 20)
            + "  "
            + (withWords ? Text.oneLine(event.words()) : "");
    return line.stripTrailing();
  }
}
