package io.hotpod.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestStateDirectory {
  @TempDir private Path temporary;

  @Test
  void whatIsSavedIsReadAgain() throws IOException {
    StateDirectory state = new StateDirectory(temporary.resolve("deep/state"));
    assertThat(state.identity()).isEmpty();
    assertThat(state.desired()).isEmpty();
    DesiredPod pod =
        Manifests.pod(
            "web",
            "one",
            "{'containers':[{'name':'main','image':'IMAGE','ports':[{'containerPort':80}],"
                + "'readinessProbe':{'httpGet':{'port':'web'}},"
                + "'resources':{'limits':{'cpu':'500m','memory':'64Mi'}}}]}",
            Map.of("conf", Map.of("a", "b")),
            Map.of("keys", Map.of("password", "s3cret")));

    state.save(new Identity("id-1", "credential", Optional.of("web-1")));
    state.save(new DesiredPods(7, List.of(pod)));

    StateDirectory again = new StateDirectory(state.path());
    assertThat(again.identity()).contains(new Identity("id-1", "credential", Optional.of("web-1")));
    assertThat(again.desired()).contains(new DesiredPods(7, List.of(pod)));
  }

  @Test
  void onlyTheOwnerCanReadIt() throws IOException {
    StateDirectory state = new StateDirectory(temporary.resolve("state"));
    state.save(new Identity("id-1", "credential", Optional.of("web-1")));
    state.save(new DesiredPods(1, List.of()));

    assertThat(mode(state.path())).isEqualTo("rwx------");
    assertThat(mode(state.path().resolve("desired.json"))).isEqualTo("rw-------");
    assertThat(mode(state.path().resolve("instance.json"))).isEqualTo("rw-------");
    assertThat(new Identity("id-1", "credential", Optional.of("web-1")).toString())
        .doesNotContain("credential\"");
  }

  @Test
  void interruptedWriteLeavesTheOldContent() throws IOException {
    StateDirectory state = new StateDirectory(temporary);
    state.save(new DesiredPods(1, List.of()));
    Files.writeString(temporary.resolve(".desired.json.new"), "{\"version\":2,\"po");

    assertThat(new StateDirectory(temporary).desired().orElseThrow().version()).isEqualTo(1);
    state.save(new DesiredPods(3, List.of()));
    assertThat(new StateDirectory(temporary).desired().orElseThrow().version()).isEqualTo(3);
  }

  @Test
  void identityOfAnOlderVersionHasNoName() throws IOException {
    Files.writeString(
        temporary.resolve("instance.json"), "{\"instanceId\":\"id-1\",\"credential\":\"c\"}");

    assertThat(new StateDirectory(temporary).identity())
        .contains(new Identity("id-1", "c", Optional.empty()));
  }

  @Test
  void fileThatCannotBeUnderstoodIsNoSet() throws IOException {
    Files.writeString(temporary.resolve("desired.json"), "{\"version\":2,\"po");

    assertThat(new StateDirectory(temporary).desired()).isEmpty();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
