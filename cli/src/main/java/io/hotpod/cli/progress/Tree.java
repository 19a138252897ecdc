package io.hotpod.cli.progress;

import io.hotpod.cli.output.Text;
import io.hotpod.cli.progress.TreeLine.Mood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Draws progress as lines: the stack, its resources in order, their pods' containers. Pure. */
final class Tree {
  private final Progress progress;
  private final Instant now;
  private final List<TreeLine> lines = new ArrayList<>();

  private Tree(Progress progress, Instant now) {
    this.progress = progress;
    this.now = now;
  }

  /**
   * The lines of the tree.
   *
   * @param rows at most that many lines; resources that are done are left out first
   */
  static List<TreeLine> lines(Progress progress, Instant now, int rows) {
    Tree tree = new Tree(progress, now);
    tree.draw();
    return tree.fit(rows);
  }

  private void draw() {
    Mood mood = mood(progress.state());
    lines.add(
        new TreeLine(
            0,
            mood,
            progress.stackName()
                + "  "
                + progress.state()
                + "  "
                + Text.duration(progress.spent(now))));
    DependencyOrder order = new DependencyOrder(progress.resources());
    List<ResourceView> sorted = order.sorted();
    int width = sorted.stream().mapToInt(resource -> Text.width(resource.name())).max().orElse(0);
    for (ResourceView resource : sorted) {
      drawResource(resource, order, width);
    }
  }

  private void drawResource(ResourceView resource, DependencyOrder order, int width) {
    String name = Text.pad(resource.name(), width);
    if (progress.latest(resource.name()).isEmpty()) {
      lines.add(new TreeLine(1, Mood.WAITING, name + "  " + untouched(resource, order)));
      return;
    }
    EventView event = progress.latest(resource.name()).orElseThrow();
    StringBuilder text = new StringBuilder(name).append("  ").append(Text.pad(event.status(), 20));
    text.append("  ").append(Text.duration(progress.spentOn(resource.name(), now)));
    String reason = reason(resource, event);
    if (!reason.isEmpty()) {
      text.append("  ").append(reason);
    }
    lines.add(new TreeLine(1, mood(event.status()), text.toString()));
    if (!State.isDone(event.status())) {
      progress.podsOf(resource.name()).forEach(this::drawPod);
    }
  }

  private static String reason(ResourceView resource, EventView event) {
    if (!event.words().isEmpty()) {
      return event.words();
    }
    // While a step runs the server may say more in the resource than in its last event.
    return resource.status().equals(event.status()) && !resource.reason().equals("state changed")
        ? resource.reason()
        : "";
  }

  private String untouched(ResourceView resource, DependencyOrder order) {
    List<String> missing =
        order.requires(resource.name()).stream()
            .filter(
                name ->
                    progress.latest(name).map(event -> !State.isDone(event.status())).orElse(false))
            .toList();
    return missing.isEmpty() ? "" : "waits for " + String.join(", ", missing);
  }

  private void drawPod(PodView pod) {
    if (!pod.reason().isEmpty()) {
      lines.add(new TreeLine(3, Mood.PLAIN, "pod: " + pod.reason()));
    }
    for (PodView.ContainerView container : pod.containers()) {
      String kind = container.initial() ? "init container " : "container ";
      Mood mood = container.ready() ? Mood.DONE : Mood.RUNNING;
      lines.add(new TreeLine(2, mood, kind + container.name() + "  " + container.words()));
    }
  }

  private List<TreeLine> fit(int rows) {
    if (lines.size() <= rows) {
      return List.copyOf(lines);
    }
    List<TreeLine> kept = new ArrayList<>(lines);
    int excess = lines.size() - rows + 1;
    int dropped = 0;
    for (Mood mood : List.of(Mood.DONE, Mood.WAITING, Mood.PLAIN, Mood.RUNNING, Mood.FAILED)) {
      for (int index = kept.size() - 1; index > 0 && dropped < excess; index--) {
        if (kept.get(index).mood() == mood) {
          kept.remove(index);
          dropped++;
        }
      }
    }
    kept.add(new TreeLine(1, Mood.PLAIN, dropped + " more lines do not fit on this screen"));
    return kept;
  }

  private static Mood mood(String state) {
    return State.isDone(state) ? Mood.DONE : State.isFailed(state) ? Mood.FAILED : Mood.RUNNING;
  }
}
