package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.agent.runtime.ConfigurationException;
import io.hotpod.agent.runtime.RenderedFiles;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TestStaticPodManifest {
  private Path root;
  private RenderedVolumes volumes;
  private StaticPodManifest manifests;

  @BeforeEach
  void begin() throws IOException {
    root = Files.createTempDirectory("hotpod-manifest-test");
    volumes = new RenderedVolumes(root.resolve("disk"), root.resolve("memory"));
    manifests = new StaticPodManifest("instance-1", volumes);
  }

  @AfterEach
  void end() throws IOException {
    RenderedFiles.delete(root);
  }

  private JsonNode manifest(DesiredPod pod) {
    return manifests.of(pod, "web-0123456789", "r1").manifest();
  }

  @Test
  void carriesItsMarksAndNoUid() {
    JsonNode manifest = manifest(KubeletFixture.simple("web", "one", "image:1"));

    assertThat(manifest.path("metadata").toString())
        .isEqualTo(
            "{\"annotations\":{\"hotpod.io/instance\":\"instance-1\","
                + "\"hotpod.io/modification-token\":\"one\",\"hotpod.io/pod\":\"web\","
                + "\"hotpod.io/pod-name\":\"web\",\"hotpod.io/revision\":\"r1\"},"
                + "\"name\":\"web-0123456789\"}");
    assertThat(manifest.path("spec").path("hostname").asString()).isEqualTo("web");
  }

  @Test
  void portsOfTheMachineAreInTheFile() {
    DesiredPod pod =
        Manifests.pod(
            "web",
            "one",
            "{'hostNetwork':true,'containers':[{'name':'m','image':'IMAGE',"
                + "'ports':[{'containerPort':80},{'containerPort':53,'protocol':'UDP'}]}]}");

    StaticPodFile file = manifests.of(pod, "web-0123456789", "r1");

    assertThat(file.hostPorts().orElseThrow().ports()).hasToString("[80/TCP, 53/UDP]");
  }

  @Test
  void isReadAsWhatWasWritten() {
    StaticPodFile file =
        manifests.of(KubeletFixture.simple("web", "one", "image:1"), "web-0123456789", "r1");

    assertThat(StaticPodFile.read(file.fileName(), file.bytes(), "instance-1"))
        .map(StaticPodFile::toString)
        .contains(file.toString());
    assertThat(StaticPodFile.read(file.fileName(), file.bytes(), "instance-2")).isEmpty();
    assertThat(StaticPodFile.read("hotpod-other.json", file.bytes(), "instance-1")).isEmpty();
    assertThat(StaticPodFile.read(file.fileName(), new byte[] {'{'}, "instance-1")).isEmpty();
  }

  private static final DesiredPod CONFIGURED =
      KubeletFixture.pod(
          "web",
          "one",
          "{'containers':[{'name':'main','image':'x','envFrom':[{'prefix':'P_',"
              + "'configMapRef':{'name':'settings'}}],'env':[{'name':'A','value':'$(P_a)'},"
              + "{'name':'PASSWORD','valueFrom':{'secretKeyRef':{'name':'keys','key':'pw'}}},"
              + "{'name':'NONE','valueFrom':{'secretKeyRef':{'name':'keys','key':'no','optional':true}}},"
              + "{'name':'ME','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}},"
              + "{'name':'IP','valueFrom':{'fieldRef':{'fieldPath':'status.podIP'}}}],"
              + "'volumeMounts':[{'name':'c','mountPath':'/c'},{'name':'s','mountPath':'/s'},"
              + "{'name':'e','mountPath':'/e'}]}],"
              + "'volumes':[{'name':'c','configMap':{'name':'settings'}},"
              + "{'name':'s','secret':{'secretName':'keys','defaultMode':256}},"
              + "{'name':'e','emptyDir':{}}]}",
          Map.of("settings", Map.of("a", "1", "b", "2")),
          Map.of("keys", Map.of("pw", "pa$$word$(HOME)")));

  @Test
  void variablesAreWrittenOutAndMeanWhatTheyMeant() {
    JsonNode container = manifest(CONFIGURED).path("spec").path("containers").path(0);

    assertThat(container.has("envFrom")).isFalse();
    assertThat(container.path("env").toString())
        .isEqualTo(
            "[{\"name\":\"P_a\",\"value\":\"1\"},{\"name\":\"P_b\",\"value\":\"2\"},"
                + "{\"name\":\"A\",\"value\":\"$(P_a)\"},"
                + "{\"name\":\"PASSWORD\",\"value\":\"pa$$$$word$$(HOME)\"},"
                + "{\"name\":\"ME\",\"value\":\"web\"},"
                + "{\"name\":\"IP\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"status.podIP\"}}}]");
  }

  @Test
  void volumesAreFilesOfTheMachineThatContainersCannotChange() throws IOException {
    JsonNode spec = manifest(CONFIGURED).path("spec");
    volumes.render("web-0123456789", CONFIGURED);

    Path secret = Path.of(spec.path("volumes").path(1).path("hostPath").path("path").asString());
    assertThat(secret).startsWith(root.resolve("memory"));
    assertThat(Files.readString(secret.resolve("pw"))).isEqualTo("pa$$word$(HOME)");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.resolve("pw"))))
        .isEqualTo("r--------");
    Path config = Path.of(spec.path("volumes").path(0).path("hostPath").path("path").asString());
    assertThat(config).startsWith(root.resolve("disk"));
    assertThat(Files.readString(config.resolve("b"))).isEqualTo("2");
    assertThat(spec.path("volumes").path(0).path("hostPath").path("type").asString())
        .isEqualTo("Directory");
    assertThat(spec.path("volumes").path(2).has("emptyDir")).isTrue();
    JsonNode mounts = spec.path("containers").path(0).path("volumeMounts");
    assertThat(mounts.path(0).path("readOnly").asBoolean(false)).isTrue();
    assertThat(mounts.path(1).path("readOnly").asBoolean(false)).isTrue();
    assertThat(mounts.path(2).path("readOnly").asBoolean(false)).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("memory"))))
        .isEqualTo("rwx------");

    volumes.remove("web-0123456789", CONFIGURED.token());
    assertThat(root.resolve("memory")).isEmptyDirectory();
    assertThat(root.resolve("disk")).isEmptyDirectory();
  }

  @Test
  void whatIsNotBroughtAlongIsNamed() {
    DesiredPod pod =
        KubeletFixture.pod(
            "web",
            "one",
            "{'containers':[{'name':'main','image':'x','env':[{'name':'A',"
                + "'valueFrom':{'configMapKeyRef':{'name':'nosuch','key':'a'}}}]}]}");

    assertThatThrownBy(() -> manifest(pod))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("configmap \"nosuch\" not found");
  }

  @Test
  void pathsThatLeadOutAreRefused() {
    DesiredPod pod =
        KubeletFixture.pod(
            "web",
            "one",
            "{'containers':[{'name':'main','image':'x'}],'volumes':[{'name':'c','configMap':"
                + "{'name':'settings','items':[{'key':'a','path':'../../../evil'}]}}]}",
            Map.of("settings", Map.of("a", "1")),
            Map.of());

    assertThatThrownBy(() -> volumes.render("web-0123456789", pod))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("leads out");
    assertThat(root.resolve("evil")).doesNotExist();
  }

  @Test
  void namesAreStableAndStayNamesWhenTheyAreCut() {
    DesiredPod pod = KubeletFixture.simple("web", "one", "x");
    String first = StaticPodName.of("i", pod, name -> false);
    assertThat(StaticPodName.of("i", KubeletFixture.simple("web", "two", "y"), name -> false))
        .isEqualTo(first)
        .matches("web-[0-9a-f]{10}");
    assertThat(StaticPodName.of("i", pod, first::equals)).isNotEqualTo(first);
    assertThat(StaticPodName.of("other", pod, name -> false)).isNotEqualTo(first);

    String longName = "a".repeat(39) + "." + "b".repeat(60);
    assertThat(StaticPodName.of("i", KubeletFixture.simple(longName, "one", "x"), name -> false))
        .matches("a{39}-[0-9a-f]{10}");
    assertThat(Optional.of(first)).isPresent();
  }
}
