package io.hotpod.agent.runtime.podman;

import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import io.hotpod.pod.UpdateStrategy;
import java.util.List;
import java.util.Map;

/** Desired pods for tests, with their token in them as a server desires them. */
public final class Manifests {
  public static final String IMAGE = "localhost/hotpod-test-busybox:2";

  private Manifests() {}

  /** A pod whose spec is given as JSON with single quotes; IMAGE stands for the test image. */
  public static DesiredPod pod(String id, String token, String spec) {
    return pod(id, token, spec, Map.of(), Map.of());
  }

  public static DesiredPod pod(
      String id,
      String token,
      String spec,
      Map<String, Map<String, String>> configMaps,
      Map<String, Map<String, String>> secrets) {
    String json =
        ("{'apiVersion':'v1','kind':'Pod','metadata':{'name':'"
                + id
                + "','labels':{'app':'x'},'annotations':{'"
                + ModificationToken.ANNOTATION
                + "':'"
                + token
                + "'}},"
                + "'spec':"
                + spec
                + "}")
            .replace('\'', '"')
            .replace("IMAGE", IMAGE);
    return new DesiredPod(
        id,
        new ModificationToken(token),
        true,
        PodJson.read(json, io.fabric8.kubernetes.api.model.Pod.class),
        configMaps,
        secrets,
        UpdateStrategy.RECREATE,
        List.of());
  }

  /** One container that sleeps and ends at once when asked to. */
  public static DesiredPod sleeper(String id, String token) {
    return pod(id, token, spec("exec sleep 1000"));
  }

  /** One container {@code main} that runs a shell script; a grace period of one second. */
  public static String spec(String script) {
    return "{'terminationGracePeriodSeconds':1,'containers':[{'name':'main','image':'IMAGE',"
        + "'command':['sh','-c','"
        + script
        + "']}]}";
  }

  public static DesiredPod after(DesiredPod pod, String... ids) {
    return new DesiredPod(
        pod.id(),
        pod.token(),
        pod.run(),
        pod.pod(),
        pod.configMaps(),
        pod.secrets(),
        pod.updateStrategy(),
        List.of(ids));
  }

  public static DesiredPod startFirst(DesiredPod pod) {
    return new DesiredPod(
        pod.id(),
        pod.token(),
        pod.run(),
        pod.pod(),
        pod.configMaps(),
        pod.secrets(),
        UpdateStrategy.START_FIRST,
        pod.after());
  }

  public static DesiredPod suspended(DesiredPod pod) {
    return new DesiredPod(
        pod.id(),
        pod.token(),
        false,
        pod.pod(),
        pod.configMaps(),
        pod.secrets(),
        pod.updateStrategy(),
        pod.after());
  }
}
