package io.hotpod.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TestTree {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOW = START.plusMillis(2_500);
  private final Progress progress = new Progress("web", "1", "CREATE", false, START);

  @BeforeEach
  void threeResources() {
    progress.resources(
        List.of(
            new ResourceView("front", "Deployment", "INIT_COMPLETE", "", List.of()),
            new ResourceView("page", "Deployment", "CREATE_IN_PROGRESS", "", List.of("front")),
            new ResourceView("config", "Config", "CREATE_COMPLETE", "", List.of("page"))));
    event("config", "CREATE_IN_PROGRESS", "state changed", START);
    event("config", "CREATE_COMPLETE", "state changed", START.plusMillis(100));
    event("page", "CREATE_IN_PROGRESS", "state changed", START.plusMillis(500));
  }

  private void event(String resource, String status, String reason, Instant time) {
    progress.event(new EventView("", "", resource, status, reason, "p"), time);
  }

  private List<String> lines(int rows, int columns, boolean colour) {
    return Tree.lines(progress, NOW, rows).stream()
        .map(line -> line.render(columns, colour))
        .toList();
  }

  @Test
  void showsResourcesInOrderWithThePodsOfThoseThatAreNotDone() {
    progress.pods(
        List.of(
            new PodView(
                "web",
                "page",
                "Pending",
                "PortConflict: port 80 is taken",
                List.of(
                    new PodView.ContainerView("init", true, true, "ended: Completed (exit code 0)"),
                    new PodView.ContainerView("main", false, false, "waiting: ErrImagePull"))),
            new PodView("other", "page", "Pending", "not ours", List.of())));

    assertThat(lines(20, 80, false))
        .containsExactly(
            "… web  CREATE_IN_PROGRESS  2.5 s",
            "  ✓ config  CREATE_COMPLETE       0.1 s",
            "  … page    CREATE_IN_PROGRESS    2.0 s",
            "      pod: PortConflict: port 80 is taken",
            "    ✓ init container init  ended: Completed (exit code 0)",
            "    … container main  waiting: ErrImagePull",
            "  · front   waits for page");
  }

  @Test
  void failureShowsItsReason() {
    event("page", "CREATE_FAILED", "image missing", START.plusMillis(600));

    assertThat(lines(20, 80, false))
        .contains("  ✗ page    CREATE_FAILED         0.1 s  image missing");
  }

  @Test
  void whatOthersTellOfAResourceIsNotHowFarItIs() {
    event("page", "SIGNAL_FAILED", "the pod is not ready any more", START.plusMillis(600));

    assertThat(lines(20, 80, false)).contains("  … page    CREATE_IN_PROGRESS    2.0 s");
    assertThat(progress.crashed()).isEmpty();
  }

  @Test
  void respectsTheWidthAndCountsNoColour() {
    assertThat(lines(20, 20, false))
        .containsExactly(
            "… web  CREATE_IN_PR…",
            "  ✓ config  CREATE_…",
            "  … page    CREATE_…",
            "  · front   waits f…");
    assertThat(lines(20, 20, true).get(1)).isEqualTo("  \u001b[32m✓\u001b[0m config  CREATE_…");
  }

  @Test
  void leavesOutWhatIsDoneFirstWhenTheScreenIsLow() {
    assertThat(lines(3, 80, false))
        .containsExactly(
            "… web  CREATE_IN_PROGRESS  2.5 s",
            "  … page    CREATE_IN_PROGRESS    2.0 s",
            "  2 more lines do not fit on this screen");
  }

  @Test
  void nameWithEscapeSequencesCannotSteerTheTerminal() {
    event("page", "CREATE_FAILED", "\u001b[2Jboo", NOW);

    assertThat(String.join("", lines(20, 80, false))).doesNotContain("\u001b");
  }
}
