package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hotpod.agent.runtime.podman.libpod.ContainerView;
import io.hotpod.pod.ContainerImage;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.PodProgress;
import io.hotpod.pod.WaitFor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a container was made from, beside what its manifest names. */
final class TestImagesCompared {
  private static final String ID = "web";

  private final String prefix = "localhost/hotpod-compared-" + UUID.randomUUID() + "/";
  private final List<String> named = new ArrayList<>();
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws Exception {
    fixture.close();
    for (String image : named) {
      PodmanCommand.run("image", "rm", "--force", "--ignore", image);
    }
  }

  private String tag(String image, String name) throws Exception {
    PodmanCommand.run("tag", image, prefix + name);
    named.add(prefix + name);
    return prefix + name;
  }

  /** Another image, with the same programs in it. */
  private String other(String name) throws Exception {
    String container = PodmanCommand.run("create", Manifests.IMAGE);
    try {
      PodmanCommand.run(
          "commit", "--quiet", "--change", "LABEL other=yes", container, prefix + name);
    } finally {
      PodmanCommand.run("rm", container);
    }
    named.add(prefix + name);
    return prefix + name;
  }

  private static DesiredPod pod(String image) {
    return Manifests.pod(
        ID,
        "one",
        "{'restartPolicy':'Always','terminationGracePeriodSeconds':0,'containers':[{'name':'main','image':'"
            + image
            + "','imagePullPolicy':'IfNotPresent','command':['sleep','1000']}]}");
  }

  /** As it is once what its manifest names was looked up. */
  private ObservedPod compared(DesiredPod pod) {
    fixture.runtime.apply(pod);
    return fixture.awaitPod(
        ID,
        each ->
            each.ready()
                && fixture.main(each).madeFrom().flatMap(ContainerImage::wanted).isPresent());
  }

  private List<String> differences(DesiredPod pod) {
    return PodProgress.differences(compared(pod), pod, WaitFor.READY);
  }

  /** Somebody puts another container into the place of the pod's, while no agent runs. */
  private void exchange(DesiredPod pod, String image) throws Exception {
    ContainerStatus main = fixture.main(compared(pod));
    fixture.runtime.close();
    ContainerView view = fixture.podman.container(main.containerId().orElseThrow()).orElseThrow();
    String sandbox = fixture.inPodman().getFirst().name();
    fixture.podman.removeContainer(view.id());
    ObjectNode specification = PodJson.read("{}", ObjectNode.class);
    specification.put("name", view.name()).put("pod", sandbox).put("image", image);
    view.labels().forEach(specification.putObject("labels")::put);
    ArrayNode command = specification.putArray("command");
    command.add("sleep").add("1000");
    fixture.podman.start(fixture.podman.createContainer(specification));
    fixture.runtime = fixture.begin();
  }

  @Test
  void aContainerThatWasExchangedIsNamedWithBothImages() throws Exception {
    DesiredPod pod = pod(tag(Manifests.IMAGE, "wanted:1"));
    assertThat(differences(pod)).isEmpty();

    String other = other("other:1");
    exchange(pod, other);

    assertThat(differences(pod))
        .containsExactly(
            "container main was made from image " + other + " and not from " + prefix + "wanted:1");
  }

  @Test
  void anotherNameOfTheSameImageIsNoDifference() throws Exception {
    DesiredPod pod = pod(tag(Manifests.IMAGE, "wanted:1"));

    exchange(pod, tag(Manifests.IMAGE, "same:2"));

    assertThat(differences(pod)).isEmpty();
    assertThat(fixture.main(compared(pod)).madeFrom().orElseThrow().reference())
        .isEqualTo(prefix + "same:2");
  }

  @Test
  void aTagThatWasMovedSinceIsToldAndIsNoDifference() throws Exception {
    DesiredPod pod = pod(tag(Manifests.IMAGE, "wanted:1"));
    assertThat(compared(pod).message()).isEmpty();

    tag(other("other:1"), "wanted:1");

    ObservedPod overtaken =
        fixture.awaitPod(
            ID,
            each ->
                fixture
                    .main(each)
                    .madeFrom()
                    .filter(made -> made.isOvertaken(prefix + "wanted:1"))
                    .isPresent());
    assertThat(overtaken.message()).contains(prefix + "wanted:1", "another one now", "next start");
    assertThat(PodProgress.differences(overtaken, pod, WaitFor.READY)).isEmpty();
    tag(Manifests.IMAGE, "wanted:1");
    await("the old name again").until(() -> fixture.awaitPod(ID, each -> true).message().isEmpty());
  }

  @Test
  void aDigestIsComparedByTheImageItNames() throws Exception {
    String tagged = tag(Manifests.IMAGE, "wanted:1");
    String digest = PodmanCommand.run("image", "inspect", "--format", "{{.Digest}}", tagged);

    assertThat(differences(pod(prefix + "wanted@" + digest))).isEmpty();
  }

  @Test
  void whatTheMachineTookOfAnIndexIsNoDifference() throws Exception {
    String index = prefix + "index:1";
    PodmanCommand.run("manifest", "create", index);
    try {
      PodmanCommand.run("manifest", "add", index, "containers-storage:" + Manifests.IMAGE);

      DesiredPod pod = pod(index);

      assertThat(differences(pod)).isEmpty();
      assertThat(fixture.main(compared(pod)).madeFrom().flatMap(ContainerImage::id))
          .isEqualTo(
              Optional.of(
                  PodmanCommand.run("image", "inspect", "--format", "{{.Id}}", Manifests.IMAGE)));
    } finally {
      PodmanCommand.run("manifest", "rm", index);
    }
  }
}
