package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.Marks;
import io.hotpod.agent.runtime.PodKey;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodPhase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** How long a pod may be missing, and what of that time counts. */
final class TestUnshown {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path directory;

  private final KubeletTimings timings = KubeletTimings.of(Duration.ofSeconds(20));

  /** A pod whose file is there, and one look at a kubelet that shows nothing. */
  private final class Looks {
    private final KubeletPod pod;
    private final long written = System.nanoTime();

    Looks() {
      String marks =
          "{\"metadata\":{\"name\":\"web\",\"annotations\":{\"%s\":\"web\",\"%s\":\"one\"}}}"
              .formatted(Marks.POD, Marks.TOKEN);
      StaticPodFile file =
          new StaticPodFile(
              new PodKey("web", new ModificationToken("one")),
              "web",
              "1",
              PodJson.read(marks, ObjectNode.class));
      pod = KubeletPod.found(file, Optional.empty(), timings);
    }

    ObservedPod after(Duration time) {
      long begun = written + time.toNanos();
      pod.follow(
          new KubeletView(begun, begun, List.of(), Optional.empty()),
          new ManifestDirectory(directory, "i", new FleetingFiles(directory.resolve("memory"))),
          false,
          "",
          Instant.EPOCH);
      return pod.observed();
    }
  }

  @Test
  void kubeletThatAnswersAndShowsNothingRefuses() {
    Looks looks = new Looks();

    for (int second = 1; second <= 19; second++) {
      assertThat(looks.after(SECOND.multipliedBy(second)).phase()).isEqualTo(PodPhase.PENDING);
    }
    looks.after(SECOND.multipliedBy(20));
    ObservedPod refused = looks.after(SECOND.multipliedBy(22));

    assertThat(refused.phase()).isEqualTo(PodPhase.FAILED);
    assertThat(refused.reason()).isEqualTo(Absence.REFUSED);
  }

  @Test
  void silenceOfTheKubeletIsNotAnAnswer() {
    Looks looks = new Looks();

    assertThat(looks.after(Duration.ofMinutes(10)).phase()).isEqualTo(PodPhase.PENDING);
    assertThat(looks.after(Duration.ofMinutes(20)).phase()).isEqualTo(PodPhase.PENDING);
  }

  @Test
  void timeBeginsAnewWhenItIsShown() {
    Unshown unshown = new Unshown(SECOND.multipliedBy(2), 0);

    assertThat(unshown.missing(SECOND.toNanos())).isEqualTo(SECOND);
    unshown.shown(SECOND.multipliedBy(2).toNanos());
    assertThat(unshown.missing(SECOND.multipliedBy(3).toNanos())).isEqualTo(SECOND);
    // A view that was asked for before the last one counts nothing.
    assertThat(unshown.missing(SECOND.toNanos())).isEqualTo(SECOND);
  }
}
