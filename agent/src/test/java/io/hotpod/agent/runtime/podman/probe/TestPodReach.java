package io.hotpod.agent.runtime.podman.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process in namespaces of its own stands for the pod of an ordinary user. */
final class TestPodReach {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Process pod;

  TestPodReach(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("index.html"), "hello");
    pod =
        new ProcessBuilder(
                "unshare",
                "--user",
                "--map-root-user",
                "--net",
                "sh",
                "-c",
                "ip link set lo up && ip address add 10.0.2.100/24 dev lo"
                    + " && exec busybox httpd -f -p 10.0.2.100:8080 -h \"$0\"",
                directory.toString())
            .inheritIO()
            .start();
  }

  @AfterEach
  void end() {
    pod.destroyForcibly();
  }

  private PodReach inside() {
    return await("the pod's server")
        .atMost(LONG)
        .until(() -> inside(PodReach.of(Optional.of(view(pod.pid(), "")))), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<PodReach> inside(PodReach reach) throws InterruptedException {
    try {
      reach.connect(8080, LONG).close();
      return Optional.of(reach).filter(InnerReach.class::isInstance);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static ContainerView view(long process, String ip) {
    return new ContainerView(
        "id",
        "name",
        "running",
        0,
        false,
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        process,
        Optional.of(ip).filter(text -> !text.isEmpty()),
        Map.of());
  }

  private static Prober prober(PodReach reach) {
    return new Prober(
        new Podman(Path.of("/nowhere")),
        new ContainerBuilder().withName("main").build(),
        "id",
        0,
        reach);
  }

  private static Probe http(String path) {
    return new ProbeBuilder()
        .withNewHttpGet()
        .withPath(path)
        .withPort(new IntOrString(8080))
        .endHttpGet()
        .build();
  }

  private static Probe tcp(int port) {
    return new ProbeBuilder()
        .withNewTcpSocket()
        .withPort(new IntOrString(port))
        .endTcpSocket()
        .build();
  }

  @Test
  void probesAskInsideOfThePod() throws Exception {
    Prober prober = prober(inside());

    assertThat(prober.failure(http("/index.html"), LONG)).isEmpty();
    assertThat(prober.failure(http("/none"), LONG))
        .contains("HTTP probe failed with statuscode: 404");
    assertThat(prober.failure(tcp(8080), LONG)).isEmpty();
    assertThat(prober.failure(tcp(81), LONG))
        .contains("dial tcp 10.0.2.100:81: Connection refused");
  }

  @Test
  void aRelayEndsWithItsConnection() throws Exception {
    PodReach reach = inside();

    try (Socket _ = reach.connect(8080, LONG)) {
      assertThat(relays()).isPositive();
    }

    await("the relay's end").atMost(LONG).until(() -> relays() == 0);
  }

  /** How many processes are on the pod's network beside its own. */
  private long relays() {
    Optional<Path> network = network(pod.toHandle());
    assertThat(network).isPresent();
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.pid() != pod.pid())
        .filter(process -> network(process).equals(network))
        .count();
  }

  /** Empty for a process that has ended. */
  private static Optional<Path> network(ProcessHandle process) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", process.pid() + "", "ns", "net")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Test
  void whatCannotBeEnteredSaysWhy() {
    assertThatThrownBy(() -> new InnerReach(Integer.MAX_VALUE).connect(80, LONG))
        .isInstanceOf(IOException.class)
        .hasMessage("No such file or directory");
  }

  @Test
  void podsOfRootAreReachedByTheirAddress() {
    long own = ProcessHandle.current().pid();

    assertThat(PodReach.of(Optional.of(view(own, "10.88.0.7"))).host()).isEqualTo("10.88.0.7");
    assertThat(PodReach.of(Optional.of(view(own, "")))).isEqualTo(PodReach.MACHINE);
    assertThat(PodReach.of(Optional.empty())).isEqualTo(PodReach.MACHINE);
  }

  @Test
  void addressIsTheFirstThatIsNotTheLoopbacks() {
    List<String> routes =
        """
        Main:
          +-- 0.0.0.0/0 3 0 5
             |-- 0.0.0.0
                /0 universe UNICAST
        Local:
             |-- 127.0.0.1
                /32 host LOCAL
             |-- 10.0.2.0
                /24 link UNICAST
             |-- 10.0.2.100
                /32 host LOCAL
             |-- 10.0.2.255
                /32 link BROADCAST
        """
            .lines()
            .toList();

    assertThat(InnerReach.local(routes)).contains("10.0.2.100");
    assertThat(InnerReach.local(routes.subList(0, 7))).isEmpty();
  }
}
