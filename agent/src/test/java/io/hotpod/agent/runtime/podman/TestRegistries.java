package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.hotpod.agent.runtime.podman.image.AttemptFailedException;
import io.hotpod.agent.runtime.podman.image.ImageArchives;
import io.hotpod.agent.runtime.podman.image.ImageLedger;
import io.hotpod.agent.runtime.podman.image.Images;
import io.hotpod.agent.runtime.podman.image.RegistryCredentials;
import io.hotpod.agent.runtime.podman.image.Unreachable;
import io.hotpod.agent.runtime.podman.libpod.Podman;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that hang, and registries that are not there. */
final class TestRegistries {
  private static final RegistryCredentials NONE =
      RegistryCredentials.of(Manifests.sleeper("any", "1"));

  @TempDir Path directory;

  private final Podman podman = new Podman(SharedPodman.socket());
  private final List<Socket> caught = new CopyOnWriteArrayList<>();
  private final List<String> tagged = new ArrayList<>();
  private final List<Thread> pulling = new ArrayList<>();
  private ServerSocket hanging;
  private Images images;

  @BeforeEach
  void begin() throws IOException {
    hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    images =
        new Images(
            podman,
            new ImageLedger(directory.resolve("images.json")),
            new ImageArchives(directory.resolve("archives")),
            Clock.systemUTC());
  }

  private void accept() {
    try {
      for (; ; ) {
        caught.add(hanging.accept());
      }
    } catch (IOException e) {
      // Closed at the end of the test.
    }
  }

  @AfterEach
  void end() throws Exception {
    hanging.close();
    for (Socket socket : caught) {
      socket.close();
    }
    for (Thread thread : pulling) {
      thread.interrupt();
    }
    for (String image : tagged) {
      PodmanCommand.run("image", "rm", "--force", "--ignore", image);
    }
    podman.close();
  }

  private static Container container(String image, String policy) {
    return new ContainerBuilder()
        .withName("main")
        .withImage(image)
        .withImagePullPolicy(policy)
        .build();
  }

  /** A name at a port where nobody listens. */
  private static String dead(String name) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort() + "/" + name;
    }
  }

  private String present(String image) throws Exception {
    PodmanCommand.run("tag", Manifests.IMAGE, image);
    tagged.add(image);
    return image;
  }

  @Test
  void oneThatHangsHoldsUpNeitherArchivesNorOtherRegistries() throws Exception {
    for (int i = 0; i < 3; i++) {
      String image = "127.0.0.1:" + hanging.getLocalPort() + "/x" + i + ":1";
      pulling.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      images.fetch(container(image, "Always"), NONE);
                    } catch (InterruptedException | RuntimeException e) {
                      // The end of the test.
                    }
                  }));
    }
    await("three pulls hang").until(() -> caught.size() >= 3);
    String archived = "localhost/hotpod-archived-beside:1";
    present(archived);
    Files.createDirectories(directory.resolve("archives"));
    PodmanCommand.run(
        "save",
        "--quiet",
        "--output",
        directory.resolve("archives/image.tar").toString(),
        archived);
    PodmanCommand.run("untag", Manifests.IMAGE, archived);

    images.fetch(container(archived, "IfNotPresent"), NONE);
    String other = dead("other:1");
    assertThatThrownBy(() -> images.fetch(container(other, "IfNotPresent"), NONE))
        .isInstanceOf(AttemptFailedException.class)
        .hasMessageContaining("connection refused");

    assertThat(podman.imageId(archived)).isPresent();
    assertThat(pulling).allMatch(Thread::isAlive);
  }

  @Test
  void presentImageIsGoneOnWithWhereItsRegistryIsNotThere() throws Exception {
    String image = present(dead("app:latest"));
    try (RuntimeFixture fixture = new RuntimeFixture()) {
      DesiredPod pod =
          Manifests.pod(
              "web",
              "one",
              "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'"
                  + image
                  + "','command':['sleep','1000']}]}");

      ObservedPod ready = fixture.applyReady(pod);

      assertThat(ready.message())
          .contains(image, "cannot be reached", "the image that is on the machine is used");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Get \"https://x/v2/\": dial tcp 127.0.0.1:1: connect: connection refused', true",
    "'dial tcp: lookup registry.example on 192.0.2.53:53: no such host', true",
    "'Get \"https://x/v2/\": net/http: TLS handshake timeout', true",
    "'reading manifest 1 in x/app: manifest unknown', false",
    "'unauthorized: authentication required', false",
    "'x509: certificate signed by unknown authority', false",
    "'http: server gave HTTP response to HTTPS client', false"
  })
  void refusalIsNotAbsence(String answer, boolean unreachable) {
    assertThat(Unreachable.isMeant(answer)).isEqualTo(unreachable);
  }
}
