package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.testing.kubelet.Behaviour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The disk of the kubelet's manifest directory is full, or becomes read-only. */
final class TestManifestDisk {
  private static final String RUNS = Behaviour.RUNS.image();

  private KubeletFixture fixture;
  private boolean mounted;

  @BeforeEach
  void begin() throws Exception {
    fixture = new KubeletFixture();
    fixture.stopRuntime();
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs") == 0;
    fixture.restartKubelet();
    fixture.startRuntime();
  }

  @AfterEach
  void end() throws Exception {
    if (mounted) {
      run("mount", "-o", "remount,rw");
      fixture.desire();
      fixture.awaitNothing();
      assertThat(run("umount", "--lazy")).isZero();
    }
    fixture.close();
  }

  private int run(String... command) throws Exception {
    String[] whole =
        Stream.concat(Stream.of(command), Stream.of(directory())).toArray(String[]::new);
    return new ProcessBuilder(whole).inheritIO().start().waitFor();
  }

  private String directory() {
    return fixture.manifests.toString();
  }

  private void fill(Path file) throws IOException {
    try (OutputStream output = Files.newOutputStream(file)) {
      byte[] block = new byte[1024];
      for (; ; ) {
        output.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  @Test
  void podThatFindsNoRoomIsToldAndWrittenWhenThereIsSome() throws Exception {
    assumeThat(mounted).as("may mount").isTrue();
    DesiredPod web = KubeletFixture.simple("web", "one", RUNS);
    fixture.desire(web);
    ObservedPod before = fixture.awaitReady(web);
    byte[] content = Files.readAllBytes(fixture.file("web-"));
    Path filler = fixture.manifests.resolve(".filler");
    fill(filler);

    DesiredPod more = KubeletFixture.simple("more", "one", RUNS);
    fixture.desire(web, more);
    ObservedPod held = fixture.awaitPod("more", pod -> pod.reason().equals("WriteFailed"));

    assertThat(held.message()).contains("No space left on device").contains("tried again");
    await("nothing half written")
        .until(
            () ->
                Stream.of(Objects.requireNonNull(fixture.manifests.toFile().list()))
                    .noneMatch(name -> name.startsWith(".hotpod")));
    assertThat(fixture.files()).hasSize(1);
    assertThat(fixture.file("web-")).hasBinaryContent(content);
    assertThat(fixture.awaitReady(web).uid()).isEqualTo(before.uid());

    Files.delete(filler);
    fixture.awaitReady(more);
    assertThat(fixture.machine.starts("more")).isEqualTo(1);
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void podStaysWhileItsFileCannotBeTakenAwayAndIsReplacedWhenItCan() throws Exception {
    assumeThat(mounted).as("may mount").isTrue();
    DesiredPod one = KubeletFixture.simple("web", "one", RUNS);
    fixture.desire(one);
    fixture.awaitReady(one);
    byte[] content = Files.readAllBytes(fixture.file("web-"));
    assumeThat(run("mount", "-o", "remount,ro")).as("may remount").isZero();

    DesiredPod two = KubeletFixture.simple("web", "two", RUNS);
    DesiredPod more = KubeletFixture.simple("more", "one", RUNS);
    fixture.desire(two, more);
    ObservedPod old = fixture.awaitPod("web", pod -> pod.reason().equals("RemovalFailed"));
    ObservedPod held = fixture.awaitPod("more", pod -> pod.reason().equals("WriteFailed"));

    assertThat(old.token()).isEqualTo(one.token());
    assertThat(old.message()).contains("Read-only file system").contains("tried again");
    assertThat(held.message()).contains("Read-only file system");
    assertThat(fixture.file("web-")).hasBinaryContent(content);
    assertThat(fixture.machine.running()).hasSize(1);

    assertThat(run("mount", "-o", "remount,rw")).isZero();
    fixture.awaitReady(two);
    fixture.awaitReady(more);
    assertThat(fixture.machine.starts("web")).isEqualTo(2);
  }
}
