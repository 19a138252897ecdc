package io.hotpod.agent.runtime.podman;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.hotpod.agent.runtime.Marks;
import io.hotpod.agent.runtime.podman.libpod.Labels;
import io.hotpod.agent.runtime.podman.service.ProcessLimits;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ModificationToken;
import io.hotpod.pod.PodJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Pods that are the agent's by their labels, and of which it has no manifest any more. */
final class TestForgottenPods {
  private RuntimeFixture fixture;

  @BeforeEach
  void begin() throws IOException {
    fixture = new RuntimeFixture();
  }

  @AfterEach
  void end() throws IOException {
    fixture.close();
  }

  @Test
  void hooksComeFirstAndSidecarsLast() throws Exception {
    Path shared = Files.createDirectory(fixture.state.resolve("shared"));
    String spec =
        """
        {'terminationGracePeriodSeconds':20,
         'volumes':[{'name':'v','hostPath':{'path':'SHARED'}}],
         'initContainers':[
           {'name':'first','image':'IMAGE','restartPolicy':'Always','command':['sh','-c',
             'trap "echo first >> /v/log; exit 0" TERM; while :; do sleep 0.1; done'],
             'volumeMounts':[{'name':'v','mountPath':'/v'}]},
           {'name':'second','image':'IMAGE','restartPolicy':'Always','command':['sh','-c',
             'trap "echo second >> /v/log; exit 0" TERM; while :; do sleep 0.1; done'],
             'volumeMounts':[{'name':'v','mountPath':'/v'}]}],
         'containers':[{'name':'main','image':'IMAGE','command':['sh','-c',
             'trap "echo main >> /v/log; exit 0" TERM; while :; do sleep 0.1; done'],
             'lifecycle':{'preStop':{'exec':{'command':['sh','-c','echo hook >> /v/log']}}},
             'volumeMounts':[{'name':'v','mountPath':'/v'}]}]}
        """
            .replace("SHARED", shared.toString())
            .replace("\"", "\\\"");
    DesiredPod pod = Manifests.pod("a", "one", spec);
    fixture.applyReady(pod);

    fixture.restart();
    fixture.runtime.remove(pod.id(), pod.token());

    assertThat(Files.readAllLines(shared.resolve("log")))
        .containsExactly("hook", "main", "second", "first");
    assertThat(fixture.inPodman()).isEmpty();
  }

  @Test
  void gracePeriodIsTheOneOfThePod() throws Exception {
    DesiredPod pod =
        Manifests.pod(
            "a",
            "one",
            "{'terminationGracePeriodSeconds':2,'containers':[{'name':'main','image':'IMAGE',"
                + "'command':['sh','-c','trap : TERM; while :; do sleep 0.1; done']}]}");
    fixture.applyReady(pod);

    fixture.restart();
    assertThat(removal(pod.id(), pod.token()))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
  }

  @Test
  void podWithoutThatLabelHasTheTimeThatItsContainersWereMadeWith() throws Exception {
    String name = "forgotten-" + fixture.instance;
    String pod =
        "{'name':'NAME','labels':{'INSTANCE':'" + fixture.instance + "','POD':'a','TOKEN':'one'}}";
    fixture.podman.createPod(json(pod, name));
    String container =
        "{'name':'NAME-main','pod':'NAME','image':'IMAGE','stop_timeout':2,"
            + "'labels':{'hotpod.io/container':'main'},"
            + "'command':['sh','-c','trap : TERM; while :; do sleep 0.1; done']}";
    ObjectNode specification = json(container, name);
    ProcessLimits.tight().ifPresent(limits -> limits(specification, limits));
    fixture.podman.start(fixture.podman.createContainer(specification));

    fixture.restart();
    assertThat(removal("a", new ModificationToken("one")))
        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(20));
    assertThat(fixture.inPodman()).isEmpty();
  }

  private Duration removal(String podId, ModificationToken token) throws InterruptedException {
    long begun = System.nanoTime();
    fixture.runtime.remove(podId, token);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static ObjectNode json(String text, String name) {
    return PodJson.read(
        text.replace('\'', '"')
            .replace("NAME", name)
            .replace("IMAGE", Manifests.IMAGE)
            .replace("INSTANCE", Marks.INSTANCE)
            .replace("POD", Marks.POD)
            .replace("TOKEN", Marks.TOKEN),
        ObjectNode.class);
  }

  private static void limits(ObjectNode specification, ProcessLimits tight) {
    ArrayNode limits = specification.putArray("r_limits");
    Map.of("nofile", tight.openFiles(), "nproc", tight.processes())
        .forEach(
            (type, most) ->
                limits.addObject().put("type", type).put("soft", most).put("hard", most));
  }

  @Test
  void whatAHookNeedsComesBackFromTheLabel() {
    Container container =
        Manifests.pod(
                "a",
                "one",
                "{'containers':[{'name':'main','image':'IMAGE','ports':[{'name':'web',"
                    + "'containerPort':8080}],'env':[{'name':'SECRET','value':'x'}],'lifecycle':{"
                    + "'preStop':{'httpGet':{'port':'web','path':'/bye'}}}}]}")
            .pod()
            .getSpec()
            .getContainers()
            .getFirst();
    String label = Farewell.label(container).orElseThrow();

    Container read = Farewell.read(Map.of(Labels.CONTAINER, "main", Labels.FAREWELL, label));

    assertThat(label).doesNotContain("SECRET");
    assertThat(read.getName()).isEqualTo("main");
    assertThat(read.getLifecycle().getPreStop()).isEqualTo(container.getLifecycle().getPreStop());
    assertThat(read.getPorts()).isEqualTo(container.getPorts());
    for (String nonsense : List.of("{", "null", "{}", "{\"spec\":{\"containers\":[]}}")) {
      assertThat(
              Farewell.read(Map.of(Labels.CONTAINER, "main", Labels.FAREWELL, nonsense))
                  .getLifecycle())
          .isNull();
    }
  }
}
