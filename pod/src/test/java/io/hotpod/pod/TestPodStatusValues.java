package io.hotpod.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class TestPodStatusValues {
  private static ObservedPod pod(Optional<String> address) {
    ContainerState.Terminated last =
        new ContainerState.Terminated(
            3, "Error", "", Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH.plusSeconds(1)));
    return new ObservedPod(
        "a",
        "web",
        new ModificationToken("t"),
        PodPhase.RUNNING,
        true,
        false,
        "",
        "",
        Optional.empty(),
        address,
        Optional.empty(),
        Optional.empty(),
        List.of(new PodCondition("Ready", true, "", "")),
        List.of(),
        List.of(
            new ContainerStatus(
                "c",
                new ContainerState.Running(Instant.EPOCH),
                Optional.of(last),
                true,
                true,
                2,
                0,
                "b:1",
                Optional.of("sha256:1"),
                Optional.empty())));
  }

  @Test
  void speaksTheWordsOfKubernetes() {
    assertThat(PodStatusValues.of(pod(Optional.of("10.88.0.2"))))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"phase": "Running", "pod_ip": "10.88.0.2", "restart_count": 2,
                     "conditions": [{"type": "Ready", "status": "True", "reason": "", "message": ""}],
                     "containers": [{"name": "c", "image": "b:1", "image_id": "sha256:1",
                       "ready": true, "started": true, "restart_count": 2,
                       "state": "running", "started_at": "1970-01-01T00:00:00Z",
                       "last_termination": {"reason": "Error", "message": "", "exit_code": 3,
                         "started_at": "1970-01-01T00:00:00Z",
                         "finished_at": "1970-01-01T00:00:01Z"}}]}\
                    """));
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    assertThat(PodStatusValues.of(pod(Optional.empty())).propertyNames())
        .containsExactlyInAnyOrder("phase", "conditions", "containers", "restart_count");
  }
}
