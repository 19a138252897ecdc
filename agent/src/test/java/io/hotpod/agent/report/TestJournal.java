package io.hotpod.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodTransition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestJournal {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  private @TempDir Path directory;

  private Path file() {
    return directory.resolve("history.json");
  }

  private Journal journal() {
    return new Journal(file(), new Random(1));
  }

  private static Happened happened(String podId, String words) {
    return new Happened(List.of(new Happened.Happening(podId, true, words)), List.of());
  }

  @Test
  void anotherRunGoesOnWhereThisOneEnded() throws IOException {
    Journal first = journal();
    Noted note = Noted.of(Observed.ready(Manifests.sleeper("a", "1")));
    first.add(
        new Happened(
            List.of(
                new Happened.Happening("a", true, "one"),
                new Happened.Happening("b", false, "two")),
            List.of(note)),
        NOON);
    PodHistory untold = first.untold().orElseThrow();

    Journal second = new Journal(file(), new Random(2));

    assertThat(second.untold()).contains(untold);
    assertThat(second.notes()).containsExactly(note);
    second.add(happened("a", "three"), NOON.plusSeconds(1));
    PodHistory more = second.untold().orElseThrow();
    assertThat(more.journal()).isEqualTo(untold.journal());
    assertThat(more.transitions()).extracting(PodTransition::number).containsExactly(1L, 2L, 3L);
    assertThat(more.transitions())
        .extracting(PodTransition::time)
        .containsExactly(NOON, NOON, NOON.plusSeconds(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void onlyWhatArrivedIsLetGo() {
    Journal journal = journal();
    journal.add(happened("a", "one"), NOON);
    PodHistory sent = journal.untold().orElseThrow();
    journal.add(happened("a", "two"), NOON);

    journal.told(sent);
    assertThat(journal.untold().orElseThrow().transitions())
        .extracting(PodTransition::words)
        .containsExactly("two");

    journal.told(new PodHistory("another", sent.transitions()));
    journal.told(journal.untold().orElseThrow());
    assertThat(journal.untold()).isEmpty();
    assertThat(journal().untold()).isEmpty();
  }

  @Test
  void podWithTheMostLosesItsOldestFirstAndSaysSo() {
    Journal journal = journal();
    journal.add(happened("quiet", "once"), NOON);
    for (int i = 0; i < Journal.MOST + 20; i++) {
      journal.add(happened("loud", "time " + i), NOON);
    }

    List<PodTransition> kept = journal.untold().orElseThrow().transitions();
    assertThat(kept).hasSize(Journal.MOST);
    assertThat(kept.getFirst().words()).isEqualTo("once");
    assertThat(kept.get(1).words()).isEqualTo("time 21");
    assertThat(kept.get(1).omitted()).isEqualTo(21);
    assertThat(kept.getLast().words()).isEqualTo("time " + (Journal.MOST + 19));
  }

  @Test
  void fileThatCannotBeUnderstoodIsBegunAnewUnderAnotherName() throws IOException {
    Journal before = journal();
    before.add(happened("a", "one"), NOON);
    Files.writeString(file(), "{\"name\":");

    Journal after = new Journal(file(), new Random(2));

    assertThat(after.untold()).isEmpty();
    after.add(happened("a", "two"), NOON);
    assertThat(after.untold().orElseThrow().journal())
        .isNotEqualTo(before.untold().orElseThrow().journal());
  }

  @Test
  void withoutADiskItIsKeptInMemory() throws IOException {
    Path blocked = Files.writeString(directory.resolve("file"), "").resolve("history.json");
    Journal journal = new Journal(blocked, new Random(1));

    journal.add(happened("a", "one"), NOON);

    assertThat(journal.untold().orElseThrow().transitions()).hasSize(1);
  }
}
