package io.hotpod.agent.runtime.kubelet;

import static io.hotpod.agent.runtime.kubelet.KubeletFixture.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.testing.kubelet.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The machine starts anew: a kubelet would start everything in its directory at once. */
final class TestKubeletBoot {
  private static final String RUNS = Behaviour.RUNS.image();

  /** A pod that is played takes at least so long from its start until it is ready. */
  private static final long LEAST_START_NANOS = (long) (0.8e9 * KubeletFixture.SCALE);

  private final DesiredPod first = simple("first", "one", RUNS);
  private final DesiredPod second = Manifests.after(simple("second", "one", RUNS), "first");
  private final DesiredPod third = Manifests.after(simple("third", "one", RUNS), "second");
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
  void secretInAVariableIsNotOnTheDisk() throws IOException {
    DesiredPod pod =
        KubeletFixture.pod(
            "web",
            "one",
            KubeletFixture.spec(Behaviour.RUNS.image())
                .replace(
                    "'name':'main'",
                    "'name':'main','env':[{'name':'A','valueFrom':{'secretKeyRef':"
                        + "{'name':'keys','key':'k'}}}]"),
            Map.of(),
            Map.of("keys", Map.of("k", "s3cr3t-value")));
    fixture.desire(pod);
    fixture.awaitReady(pod);

    Path file = fixture.file("web-");
    assertThat(file).isSymbolicLink().content().contains("s3cr3t-value");
    assertThat(file.toRealPath()).startsWith(fixture.root.resolve("secrets").toRealPath());
    Path memory = fixture.root.resolve("secrets");
    try (Stream<Path> files = Files.walk(fixture.root)) {
      assertThat(
              files
                  .filter(one -> !one.startsWith(memory))
                  .filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)))
          .allSatisfy(one -> assertThat(one).content().doesNotContain("s3cr3t-value"));
    }
    fixture.rebootWithoutAgent();
    fixture.startRuntime();
    fixture.desire(pod);
    fixture.awaitReady(pod);
  }

  @Test
  void podsComeBackInOrderThoughTheKubeletIsFirst() throws IOException {
    fixture.desire(third, second, first);
    fixture.awaitReady(third);

    fixture.rebootWithoutAgent();
    await().until(() -> fixture.kubelet.isReady("first", ""));
    assertThat(fixture.machine.running()).singleElement().asString().startsWith("first-");
    fixture.startRuntime();
    fixture.desire(third, second, first);
    fixture.awaitReady(third);

    assertThat(started("second") - started("first")).isGreaterThan(LEAST_START_NANOS);
    assertThat(started("third") - started("second")).isGreaterThan(LEAST_START_NANOS);
    for (String name : List.of("first", "second", "third")) {
      assertThat(fixture.machine.starts(name)).as(name).isEqualTo(2);
    }
  }

  @Test
  void podIsWaitedForThatIsNotReadyAfterTheBoot() throws IOException {
    DesiredPod slow =
        KubeletFixture.pod(
            "first",
            "one",
            "{'terminationGracePeriodSeconds':2,"
                + "'volumes':[{'name':'keys','secret':{'secretName':'keys'}}],"
                + "'containers':[{'name':'main','image':'"
                + RUNS
                + "','volumeMounts':[{'name':'keys','mountPath':'/keys'}]}]}",
            Map.of(),
            Map.of("keys", Map.of("key", "value")));
    fixture.desire(second, slow);
    fixture.awaitReady(second);
    fixture.rebootWithoutAgent();
    await().until(() -> fixture.kubelet.uid("first").isPresent());
    // The agent is not to bring the files of its Secret back.
    Files.writeString(fixture.root.resolve("secrets"), "in the way");

    fixture.startRuntime();
    fixture.desire(second, slow);

    ObservedPod held = fixture.awaitPod("second", pod -> pod.reason().equals("Waiting"));
    assertThat(held.message()).contains("waits until pod first is ready");
    assertThat(fixture.machine.startedAt("second")).isEmpty();
    Files.delete(fixture.root.resolve("secrets"));
    fixture.awaitReady(second);
  }

  @Test
  void anotherRunOfTheAgentRestartsNothing() throws IOException {
    fixture.desire(second, first);
    ObservedPod before = fixture.awaitReady(second);

    fixture.restartRuntime();
    fixture.restartKubelet();
    fixture.desire(second, first);

    assertThat(fixture.awaitReady(second)).isEqualTo(before);
    assertThat(fixture.machine.starts("second")).isEqualTo(1);
  }

  @Test
  void anotherPlaceInTheOrderRestartsNothing() throws IOException {
    DesiredPod free = simple("second", "one", RUNS);
    fixture.desire(first, free);
    fixture.awaitReady(first);
    ObservedPod before = fixture.awaitReady(free);
    Path file = fixture.file("second-");
    assertThat(Files.isSymbolicLink(file)).isFalse();

    fixture.desire(first, second);
    await().until(() -> Files.isSymbolicLink(file));
    fixture.desire(first, free);
    await().until(() -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    fixture.desire(first, second);
    await().until(() -> Files.isSymbolicLink(file));

    // The kubelet has looked at each of them when it took in what came last.
    fixture.desire(first, second, simple("last", "one", RUNS));
    fixture.awaitPod("last", ObservedPod::ready);
    assertThat(fixture.awaitReady(second)).isEqualTo(before);
    assertThat(fixture.machine.starts("second")).isEqualTo(1);
  }

  @Test
  void removedAndChangedPodsLeaveNothingInMemory() throws IOException {
    Path memory = fixture.root.resolve("secrets/manifests");
    fixture.desire(first, second);
    fixture.awaitReady(second);
    assertThat(memory.toFile().list()).hasSize(1);
    DesiredPod changed = Manifests.after(simple("second", "two", RUNS), "first");

    fixture.desire(first, changed);
    fixture.awaitReady(changed);
    assertThat(memory.toFile().list()).hasSize(1);
    assertThat(Files.readString(fixture.file("second-"))).contains("\"two\"");

    fixture.desire();
    fixture.awaitNothing();
    assertThat(fixture.files()).isEmpty();
    assertThat(memory).isEmptyDirectory();
  }

  @Test
  void linksOfOthersAreNeverTouched() throws IOException {
    fixture.desire(first, second);
    fixture.awaitReady(second);
    Path file = fixture.file("second-");
    String name = file.getFileName().toString();
    fixture.desire();
    fixture.awaitNothing();
    Path theirs = Files.writeString(fixture.root.resolve("theirs"), "not a pod");
    Files.createSymbolicLink(fixture.manifests.resolve(name), theirs);

    fixture.desire(first, second);
    ObservedPod held = fixture.awaitPod("second", pod -> pod.reason().equals("WriteFailed"));

    assertThat(held.message()).contains(name).contains("is in the way");
    assertThat(theirs).hasContent("not a pod");
    assertThat(Files.readSymbolicLink(file)).isEqualTo(theirs);
  }

  private long started(String name) {
    return fixture.machine.startedAt(name).orElseThrow();
  }
}
