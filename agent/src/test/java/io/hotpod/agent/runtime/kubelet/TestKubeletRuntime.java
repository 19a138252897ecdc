package io.hotpod.agent.runtime.kubelet;

import static io.hotpod.agent.runtime.kubelet.KubeletFixture.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.HostPorts;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodPhase;
import io.hotpod.testing.kubelet.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TestKubeletRuntime {
  private static final String RUNS = Behaviour.RUNS.image();

  private KubeletFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new KubeletFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  @Test
  void podBecomesReadyAndIsRemoved() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);

    ObservedPod ready = fixture.awaitReady(web);

    assertThat(ready.phase()).isEqualTo(PodPhase.RUNNING);
    assertThat(ready.uid().orElseThrow()).matches("[0-9a-f]{32}");
    assertThat(ready.podIp()).contains("10.199.0.18");
    assertThat(ready.containers())
        .singleElement()
        .satisfies(
            main -> {
              assertThat(main.image()).isEqualTo(RUNS);
              assertThat(main.state()).isInstanceOf(ContainerState.Running.class);
              assertThat(main.imageId()).isPresent();
            });
    Path file = fixture.file("web-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).contains("\"hotpod.io/modification-token\" : \"one\"");
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
    assertThat(fixture.runtime.health().version()).isEqualTo("1.31.13");
    assertThat(fixture.runtime.health().problem()).isEmpty();

    fixture.desire();
    fixture.awaitNothing();

    assertThat(fixture.files()).isEmpty();
    assertThat(fixture.machine.running()).isEmpty();
    assertThat(fixture.root.resolve("state/kubelet/removals")).isEmptyDirectory();
  }

  @Test
  void machineWithoutPodsIsNotUnknown() {
    await().until(() -> fixture.runtime.observe().isPresent());
    assertThat(fixture.runtime.observe().orElseThrow()).isEmpty();
  }

  @Test
  void changedPodTakesTheNameOfTheOldOneWhichHasStoppedBefore() throws IOException {
    DesiredPod one = simple("web", "one", RUNS);
    fixture.desire(one);
    ObservedPod before = fixture.awaitReady(one);
    Path file = fixture.file("web-");

    DesiredPod two = simple("web", "two", RUNS);
    fixture.desire(two);
    ObservedPod going = fixture.awaitPod("web", ObservedPod::terminating);
    assertThat(going.token()).isEqualTo(one.token());
    assertThat(going.ready()).isFalse();
    ObservedPod after = fixture.awaitReady(two);

    assertThat(after.uid()).isNotEqualTo(before.uid());
    assertThat(fixture.file("web-")).isEqualTo(file);
    assertThat(fixture.machine.starts("web")).isEqualTo(2);
    assertThat(fixture.machine.running()).hasSize(1);
  }

  @Test
  void whateverNameTheKubeletGivesAnImageIsNoDifference() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);

    ObservedPod ready = fixture.awaitReady(web);

    assertThat(ready.containers())
        .allMatch(
            status ->
                status.madeFrom().orElseThrow().reference().startsWith("sha256:")
                    && status.madeFrom().orElseThrow().wanted().isEmpty());
  }

  @Test
  void unchangedPodIsLeftAloneWhateverElseChanges() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    ObservedPod before = fixture.awaitReady(web);
    byte[] bytes = Files.readAllBytes(fixture.file("web-"));

    DesiredPod other = simple("other", "one", RUNS);
    fixture.desire(web, other);
    fixture.awaitReady(other);
    fixture.restartRuntime();
    await("its file").until(() -> fixture.runtime.observe().isPresent());
    assertThat(fixture.runtime.hostPorts("web", web.token())).contains(HostPorts.of(web.pod()));
    fixture.desire(web, other);
    // The files of its config maps are looked at once more before it is as it was.
    fixture.awaitPod("web", before::equals);

    assertThat(Files.readAllBytes(fixture.file("web-"))).isEqualTo(bytes);
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void sameContentAgainIsANewPodOfWhichNothingOldIsBelieved() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    ObservedPod first = fixture.awaitReady(web);
    fixture.desire(Manifests.suspended(web));
    fixture.awaitNothing();

    fixture.desire(web);
    ObservedPod second = fixture.awaitReady(web);

    assertThat(second.uid()).isNotEqualTo(first.uid());
    assertThat(second.restarts()).isZero();
  }

  @Test
  void startFirstKeepsTheOldPodUntilTheNewOneIsReady() throws IOException {
    DesiredPod one = simple("web", "one", RUNS);
    fixture.desire(one);
    fixture.awaitReady(one);

    DesiredPod two = Manifests.startFirst(simple("web", "two", RUNS));
    fixture.desire(two);
    await("both").until(() -> fixture.machine.running().size() == 2);
    fixture.awaitReady(two);
    await("one").atMost(KubeletFixture.SOON).until(() -> fixture.machine.running().size() == 1);
    await("one file").until(() -> fixture.files().size() == 1);

    assertThat(Files.readString(fixture.file("web-"))).contains("\"two\"");
    DesiredPod three = Manifests.startFirst(simple("web", "three", RUNS));
    fixture.desire(three);
    fixture.awaitReady(three);
  }

  @Test
  void startFirstThatNeverGetsReadyLeavesTheOldPod() throws IOException {
    DesiredPod one = simple("web", "one", RUNS);
    fixture.desire(one);
    ObservedPod before = fixture.awaitReady(one);

    DesiredPod two = Manifests.startFirst(simple("web", "two", Behaviour.EXITS_3.image()));
    fixture.desire(two);
    fixture.awaitPod(
        "web", pod -> pod.token().equals(two.token()) && failures(pod) >= 3 && !pod.ready());

    assertThat(fixture.awaitReady(one).uid()).isEqualTo(before.uid());
    assertThat(fixture.machine.running()).hasSize(2);
  }

  private static int failures(ObservedPod pod) {
    return pod.containers().stream().mapToInt(container -> container.failures()).max().orElse(0);
  }

  @Test
  void podThatIgnoresTermIsWaitedForAsLongAsItsGracePeriod() throws IOException {
    DesiredPod one = simple("web", "one", Behaviour.IGNORES_TERM.image());
    fixture.desire(one);
    fixture.awaitReady(one);

    DesiredPod two = simple("web", "two", RUNS);
    long begun = System.nanoTime();
    fixture.desire(two);
    fixture.awaitReady(two);

    double seconds = (System.nanoTime() - begun) / 1e9 / KubeletFixture.SCALE;
    assertThat(seconds).isGreaterThan(2.7);
    assertThat(fixture.machine.starts("web")).isEqualTo(2);
  }

  @Test
  void foreignFilesAreNeverTouched() throws IOException {
    String foreign =
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"theirs\"},"
            + "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"x\"}]}}";
    fixture.foreign("theirs.yaml", foreign);
    fixture.foreign("hotpod-broken-0123456789.json", "not: [a pod");
    Files.createSymbolicLink(
        fixture.manifests.resolve("hotpod-link-0123456789.json"), Path.of("/nonexistent"));
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    fixture.awaitReady(web);
    fixture.restartRuntime();
    fixture.desire();
    fixture.awaitNothing();

    assertThat(fixture.files())
        .isEqualTo(
            List.of("hotpod-broken-0123456789.json", "hotpod-link-0123456789.json", "theirs.yaml"));
    assertThat(Files.readString(fixture.manifests.resolve("theirs.yaml"))).isEqualTo(foreign);
    assertThat(fixture.machine.running()).containsExactly("theirs-labnode");
  }

  @Test
  void fileInTheWayIsToldAndLeftThere() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    fixture.awaitReady(web);
    String name = fixture.file("web-").getFileName().toString();
    fixture.desire();
    fixture.awaitNothing();
    fixture.foreign(name, "theirs");

    fixture.desire(web);
    ObservedPod held = fixture.awaitPod("web", pod -> pod.reason().equals("WriteFailed"));

    assertThat(held.message()).contains(name).contains("is in the way");
    assertThat(Files.readString(fixture.manifests.resolve(name))).isEqualTo("theirs");
    Files.delete(fixture.manifests.resolve(name));
    fixture.awaitReady(web);
  }

  @Test
  void fileThatSomebodyTookAwayComesBack() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    ObservedPod before = fixture.awaitReady(web);

    Files.delete(fixture.file("web-"));
    ObservedPod after =
        fixture.awaitPod("web", pod -> pod.ready() && !pod.uid().equals(before.uid()));

    assertThat(after.token()).isEqualTo(web.token());
    assertThat(fixture.machine.starts("web")).isEqualTo(2);
  }

  @Test
  void contentThatIsNotAPodEndsNoPod() throws IOException {
    DesiredPod one = simple("web", "one", RUNS);
    fixture.desire(one);
    fixture.awaitReady(one);

    DesiredPod bad = KubeletFixture.pod("web", "two", "{'containers':[]}");
    DesiredPod other = simple("other", "one", RUNS);
    fixture.desire(bad, other);
    ObservedPod refused = fixture.awaitPod("web", pod -> pod.token().equals(bad.token()));
    fixture.awaitReady(other);

    assertThat(refused.phase()).isEqualTo(PodPhase.FAILED);
    assertThat(refused.reason()).isEqualTo("InvalidManifest");
    assertThat(refused.message()).contains("containers");
    assertThat(fixture.awaitReady(one).ready()).isTrue();
    assertThat(fixture.kubelet.log()).isEmpty();
  }

  @Test
  void fileThatIsNotShownIsToldWithTheLikelyReason() throws IOException {
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    fixture.awaitReady(web);
    Path file = fixture.file("web-");
    // What this reader takes and that kubelet does not.
    String text = Files.readString(file).replace("\"main\"", "\"Main_\"");
    Path aside = fixture.manifests.resolve(".aside");
    Files.writeString(aside, text);
    // Without this Java removes the old file first, and a file that is gone is written again.
    Files.move(aside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

    ObservedPod refused = fixture.awaitPod("web", pod -> pod.reason().equals("Refused"));

    assertThat(refused.phase()).isEqualTo(PodPhase.FAILED);
    assertThat(refused.message()).contains("log");
    assertThat(fixture.machine.running()).isEmpty();
  }

  @Test
  void copyOfAFileIsNamedWhenItKeepsAPodAlive() throws IOException {
    fixture.expectPutAside();
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);
    fixture.awaitReady(web);
    Path file = fixture.file("web-");
    fixture.foreign(
        "web.bak", Files.readString(file).replace("hotpod.io/revision\" : \"", "$0another"));
    await("the copy").until(() -> fixture.kubelet.log().isEmpty());

    ObservedPod shadowed = fixture.awaitPod("web", pod -> pod.reason().equals("Shadowed"));

    assertThat(shadowed.message()).contains("web.bak");
    Files.delete(fixture.manifests.resolve("web.bak"));
    fixture.awaitReady(web);
  }

  @Test
  void filesThatCannotBeReplacedAreTriedAgainUntilTheyAre() throws IOException {
    String spec =
        KubeletFixture.spec(RUNS)
            .replace(
                "'containers'", "'volumes':[{'name':'s','secret':{'secretName':'s'}}],'containers'")
            .replace(
                "'name':'main'", "'name':'main','volumeMounts':[{'name':'s','mountPath':'/s'}]");
    DesiredPod before = withSecret(spec, "old");
    fixture.desire(before);
    ObservedPod ready = fixture.awaitReady(before);
    Path volume = fixture.root.resolve("secrets/volumes").resolve(podDirectory()).resolve("one/s");
    assertThat(ready.configuration()).contains(before.configurationRevision());
    Path obstacle = Files.createDirectories(volume.resolve("..data_tmp/in-the-way"));

    DesiredPod after = withSecret(spec, "new");
    fixture.desire(after);
    // The same values again are not taken for done either.
    fixture.desire(after);
    await("an attempt that fails")
        .until(() -> Objects.requireNonNull(volume.toFile().list()).length > 4);
    assertThat(volume.resolve("key")).hasContent("old");
    assertThat(fixture.awaitReady(after).configuration()).contains(before.configurationRevision());
    Files.delete(obstacle);
    Files.delete(volume.resolve("..data_tmp"));

    fixture.awaitPod(
        "web", pod -> pod.configuration().equals(Optional.of(after.configurationRevision())));
    assertThat(volume.resolve("key")).hasContent("new");
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  private String podDirectory() throws IOException {
    return KubeletFixture.podName(fixture.file("web-"));
  }

  private static DesiredPod withSecret(String spec, String value) {
    return KubeletFixture.pod("web", "one", spec, Map.of(), Map.of("s", Map.of("key", value)));
  }

  @Test
  void podThatNamesWhatItDoesNotBringAlongStartsWhenItDoes() {
    String spec =
        KubeletFixture.spec(RUNS)
            .replace(
                "'containers'", "'volumes':[{'name':'s','secret':{'secretName':'s'}}],'containers'")
            .replace(
                "'name':'main'",
                "'name':'main','volumeMounts':[{'name':'s','mountPath':'/s','subPath':'key'}]");
    fixture.desire(
        KubeletFixture.pod("web", "one", spec, Map.of(), Map.of("s", Map.of("other", "x"))));
    fixture.awaitPod(
        "web",
        pod ->
            !pod.containers().isEmpty()
                && pod.containers().getFirst().state() instanceof ContainerState.Waiting waiting
                && waiting.reason().equals("CreateContainerConfigError"));

    DesiredPod whole = withSecret(spec, "value");
    fixture.desire(whole);

    fixture.awaitReady(whole);
  }

  @Test
  void whatNobodyForesawIsTriedAgain() {
    fixture.stopRuntime();
    AtomicInteger failures = new AtomicInteger(2);
    fixture.useRandom(
        new Random() {
          @Override
          public void nextBytes(byte[] bytes) {
            if (failures.getAndDecrement() > 0) {
              throw new IllegalStateException("no marks today");
            }
            super.nextBytes(bytes);
          }
        });
    fixture.startRuntime();
    DesiredPod web = simple("web", "one", RUNS);
    fixture.desire(web);

    ObservedPod held = fixture.awaitPod("web", pod -> pod.reason().equals("InternalError"));

    assertThat(held.message()).isEqualTo("no marks today");
    fixture.awaitReady(web);
    assertThat(fixture.machine.starts("web")).isEqualTo(1);
  }

  @Test
  void podThatTheKubeletPutAsideIsStartedByAnotherRevision() throws IOException {
    fixture.close();
    fixture = new KubeletFixture(0.4);
    fixture.expectPutAside();
    DesiredPod one = simple("web", "one", RUNS);
    fixture.desire(one);

    ObservedPod ready = fixture.awaitReady(one);
    // A busy machine may be so late with one that the name is free already.
    for (int next = 0; next < 20 && fixture.machine.putAside().isEmpty(); next++) {
      DesiredPod other = simple("web", "next-" + next, RUNS);
      fixture.desire(other);
      ready = fixture.awaitReady(other);
    }

    assertThat(fixture.machine.putAside()).isNotEmpty();
    assertThat(fixture.machine.putAside()).doesNotContain(ready.uid().orElseThrow());
  }
}
