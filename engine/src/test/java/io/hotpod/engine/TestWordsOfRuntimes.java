package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.instance.PodRecord;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.pod.ContainerState;
import io.hotpod.pod.ContainerStatus;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.PodCondition;
import io.hotpod.pod.PodHistory;
import io.hotpod.pod.PodPhase;
import io.hotpod.pod.PodTransition;
import io.hotpod.template.environment.EnvironmentLayers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A container may print whatever it knows, and its runtime repeats that. What a stack hides is
 * taken out of it wherever people see it, and nowhere else.
 */
final class TestWordsOfRuntimes {
  private static final String OLD = "planted-old-41c7";
  private static final String NEW = "planted-new-9b3e";

  private static final String CONFIG =
      """
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: word}]
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                restartPolicy: Never
                containers: [{name: main, image: "web:1", args: [{get_input: word}]}]
      """;

  private static final String POD =
      """
      heat_template_version: 2021-04-16
      parameters:
        password: {type: string, hidden: true}
      resources:
      %s
        web:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: web-1
            input_values: {word: {get_param: password}}
      """
          .formatted(CONFIG.indent(0).stripTrailing());

  private static final String EVERYWHERE =
      POD
          + """
        reader:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: web-1
            name: reader
            input_values: {word: {get_attr: [web, containers, 0, last_termination, message]}}
        software:
          type: OS::Heat::SoftwareConfig
          properties:
            group: kubelet
            config: |
              {apiVersion: v1, kind: Pod, metadata: {name: soft}, spec: {containers: [{name: main, image: "web:1"}]}}
        deployment:
          type: OS::Heat::SoftwareDeployment
          properties: {config: {get_resource: software}, server: web-1}
        inside:
          type: inside.yaml
          properties: {word: {get_param: password}}
        group:
          type: OS::Kubernetes::PodDeploymentGroup
          properties:
            config: {get_resource: config}
            servers: {one: web-1}
            name: member
            input_values: {word: {get_param: password}}
      outputs:
        passed_on: {value: {get_param: password}}
        whole: {value: {get_attr: [web, containers]}}
        conditions: {value: {get_attr: [web, conditions]}}
        part:
          value:
            str_replace:
              template: it said WORDS
              params: {WORDS: {get_attr: [web, containers, 0, last_termination, message]}}
        of_deployment: {value: {get_attr: [deployment, containers]}}
        of_inside: {value: {get_attr: [inside, said]}}
        in_inside: {value: {get_attr: [inside, resource.web.containers]}}
        of_group: {value: {get_attr: [group, containers]}}
      """;

  private static final String INSIDE =
      """
      heat_template_version: 2021-04-16
      parameters:
        word: {type: string}
      resources:
      %s
        web:
          type: OS::Kubernetes::PodDeployment
          properties:
            config: {get_resource: config}
            server: web-1
            name: inside
            input_values: {word: {get_param: word}}
      outputs:
        said: {value: {get_attr: [web, containers]}}
      """
          .formatted(CONFIG.indent(0).stripTrailing());

  private @TempDir Path directory;
  private EngineFixture fixture;
  private FakeAgent agent;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    agent = new FakeAgent(fixture.engine(), "web-1");
  }

  @AfterEach
  void close() {
    agent.close();
    fixture.close();
  }

  private static StackRequest request(String template, String password) {
    return new StackRequest(
        Optional.of("s"),
        Optional.of(template),
        "template",
        Map.of("inside.yaml", INSIDE),
        new EnvironmentLayers(
            List.of(), Map.of("password", JsonNodeFactory.instance.stringNode(password))),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Stack create(String template, String password) {
    return fixture.settled(fixture.stacks().create(CALLER, request(template, password)).id());
  }

  /** The pod with a container that said something when it ended last, and a condition with it. */
  private static ObservedPod saying(ObservedPod pod, String words) {
    ContainerState.Terminated last =
        new ContainerState.Terminated(
            1, "Error", words, Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH));
    return new ObservedPod(
        pod.id(),
        pod.name(),
        pod.token(),
        pod.phase(),
        pod.ready(),
        pod.terminating(),
        pod.reason(),
        pod.message(),
        pod.uid(),
        pod.podIp(),
        pod.hostIp(),
        pod.startedAt(),
        List.of(new PodCondition("Ready", pod.ready(), "Because", words)),
        List.of(),
        pod.containers().stream()
            .map(
                container ->
                    new ContainerStatus(
                        container.name(),
                        container.state(),
                        Optional.of(last),
                        container.ready(),
                        container.started(),
                        container.restarts(),
                        container.failures(),
                        container.image(),
                        container.imageId(),
                        container.containerId()))
            .toList());
  }

  /** The pod after its container ended for good with some words. */
  private static ObservedPod ended(ObservedPod pod, String words) {
    ContainerState ended =
        new ContainerState.Terminated(
            1, "Error", words, Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH));
    return new ObservedPod(
        pod.id(),
        pod.name(),
        pod.token(),
        PodPhase.FAILED,
        false,
        false,
        "",
        "",
        pod.uid(),
        pod.podIp(),
        pod.hostIp(),
        pod.startedAt(),
        List.of(),
        List.of(),
        pod.containers().stream()
            .map(
                container ->
                    new ContainerStatus(
                        container.name(),
                        ended,
                        Optional.empty(),
                        false,
                        true,
                        0,
                        1,
                        container.image(),
                        container.imageId(),
                        container.containerId()))
            .toList());
  }

  /** What is said of a stack, of those inside it, and of all of their resources. */
  private String told(Stack stack) {
    List<String> told = new ArrayList<>();
    Stack now = fixture.stacks().find(CALLER, stack.id());
    told.add(now.statusReason());
    told.add("" + fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL));
    for (ResourceRecord resource : fixture.stacks().resources(CALLER, stack.id())) {
      told.add(resource.statusReason() + resource.shownProperties());
      told.add("" + fixture.stacks().attributes(CALLER, stack.id(), resource.name()));
      told.add(
          "" + fixture.stacks().resourceDetails(CALLER, stack.id()).attributes(resource.name()));
      resource
          .nestedStackId()
          .flatMap(id -> fixture.stacks().inside(CALLER, id))
          .ifPresent(inside -> told.add(told(inside)));
    }
    return String.join("\n", told);
  }

  private Map<String, String> outputs(Stack stack) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .collect(java.util.stream.Collectors.toMap(Output::key, output -> "" + output.value()));
  }

  private static String argument(DesiredPod pod) {
    return pod.pod().getSpec().getContainers().getFirst().getArgs().getFirst();
  }

  @Test
  void attributesAndOutputsShowThemWithoutWhatIsHidden() {
    agent.runtime(pod -> saying(FakeAgent.ready(pod), "I know " + OLD));

    Stack stack = create(EVERYWHERE, OLD);

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(told(stack)).contains("I know ******").doesNotContain(OLD);
    Map<String, String> outputs = outputs(stack);
    assertThat(outputs.remove("passed_on")).as("what a template passes on").contains(OLD);
    assertThat(outputs).hasSize(7);
    assertThat(outputs)
        .allSatisfy(
            (name, value) ->
                assertThat(value).as(name).contains("I know ******").doesNotContain(OLD));
    PodRecord reader =
        fixture.engine().instances().pods(CALLER).stream()
            .filter(pod -> pod.resourceName().equals("reader"))
            .findFirst()
            .orElseThrow();
    assertThat(argument(reader.desired())).as("what a pod gets").isEqualTo("I know " + OLD);
  }

  @Test
  void reasonsAndEventsShowThemWithoutWhatIsHidden() {
    Stack stack = create(POD, OLD);
    ObservedPod pod = agent.running().values().iterator().next();

    Instant now = Instant.now();
    agent.report(
        now,
        new PodHistory(
            "j", List.of(new PodTransition(1, now, pod.id(), true, "it said " + OLD, 0))));
    agent.find(ended(pod, "gone with " + OLD));
    fixture.until(stack.id(), each -> each.statusReason().contains("drifted"));
    assertThat(told(stack)).contains("it said ******", "gone with ******").doesNotContain(OLD);

    fixture.stacks().check(CALLER, stack.id());
    Stack checked = fixture.settled(stack.id());
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(checked.statusReason()).contains("gone with ******");
    assertThat(told(stack)).doesNotContain(OLD);
  }

  @Test
  void whatWasHiddenBeforeStaysHiddenWhileAPodMayTellIt() {
    Stack stack = create(POD, OLD);
    agent.runtime(
        pod -> ended(saying(FakeAgent.ready(pod), ""), "still " + OLD + ", then " + argument(pod)));

    fixture.stacks().update(CALLER, stack.id(), request(POD, NEW));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_FAILED");
    assertThat(told(stack)).contains("still ******, then ******").doesNotContain(OLD, NEW);

    agent.runtime(pod -> ended(FakeAgent.ready(pod), "after " + NEW + " and " + OLD));
    fixture.stacks().update(CALLER, stack.id(), request(POD, "something-else"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_FAILED");
    assertThat(told(stack)).contains("after ****** and ******").doesNotContain(OLD, NEW);
  }

  @Test
  void whatWasHiddenByAChangeThatIsTakenBackStaysHiddenToo() {
    Stack stack = create(POD, OLD);
    agent.runtime(
        pod ->
            argument(pod).equals(NEW)
                ? ended(FakeAgent.ready(pod), "new " + NEW)
                : ended(FakeAgent.ready(pod), "back from " + NEW));

    fixture.stacks().update(CALLER, stack.id(), EngineFixture.rollingBack(request(POD, NEW)));
    Stack back = fixture.until(stack.id(), each -> each.combinedStatus().equals("ROLLBACK_FAILED"));
    assertThat(back.status()).isEqualTo(Status.FAILED);
    assertThat(told(stack)).contains("new ******", "back from ******").doesNotContain(OLD, NEW);
  }
}
