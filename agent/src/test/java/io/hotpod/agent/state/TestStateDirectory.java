package io.hotpod.agent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.DesiredPods;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
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
    assertThat(mode(state.path().resolve("desired.sealed"))).isEqualTo("rw-------");
    assertThat(mode(state.path().resolve("state.key"))).isEqualTo("rw-------");
    assertThat(mode(state.path().resolve("instance.json"))).isEqualTo("rw-------");
    assertThat(new Identity("id-1", "credential", Optional.of("web-1")).toString())
        .doesNotContain("credential\"");
  }

  @Test
  void interruptedWriteLeavesTheOldContent() throws IOException {
    StateDirectory state = new StateDirectory(temporary);
    state.save(new DesiredPods(1, List.of()));
    Files.writeString(temporary.resolve(".desired.sealed.new"), "{\"version\":2,\"po");

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

  @Test
  void setInClearIsTakenOverAndSealed() throws IOException {
    Files.write(
        temporary.resolve("desired.json"), PodJson.writeBytes(new DesiredPods(4, List.of())));
    StateDirectory state = new StateDirectory(temporary);

    state.save(state.desired().orElseThrow());

    assertThat(temporary.resolve("desired.json")).doesNotExist();
    assertThat(new StateDirectory(temporary).desired().orElseThrow().version()).isEqualTo(4);
  }

  @Test
  void valuesAreNotOnDiskInClear() throws IOException {
    StateDirectory state = new StateDirectory(temporary);
    state.save(
        new DesiredPods(
            1,
            List.of(
                Manifests.pod(
                    "web",
                    "one",
                    "{'containers':[{'name':'main','image':'IMAGE'}]}",
                    Map.of(),
                    Map.of("keys", Map.of("password", "s3cret"))))));

    byte[] sealed = Files.readAllBytes(temporary.resolve("desired.sealed"));
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret", "web");
  }

  @Test
  void whatWasChangedOrHasAnotherKeyIsNoSet() throws IOException {
    StateDirectory state = new StateDirectory(temporary.resolve("a"));
    state.save(new DesiredPods(1, List.of()));
    Path file = state.path().resolve("desired.sealed");
    byte[] sealed = Files.readAllBytes(file);

    for (int at = 0; at < sealed.length; at++) {
      byte[] changed = sealed.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThat(state.desired()).as("byte %d changed", at).isEmpty();
    }
    Files.write(file, Arrays.copyOf(sealed, sealed.length - 5));
    assertThat(state.desired()).isEmpty();
    Files.write(file, sealed);
    assertThat(state.desired()).isPresent();
    StateDirectory other = new StateDirectory(temporary.resolve("b"));
    other.save(new DesiredPods(2, List.of()));
    Files.write(other.path().resolve("desired.sealed"), sealed);
    assertThat(other.desired()).isEmpty();
  }

  @Test
  void fullDiskLeavesTheSetThatIsThere() throws Exception {
    Path small = Files.createDirectory(temporary.resolve("small"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()))
        .as("may mount")
        .isZero();
    try {
      StateDirectory state = new StateDirectory(small);
      state.save(new DesiredPods(1, List.of()));
      DesiredPods large =
          new DesiredPods(
              2,
              List.of(
                  Manifests.pod(
                      "web",
                      "one",
                      "{'containers':[{'name':'main','image':'IMAGE'}]}",
                      Map.of("conf", Map.of("a", "x".repeat(100_000))),
                      Map.of())));

      assertThatThrownBy(() -> state.save(large)).isInstanceOf(IOException.class);

      assertThat(state.desired().orElseThrow().version()).isEqualTo(1);
      state.save(new DesiredPods(3, List.of()));
      assertThat(state.desired().orElseThrow().version()).isEqualTo(3);
    } finally {
      assertThat(run("umount", small.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  @Test
  void secondAgentIsRefused() throws IOException {
    Path file = temporary.resolve("agent.lock");
    try (InstanceLock lock = InstanceLock.take(file, "state directory x", InstanceLock.OWN_STATE)) {
      assertThatThrownBy(() -> InstanceLock.take(file, "state directory x", InstanceLock.OWN_STATE))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("state directory x is used by another agent");
      assertThat(lock.toString()).contains("agent.lock");
      assertThat(mode(file)).isEqualTo("rw-------");
    }
    InstanceLock.take(file, "state directory x", InstanceLock.OWN_STATE).close();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
