package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.testing.kubelet.Certificates;
import io.hotpod.testing.kubelet.FakeKubelet;
import io.hotpod.testing.kubelet.FakeMachine;
import io.hotpod.testing.kubelet.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Server and agent in one process, with a kubelet that is played, as a person starts them. */
final class TestDevOnKubelet {
  @RegisterExtension private final Sites sites = Sites.ofEachTest("dev-on-kubelet");

  private FakeMachine machine;
  private FakeKubelet kubelet;
  private Path manifests;
  private Site site;
  private Stacks stacks;

  @BeforeEach
  void start() throws IOException {
    site = sites.open();
    manifests = Files.createDirectory(site.directory().resolve("manifests"));
    machine = new FakeMachine(new Pace(0.1, new Random(5)));
    kubelet = FakeKubelet.start(machine, manifests);
    site.startDev(
        List.of(
            "--runtime",
            "kubelet",
            "--kubelet-manifests",
            manifests.toString(),
            "--kubelet-url",
            kubelet.url().toString(),
            "--kubelet-fingerprint",
            Certificates.shared().fingerprint()));
    stacks = site.stacks();
  }

  @AfterEach
  void end() {
    kubelet.close();
    assertThat(machine.violations()).isEmpty();
  }

  @Test
  void aStackIsCreatedUpdatedAndDeleted() throws IOException {
    stacks.createAndAwait("web", template("one"));

    JsonNode back = stacks.pod("web", "back");
    assertThat(back.path("ready").booleanValue()).isTrue();
    assertThat(back.path("observed_token")).isEqualTo(back.path("modification_token"));
    assertThat(stacks.output("web", "address")).isNotEmpty();
    assertThat(machine.running()).hasSize(2);
    List<String> before = files();
    assertThat(before).hasSize(2);
    String uid = uid("front");
    String uidOfBack = uid("back");

    stacks.updateAndAwait("web", template("two"));

    assertThat(uid("front")).as("changed").isNotEqualTo(uid);
    assertThat(uid("back")).as("not changed").isEqualTo(uidOfBack);
    assertThat(machine.running()).hasSize(2);
    assertThat(files()).as("names are stable").isEqualTo(before);
    JsonNode front = stacks.pod("web", "front");
    assertThat(front.path("observed_token")).isEqualTo(front.path("modification_token"));

    stacks.deleteAndAwait("web");

    assertThat(machine.running()).isEmpty();
    assertThat(files()).isEmpty();
  }

  private String uid(String pod) {
    return kubelet.uid(pod).orElseThrow(() -> new AssertionError("the kubelet has no pod " + pod));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> listed = Files.list(manifests)) {
      return listed.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String template(String front) {
    return PodText.template(
        PodText.sleeping("back", "local-1"),
        PodText.sleeping("front", "local-1")
            .withScript("echo " + front + "; sleep 1000")
            .after("back"));
  }
}
