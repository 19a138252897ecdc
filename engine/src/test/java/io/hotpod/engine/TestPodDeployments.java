package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.pod.ModificationToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestPodDeployments {
  private static final String TWO_PODS =
      """
      heat_template_version: 2021-04-16
      resources:
        api_config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: api}
              spec:
                containers: [{name: api, image: "localhost/api:1"}]
        api:
          type: OS::Kubernetes::PodDeployment
          properties: {config: {get_resource: api_config}, server: web-1}
        web_config:
          type: OS::Kubernetes::PodConfig
          properties:
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                containers: [{name: web, image: "localhost/web:1"}]
        web:
          type: OS::Kubernetes::PodDeployment
          depends_on: api
          properties: {config: {get_resource: web_config}, server: web-1, timeout: 20}
      outputs:
        ip: {value: {get_attr: [web, pod_ip]}}
      """;

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

  private ResourceRecord resource(Stack stack, String name) {
    return fixture.stacks().resource(CALLER, stack.id(), name);
  }

  @Test
  void createsPodsInOrderAndShowsThem() {
    Stack stack = fixture.create("s", TWO_PODS);

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(agent.started()).containsExactly("api", "web");
    assertThat(fixture.attribute(stack.id(), "web", "phase")).isEqualTo("Running");
    assertThat(fixture.stacks().details(CALLER, stack.id(), true).outputs().getFirst().value())
        .hasToString("\"10.0.0.2\"");
    assertThat(fixture.attribute(stack.id(), "web", "modification_token"))
        .isEqualTo(resource(stack, "web").token().orElseThrow().value());
  }

  @Test
  void anUpdateRestartsOnlyThePodThatChanged() {
    Stack stack = fixture.create("s", TWO_PODS);

    Stack updated =
        fixture.update(stack.id(), TWO_PODS.replace("localhost/web:1", "localhost/web:2"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(agent.started()).containsExactly("api", "web", "web");
    assertThat(fixture.update(stack.id(), TWO_PODS.replace("localhost/web:1", "localhost/web:2")))
        .extracting(Stack::combinedStatus)
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(agent.started()).as("an update without change").hasSize(3);
  }

  @Test
  void aPodThatIsMarkedUnhealthyIsMadeAnewInItsPlace() {
    Stack stack = fixture.create("s", TWO_PODS);
    ResourceRecord before = resource(stack, "web");

    fixture.stacks().markUnhealthy(CALLER, stack.id(), "web", Optional.empty());
    fixture.update(stack.id(), TWO_PODS);

    assertThat(agent.started()).containsExactly("api", "web", "web");
    assertThat(resource(stack, "web").id()).isEqualTo(before.id());
    assertThat(resource(stack, "web").incarnation()).isEqualTo(2);
    assertThat(resource(stack, "web").token()).isNotEqualTo(before.token());
  }

  @Test
  void anotherSpellingOfTheSameManifestRestartsNothing() {
    Stack stack = fixture.create("s", TWO_PODS);

    Stack updated =
        fixture.update(
            stack.id(),
            TWO_PODS.replace(
                "containers: [{name: web, image: \"localhost/web:1\"}]",
                "restartPolicy: Always\n          containers: [{image: \"localhost/web:1\", name: web}]"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(agent.started()).containsExactly("api", "web");
  }

  @Test
  void aPodThatIsDeletedOnADeadMachineIsListed() {
    Stack stack = fixture.create("s", TWO_PODS);
    agent.close();

    fixture.stacks().delete(CALLER, stack.id());

    fixture.until(
        stack.id(),
        each ->
            resource(each, "web").combinedStatus().equals("DELETE_IN_PROGRESS")
                && fixture.engine().instances().pods(CALLER).stream()
                    .anyMatch(pod -> pod.resourceName().equals("web") && !pod.desired().run()));
    assertThat(fixture.engine().instances().pods(CALLER)).hasSize(2);
  }

  @Test
  void thePlanFindsAnInstanceThatIsNotThere() {
    assertThatThrownBy(
            () ->
                fixture
                    .stacks()
                    .previewCreate(CALLER, request("s", TWO_PODS.replace("web-1,", "web-2,"))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("template:27:")
        .hasMessageContaining("resources.web.properties.server: there is no instance \"web-2\"")
        .hasMessageContaining("did you mean \"web-1\"?");
  }

  @Test
  void thePlanFindsTwoPodsThatWantTheSamePort() {
    String ports = ", ports: [{containerPort: 80, hostPort: 8080}]}]";
    String template = TWO_PODS.replace("api:1\"}]", "api:1\"" + ports);

    assertThat(fixture.stacks().previewCreate(CALLER, request("s", template)).steps()).hasSize(4);
    assertThatThrownBy(
            () ->
                fixture
                    .stacks()
                    .previewCreate(
                        CALLER, request("s", template.replace("web:1\"}]", "web:1\"" + ports))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("hostPort 8080/TCP on instance web-1 is what the pod of ");
  }

  @Test
  void thePlanNamesTheReasonAndThePodThatRestarts() {
    Stack stack = fixture.create("s", TWO_PODS);

    List<PlannedStep> steps =
        fixture
            .stacks()
            .previewUpdate(
                CALLER,
                stack.id(),
                request("s", TWO_PODS.replace("localhost/web:1", "localhost/web:2")))
            .steps();

    assertThat(steps)
        .filteredOn(PlannedStep::restartsPod)
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.resource()).isEqualTo("web");
              assertThat(step.kind()).isEqualTo(StepKind.UPDATE);
              assertThat(step.certain()).isTrue();
              assertThat(step.reasons())
                  .containsExactly(
                      "spec.containers[web].image: localhost/web:1 -> localhost/web:2");
            });
    assertThat(steps)
        .filteredOn(step -> step.kind() == StepKind.NONE)
        .extracting(PlannedStep::resource)
        .containsExactlyInAnyOrder("api_config", "api");
  }

  @Test
  void suspendStopsThePodsAndResumeBringsBackTheSame() {
    Stack stack = fixture.create("s", TWO_PODS);
    String token = fixture.attribute(stack.id(), "web", "modification_token");

    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThat(agent.running()).isEmpty();

    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(agent.started()).containsExactly("api", "web", "api", "web");
    assertThat(fixture.attribute(stack.id(), "web", "modification_token")).isEqualTo(token);
  }

  @Test
  void resumeBringsBackAPodThatWasMarkedWhileItWasSuspended() {
    Stack stack = fixture.create("s", TWO_PODS);
    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    fixture.stacks().markUnhealthy(CALLER, stack.id(), "web", Optional.of("it smells"));

    fixture.stacks().resume(CALLER, stack.id());

    Stack resumed = fixture.settled(stack.id());
    assertThat(resumed.combinedStatus()).as(resumed.statusReason()).isEqualTo("RESUME_COMPLETE");
    assertThat(resource(stack, "web").combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(agent.started()).containsExactly("api", "web", "api", "web");
  }

  @Test
  void whatWouldLoseTheSuspensionFromSightIsRefused() {
    Stack stack = fixture.create("s", TWO_PODS);
    assertThatThrownBy(() -> fixture.stacks().resume(CALLER, stack.id()))
        .hasMessageContaining("s is CREATE_COMPLETE");
    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .isEqualTo("CREATE_COMPLETE");
    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());

    assertThatThrownBy(() -> fixture.stacks().check(CALLER, stack.id()))
        .hasMessageContaining("Resume it first");

    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .isEqualTo("SUSPEND_COMPLETE");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(agent.running()).hasSize(2);
  }

  @Test
  void anUpdateStartsWhatAFailedResumeLeftSuspended() {
    Stack stack = fixture.create("s", TWO_PODS);
    fixture.stacks().suspend(CALLER, stack.id());
    fixture.settled(stack.id());
    agent.runtime(pod -> FakeAgent.waiting(pod, "ErrImagePull", "no such image", 9));
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_FAILED");
    assertThat(resource(stack, "web").combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    agent.runtime(FakeAgent::ready);

    Stack updated =
        fixture.update(stack.id(), TWO_PODS.replace("localhost/api:1", "localhost/api:2"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(agent.running()).hasSize(2);
    assertThat(resource(stack, "web").combinedStatus()).isEqualTo("RESUME_COMPLETE");
  }

  @Test
  void aMisspeltAttributeIsRefusedWithItsPlaceBeforeAnythingStarts() {
    String misspelt = TWO_PODS.replace("[web, pod_ip]", "[web, podip]");

    assertThatThrownBy(() -> fixture.stacks().create(CALLER, request("s", misspelt)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The Referenced Attribute (web podip) is incorrect.")
        .hasMessageContaining("did you mean \"pod_ip\"?")
        .hasMessageContaining("outputs.ip.value");
    assertThat(agent.started()).isEmpty();
  }

  @Test
  void checkSaysWhatIsMissing() {
    Stack stack = fixture.create("s", TWO_PODS);
    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CHECK_COMPLETE");

    agent.lose(resource(stack, "web").id());
    fixture.stacks().check(CALLER, stack.id());

    Stack checked = fixture.settled(stack.id());
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_FAILED");
    assertThat(checked.statusReason()).contains("web").contains("pod web is missing");
  }

  @Test
  void checkSaysWhichContainerIsOfAnotherImage() {
    Stack stack = fixture.create("s", TWO_PODS);
    String web = resource(stack, "web").id();
    agent.find(
        FakeAgent.madeFrom(
            requireNonNull(agent.running().get(web)),
            "localhost/other:1",
            Optional.of("other"),
            "web"));

    fixture.stacks().check(CALLER, stack.id());

    assertThat(fixture.settled(stack.id()).statusReason())
        .contains("web: container web was made from image localhost/other:1 and not from")
        .contains("localhost/web:1");
    assertThat(fixture.stacks().attributes(CALLER, stack.id(), "web").path("containers").toString())
        .contains("\"image_reference\":\"localhost/other:1\"");
  }

  @Test
  void aTagThatWasMovedSinceFailsNoCheck() {
    Stack stack = fixture.create("s", TWO_PODS);
    String web = resource(stack, "web").id();
    agent.find(
        FakeAgent.madeFrom(
            requireNonNull(agent.running().get(web)),
            "localhost/web:1",
            Optional.of("older"),
            "newer"));

    fixture.stacks().check(CALLER, stack.id());

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CHECK_COMPLETE");
    assertThat(fixture.stacks().attributes(CALLER, stack.id(), "web").path("containers").toString())
        .contains("\"image_overtaken\":true");
  }

  @Test
  void deleteWaitsUntilThePodsAreGone() {
    Stack stack = fixture.create("s", TWO_PODS);

    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");

    assertThat(agent.running()).isEmpty();
    assertThat(fixture.engine().instances().pods(CALLER)).isEmpty();
  }

  @Test
  void aPodThatCannotRunFailsTheStackAndSaysWhy() {
    agent.runtime(
        pod ->
            pod.pod().getMetadata().getName().equals("web")
                ? FakeAgent.waiting(pod, "ErrImageNeverPull", "image is not there", 1)
                : FakeAgent.ready(pod));

    Stack stack = fixture.create("s", TWO_PODS);

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(stack.statusReason())
        .contains("resources.web: pod web on instance web-1")
        .contains("localhost/web:1")
        .contains("ErrImageNeverPull");
    assertThat(resource(stack, "api").combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "web", "deploy_status_code")).isEqualTo("1");
  }

  @Test
  void aFailedPodIsMendedByAnUpdateAndNotReplaced() {
    agent.runtime(pod -> FakeAgent.waiting(pod, "ErrImageNeverPull", "", 1));
    Stack stack = fixture.create("s", TWO_PODS);
    String id = resource(stack, "api").id();
    agent.runtime(FakeAgent::ready);

    Stack updated =
        fixture.update(stack.id(), TWO_PODS.replace("localhost/api:1", "localhost/api:2"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(resource(stack, "api").id()).isEqualTo(id);
  }

  @Test
  void anUnknownInstanceIsNamedWithTheOneThatWasMeant() {
    Stack stack = fixture.create("s", TWO_PODS.replace("server: web-1", "server: wep-1"));

    assertThat(stack.statusReason())
        .contains("there is no instance \"wep-1\"; did you mean \"web-1\"?");
  }

  @Test
  void aReportOfAnOlderTokenEndsNothing() {
    Stack stack = fixture.create("s", TWO_PODS);
    agent.runtime(pod -> FakeAgent.waiting(pod, "ContainerCreating", "", 0));
    fixture
        .stacks()
        .update(
            CALLER,
            stack.id(),
            request("s", TWO_PODS.replace("localhost/api:1", "localhost/api:2")));
    fixture.until(
        stack.id(), each -> resource(each, "api").combinedStatus().equals("UPDATE_IN_PROGRESS"));

    agent.report();

    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .isEqualTo("UPDATE_IN_PROGRESS");
  }

  @Test
  void theNewPodCountsWhileTheOldOneIsStillThere() {
    Stack stack = fixture.create("s", TWO_PODS);
    agent.showOldPods();

    Stack updated =
        fixture.update(stack.id(), TWO_PODS.replace("localhost/web:1", "localhost/web:2"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "web", "phase")).isEqualTo("Running");
  }

  @Test
  void aWrongManifestIsRefusedWithItsPlaceInTheTemplate() {
    assertThatThrownBy(
            () ->
                fixture.create(
                    "s", TWO_PODS.replace("containers: [{name: web", "containrs: [{name: web")))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(
            "template:23:11: resources.web_config.properties.manifest.spec.containrs")
        .hasMessageContaining("containrs")
        .hasMessageContaining("did you mean \"containers\"?");
  }

  @Test
  void aRestoreBringsBackTheConfigurationOfThatDay() {
    Stack stack = fixture.create("s", TWO_PODS);
    Optional<ModificationToken> before = resource(stack, "web").token();
    assertThat(image("web")).isEqualTo("localhost/web:1");
    fixture.stacks().snapshot(CALLER, stack.id(), Optional.empty());
    fixture.settled(stack.id());
    String snapshot = fixture.stacks().snapshots(CALLER, stack.id()).getLast().id();
    fixture.update(stack.id(), TWO_PODS.replace("localhost/web:1", "localhost/web:2"));
    assertThat(image("web")).isEqualTo("localhost/web:2");

    fixture.stacks().restore(CALLER, stack.id(), snapshot);

    Stack restored = fixture.settled(stack.id());
    assertThat(restored.combinedStatus()).as(restored.statusReason()).isEqualTo("RESTORE_COMPLETE");
    assertThat(image("web")).isEqualTo("localhost/web:1");
    assertThat(resource(stack, "web").token()).isEqualTo(before).isPresent();
    assertThat(agent.started())
        .as("what did not change goes on")
        .containsExactly("api", "web", "web", "web");
  }

  /** The image of a pod as its instance is to have it now. */
  private String image(String pod) {
    return fixture
        .engine()
        .instances()
        .awaitDesired(agent.instanceId(), -1, Duration.ZERO)
        .orElseThrow()
        .pods()
        .stream()
        .filter(each -> each.pod().getMetadata().getName().equals(pod))
        .map(each -> each.pod().getSpec().getContainers().getFirst().getImage())
        .findFirst()
        .orElseThrow();
  }
}
