package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.environment.EnvironmentLayers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Things that come at the same time, and things that come too late. */
final class TestSameInstant {
  private static final int AT_ONCE = 8;
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        one: {type: OS::Heat::TestResource, properties: {value: VERSION}}
        two: {type: OS::Heat::TestResource, depends_on: one, properties: {value: VERSION}}
      """;
  private static final String WAITS =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: 60}
      """;

  @TempDir private Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String template(int version) {
    return TEMPLATE.replace("VERSION", "v" + version);
  }

  private interface Work {
    void run(int number) throws Exception;
  }

  /** Does something from several threads at once; what one of them throws is thrown. */
  private static void atOnce(Work work) throws InterruptedException, ExecutionException {
    CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        int number = i;
        futures.add(
            executor.submit(
                () -> {
                  barrier.await();
                  work.run(number);
                  return number;
                }));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    }
  }

  @Test
  void ofUpdatesAtTheSameInstantTheLastThatWasTakenHolds()
      throws InterruptedException, ExecutionException {
    String id = fixture.create("s", template(100)).id();

    atOnce(number -> fixture.stacks().update(CALLER, id, request("", template(number))));

    Stack stack = fixture.settled(id);
    assertThat(stack.combinedStatus()).as(stack.statusReason()).isEqualTo("UPDATE_COMPLETE");
    List<ResourceRecord> resources = fixture.stacks().resources(CALLER, id);
    assertThat(resources).hasSize(2).allMatch(each -> each.status() == Status.COMPLETE);
    String wanted = fixture.stacks().definition(CALLER, id).template();
    for (String name : List.of("one", "two")) {
      assertThat(wanted).contains(": " + fixture.attribute(id, name, "output") + "}");
    }
  }

  @Test
  void ofPatchesAtTheSameInstantNoneIsLost() throws InterruptedException, ExecutionException {
    StringBuilder template = new StringBuilder("heat_template_version: 2018-08-31\nparameters:\n");
    for (int number = 0; number < AT_ONCE; number++) {
      template.append("  p%d: {type: string, default: before}%n".formatted(number));
    }
    String id = fixture.create("s", template.toString()).id();

    atOnce(number -> fixture.stacks().patch(CALLER, id, parameter("p" + number)));

    fixture.settled(id);
    assertThat(fixture.stacks().definition(CALLER, id).environment().parameters()).hasSize(AT_ONCE);
  }

  @Test
  void ofChangesOfADeploymentAtTheSameInstantNoneIsLost()
      throws InterruptedException, ExecutionException {
    SoftwareService software = fixture.engine().software();
    String config =
        software
            .createConfig(
                CALLER,
                new SoftwareService.ConfigRequest(
                    "c",
                    "script",
                    StringNode.valueOf(""),
                    JsonNodeFactory.instance.arrayNode(),
                    JsonNodeFactory.instance.arrayNode(),
                    JsonNodeFactory.instance.objectNode()))
            .id();
    String id =
        software
            .createDeployment(
                CALLER, change(Optional.of(config), Optional.of("m"), Optional.empty()))
            .id();
    for (int round = 0; round < 20; round++) {
      String said = "round " + round;

      atOnce(
          number ->
              software.updateDeployment(
                  CALLER,
                  id,
                  number % 2 == 0
                      ? change(Optional.empty(), Optional.empty(), Optional.of(said))
                      : outputs(said)));

      SoftwareDeployment deployment = software.deployment(CALLER, id);
      assertThat(deployment.statusReason()).isEqualTo(said);
      assertThat(deployment.outputValues().path("said").asString("")).isEqualTo(said);
    }
  }

  private static SoftwareService.DeploymentRequest change(
      Optional<String> config, Optional<String> server, Optional<String> reason) {
    return new SoftwareService.DeploymentRequest(
        config,
        server,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reason);
  }

  private static SoftwareService.DeploymentRequest outputs(String said) {
    return new SoftwareService.DeploymentRequest(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(JsonNodeFactory.instance.objectNode().put("said", said)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static StackRequest parameter(String name) {
    return new StackRequest(
        Optional.empty(),
        Optional.empty(),
        "template",
        Map.of(),
        new EnvironmentLayers(List.of(), Map.of(name, StringNode.valueOf("after"))),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void ofCreatesOfOneNameAtTheSameInstantOneIsTaken()
      throws InterruptedException, ExecutionException {
    List<String> refusals = Collections.synchronizedList(new ArrayList<>());

    atOnce(
        number -> {
          try {
            fixture.stacks().create(CALLER, request("s", template(number)));
          } catch (EngineException refusal) {
            refusals.add(refusal.code().name());
          }
        });

    assertThat(refusals).hasSize(AT_ONCE - 1).containsOnly(ErrorCode.STACK_EXISTS.name());
    String id = fixture.stacks().find(CALLER, "s").id();
    assertThat(fixture.settled(id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aSignalForAStepThatIsOverIsTakenAndEndsNothing() {
    String id = fixture.stacks().create(CALLER, request("s", WAITS)).id();
    fixture.until(
        id,
        stack ->
            fixture.stacks().resources(CALLER, id).stream()
                .anyMatch(
                    each ->
                        each.name().equals("handle")
                            && each.combinedStatus().equals("CREATE_COMPLETE")));
    fixture.stacks().signal(CALLER, id, "handle", signal("SUCCESS", "1"));
    assertThat(fixture.settled(id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    int events = fixture.stacks().events(CALLER, id, EventFilter.ALL).size();

    fixture.stacks().signal(CALLER, id, "handle", signal("FAILURE", "2"));

    assertThat(fixture.stacks().find(CALLER, id).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.stacks().resource(CALLER, id, "wait").combinedStatus())
        .isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.stacks().events(CALLER, id, EventFilter.ALL))
        .as("it is written down and no more")
        .hasSizeBetween(events, events + 1)
        .noneMatch(event -> event.status() == Status.FAILED);
  }

  private static ObjectNode signal(String status, String id) {
    return JsonMapper.shared()
        .readValue(
            "{\"status\": \"%s\", \"id\": \"%s\", \"data\": \"d\", \"reason\": \"r\"}"
                .formatted(status, id),
            ObjectNode.class);
  }
}
