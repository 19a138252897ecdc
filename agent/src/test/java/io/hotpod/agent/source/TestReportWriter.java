package io.hotpod.agent.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.reconcile.Observed;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TestReportWriter {
  private static final InstanceFacts FACTS = new InstanceFacts("höst", "1", "podman", "4", "");

  private final ReportWriter writer = new ReportWriter();

  @Test
  void reportsAreTheSameWithWhatWasWrittenBefore() {
    ObservedPod first = Observed.ready(Manifests.sleeper("a", "one"));
    ObservedPod second = Observed.ready(Manifests.sleeper("b", "one"));
    ObservedPod changed = second.saying("\"café\"");

    for (List<ObservedPod> pods :
        List.of(
            List.<ObservedPod>of(),
            List.of(first, second),
            List.of(second, first),
            List.of(first, changed),
            List.of(changed))) {
      PodReport report = new PodReport("s", pods.size(), 7, Instant.ofEpochSecond(9), FACTS, pods);
      byte[] written = writer.write(report);

      assertThat(PodJson.read(written, PodReport.class)).isEqualTo(report);
      assertThat(PodJson.read(written, JsonNode.class))
          .as(new String(written, UTF_8))
          .isEqualTo(PodJson.read(PodJson.write(report), JsonNode.class));
    }
  }
}
