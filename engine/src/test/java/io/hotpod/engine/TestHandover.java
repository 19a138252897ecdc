package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.pod.ModificationToken;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

final class TestHandover {
  private static final String POD =
      """
      heat_template_version: 2021-04-16
      resources:
        config:
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
          properties: {config: {get_resource: config}, server: web-1, timeout: 20}
        secret: {type: OS::Heat::RandomString}
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

  private Optional<ModificationToken> token(Stack stack) {
    return fixture.stacks().resource(CALLER, stack.id(), "web").token();
  }

  @Test
  void whoDidNotHearTheAnswerToAnAbandonAsksAgain() {
    Stack stack = fixture.create("s", POD);
    Caller caller =
        new Caller(
            CALLER.project(),
            Optional.empty(),
            Optional.of(new Caller.IdempotencyKey("key", "digest")));
    ObjectNode data = fixture.stacks().abandon(caller, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");

    assertThat(fixture.stacks().abandon(caller, stack.id())).isEqualTo(data);
    assertThat(data.path("resources").isEmpty()).isFalse();
  }

  private ObjectNode abandoned(Stack stack) {
    ObjectNode data = fixture.stacks().abandon(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    return data;
  }

  private Stack adopted(String name, String template, ObjectNode data) {
    return fixture.settled(fixture.stacks().adopt(CALLER, request(name, template), data).id());
  }

  @Test
  void podsKeepRunningWhileTheirStackChangesHands() {
    Stack first = fixture.create("first", POD);
    Optional<ModificationToken> before = token(first);
    String random = fixture.attribute(first.id(), "secret", "value");

    Stack second = adopted("second", POD, abandoned(first));

    assertThat(second.combinedStatus()).isEqualTo("ADOPT_COMPLETE");
    assertThat(second.statusReason()).isEqualTo("Stack ADOPT completed successfully");
    assertThat(agent.started()).as("not started again").containsExactly("web");
    assertThat(token(second)).isEqualTo(before);
    assertThat(fixture.attribute(second.id(), "secret", "value")).isEqualTo(random);
    fixture.update(second.id(), POD.replace("timeout: 20", "timeout: 30"));
    assertThat(agent.started()).as("nor by an update of what is beside it").hasSize(1);
    assertThat(token(second)).isEqualTo(before);
    fixture.update(second.id(), POD.replace("web:1", "web:2"));
    assertThat(agent.started()).hasSize(2);
    assertThat(fixture.delete(second.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().instances().pods(CALLER)).isEmpty();
  }

  @Test
  void anExportChangesNothing() {
    Stack stack = fixture.create("s", POD);

    ObjectNode data = fixture.stacks().export(CALLER, stack.id());

    assertThat(data.at("/resources/web/resource_id").asString())
        .isEqualTo(fixture.stacks().resource(CALLER, stack.id(), "web").id());
    assertThat(data.at("/template/resources/web/type").asString())
        .isEqualTo("OS::Kubernetes::PodDeployment");
    assertThat(fixture.stacks().find(CALLER, stack.id()).combinedStatus())
        .isEqualTo("CREATE_COMPLETE");
    assertThatThrownBy(() -> fixture.stacks().adopt(CALLER, request("thief", POD), data))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("belongs to another stack; abandon that one first");
  }

  @Test
  void metadataGoesAlong() {
    String template =
        """
        heat_template_version: 2021-04-16
        parameters:
          word: {type: string, hidden: true, default: planted-4711}
        resources:
          one:
            type: OS::Heat::TestResource
            properties: {value: hello}
            metadata: {said: {get_attr: [one_more, output]}, secret: {get_param: word}}
          one_more: {type: OS::Heat::TestResource, properties: {value: hello}}
          handle: {type: OS::Heat::WaitConditionHandle}
          machine:
            type: OS::Heat::DeployedServer
            properties: {software_config_transport: POLL_SERVER_HEAT}
            metadata: {rack: 7}
        """;
    Stack first = fixture.create("first", template);
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("id", "a").put("status", "FAILURE").put("reason", "broken").put("data", "x");
    fixture.stacks().signal(CALLER, first.id(), "handle", told);
    ObjectNode signals = fixture.stacks().metadata(CALLER, first.id(), "handle");

    ObjectNode data = abandoned(first);

    assertThat(data.at("/resources/one/metadata/said").asString("")).isEqualTo("hello");
    assertThat(data.at("/resources/one/metadata/secret").asString("")).isEqualTo("******");
    assertThat(data.at("/resources/handle/metadata")).isEqualTo(signals).isNotEmpty();
    assertThat(data.at("/resources/machine/metadata").toString()).isEqualTo("{\"rack\":7}");

    Stack second = adopted("second", template, data);

    assertThat(second.combinedStatus()).as(second.statusReason()).isEqualTo("ADOPT_COMPLETE");
    assertThat(fixture.stacks().metadata(CALLER, second.id(), "handle")).isEqualTo(signals);
    assertThat(fixture.stacks().metadata(CALLER, second.id(), "one").path("secret").asString(""))
        .isEqualTo("planted-4711");
  }

  @Test
  void whatHasNoIdCannotBeAdopted() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();

    Stack stack =
        adopted(
            "s",
            """
            heat_template_version: 2021-04-16
            resources:
              one: {type: OS::Heat::TestResource}
            """,
            data);

    assertThat(stack.combinedStatus()).isEqualTo("ADOPT_FAILED");
    assertThat(stack.statusReason())
        .isEqualTo(
            "Resource ADOPT failed: Exception: resources.one: Resource ID was not provided.");
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aPodThatIsNotThereIsNotAdoptedAndNotDeleted() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putObject("resources")
        .putObject("web")
        .put("resource_id", "11111111-2222-3333-4444-555555555555");

    Stack stack = adopted("s", POD, data);

    assertThat(stack.combinedStatus()).isEqualTo("ADOPT_FAILED");
    assertThat(agent.started()).isEmpty();
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aRestartGoesOnWithAnAdoption() {
    Stack first = fixture.create("first", POD);
    ObjectNode data = abandoned(first);
    Stack second = fixture.stacks().adopt(CALLER, request("second", POD), data);

    agent.close();
    fixture.restart();

    ResourceRecord web = fixture.stacks().resource(CALLER, second.id(), "web");
    assertThat(web.id()).isEqualTo(data.at("/resources/web/resource_id").asString());
    Stack after = fixture.settled(second.id());
    assertThat(after.combinedStatus()).as(after.statusReason()).isEqualTo("ADOPT_COMPLETE");
  }

  /** The pod that the first waits for, and a group, which all come after it. */
  private static final String MORE =
      POD.replace("resources:\n", "resources:\n").stripTrailing()
          + """

        later:
          type: OS::Kubernetes::PodDeployment
          depends_on: web
          properties: {config: {get_resource: config}, server: web-1, name: later, timeout: 20}
        group:
          type: OS::Kubernetes::PodDeploymentGroup
          depends_on: web
          properties:
            config: {get_resource: config}
            servers: {one: web-1}
            name: member
      """;

  private List<String> reasons(Stack stack, String resource) {
    return fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
        .filter(event -> event.resourceName().equals(resource))
        .filter(event -> event.action() == Action.DELETE)
        .map(Event::reason)
        .toList();
  }

  @Test
  void deletingInTheMiddleOfAnAdoptionSaysWhatStays() {
    Stack first = fixture.create("first", MORE);
    assertThat(first.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    ObjectNode data = abandoned(first);
    String web = data.at("/resources/web/resource_id").asString();
    String later = data.at("/resources/later/resource_id").asString();
    String member = data.at("/resources/group/resources/one/resource_id").asString();
    agent.runtime(pod -> FakeAgent.waiting(pod, "ContainerCreating", "", 0));
    String changed = MORE.replace("server: web-1, timeout", "server: web-1, name: new, timeout");
    Stack second = fixture.stacks().adopt(CALLER, request("second", changed), data);
    fixture.until(
        second.id(),
        each ->
            fixture
                .stacks()
                .resource(CALLER, second.id(), "web")
                .combinedStatus()
                .equals("ADOPT_IN_PROGRESS"));

    Stack deleted = fixture.delete(second.id());

    assertThat(deleted.combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(reasons(second, "web"))
        .first()
        .isEqualTo("not deleted, since it was not adopted: %s is still there".formatted(web));
    assertThat(reasons(second, "later"))
        .containsExactly(
            "not deleted, since it was not adopted: %s is still there".formatted(later));
    assertThat(reasons(second, "group"))
        .containsExactly(
            "not deleted, since it was not adopted: one (%s) is still there".formatted(member));
    assertThat(reasons(second, "secret")).as("nothing stays of it").containsOnly("state changed");
    assertThat(deleted.statusReason())
        .startsWith("Stack DELETE completed successfully. Not deleted, since not adopted: ")
        .contains("group: one (" + member + ")", "later: " + later, "web: " + web);
    assertThat(agent.running().keySet()).containsExactlyInAnyOrder(web, later, member);

    agent.runtime(FakeAgent::ready);
    Stack third = adopted("third", MORE, data);
    assertThat(third.statusReason()).as("it was taken in, and deleted").contains("config");
    Stack updated = fixture.update(third.id(), MORE);
    assertThat(updated.combinedStatus()).as(updated.statusReason()).isEqualTo("UPDATE_COMPLETE");
    assertThat(agent.running().keySet()).containsExactlyInAnyOrder(web, later, member);
    assertThat(fixture.delete(third.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().instances().pods(CALLER)).isEmpty();
  }
}
