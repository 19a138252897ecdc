package io.hotpod.agent.runtime.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.hotpod.agent.runtime.podman.Manifests;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pod on a kubelet reads of its config maps and secrets, before and after a change. */
final class TestRenderedVolumes {
  private static final String SPEC =
      "{'volumes':[{'name':'conf','configMap':{'name':'conf'}}],"
          + "'containers':[{'name':'main','image':'IMAGE',"
          + "'volumeMounts':[{'name':'conf','mountPath':'/conf'}]}]}";

  @TempDir Path directory;

  private static DesiredPod pod(Map<String, String> conf) {
    return Manifests.pod("web", "one", SPEC, Map.of("conf", conf), Map.of());
  }

  @Test
  void changedValuesAreSwappedAndKeysThatAreGoneGo() throws IOException {
    RenderedVolumes volumes =
        new RenderedVolumes(directory.resolve("disk"), directory.resolve("memory"));
    DesiredPod before = pod(Map.of("colour", "green", "old", "x"));
    Volume volume = before.pod().getSpec().getVolumes().getFirst();
    volumes.render("web", before);
    Path files = volumes.directory("web", before.token(), volume);
    assertThat(files.resolve("colour")).hasContent("green");

    volumes.render("web", pod(Map.of("colour", "blue", "new", "y")));

    assertThat(files.resolve("colour")).hasContent("blue");
    assertThat(files.resolve("new")).hasContent("y");
    assertThat(Files.exists(files.resolve("old"))).isFalse();
    assertThat(directory.resolve("disk/web")).isDirectoryContaining("glob:**/one");
  }

  private static DesiredPod projected(String more) {
    return Manifests.pod(
        "web",
        "one",
        "{'volumes':[{'name':'all','projected':{'sources':[{'configMap':{'name':'conf'}},"
            + "{'secret':{'name':'keys','items':[{'key':'k','path':'deep/key'}]}}"
            + more
            + "]}}],'containers':[{'name':'main','image':'IMAGE',"
            + "'volumeMounts':[{'name':'all','mountPath':'/all'}]}]}",
        Map.of("conf", Map.of("colour", "green")),
        Map.of("keys", Map.of("k", "s3cret")));
  }

  @Test
  void projectedVolumeOfConfigMapsAndSecretsIsMadeInMemory() throws IOException {
    RenderedVolumes volumes =
        new RenderedVolumes(directory.resolve("disk"), directory.resolve("memory"));
    DesiredPod pod = projected("");
    Volume volume = pod.pod().getSpec().getVolumes().getFirst();

    volumes.render("web", pod);

    Path files = volumes.directory("web", pod.token(), volume);
    assertThat(files).startsWith(directory.resolve("memory"));
    assertThat(files.resolve("colour")).hasContent("green");
    assertThat(files.resolve("deep/key")).hasContent("s3cret");
    assertThat(ApiReferences.refusal(pod.pod().getSpec())).isEmpty();
    Volume written =
        PodJson.read(new StaticPodManifest("i", volumes).of(pod, "web", "1").manifest(), Pod.class)
            .getSpec()
            .getVolumes()
            .getFirst();
    assertThat(written.getProjected()).isNull();
    assertThat(written.getHostPath().getPath()).isEqualTo(files.toString());
  }

  @Test
  void projectedVolumeThatAlsoTellsOfThePodIsRefused() {
    DesiredPod pod =
        projected(
            ",{'downwardAPI':{'items':[{'path':'name','fieldRef':{'fieldPath':'metadata.name'}}]}}");

    assertThat(ApiReferences.refusal(pod.pod().getSpec()).orElseThrow())
        .contains("spec.volumes[all].projected", "a volume for each");
  }
}
