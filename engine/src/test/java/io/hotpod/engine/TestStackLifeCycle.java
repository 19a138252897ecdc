package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static io.hotpod.engine.EngineFixture.rollingBack;
import static io.hotpod.engine.EngineFixture.within;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.ResourceDetails;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

final class TestStackLifeCycle {
  private static final String TWO =
      """
      heat_template_version: 2021-04-16
      resources:
        a:
          type: OS::Heat::TestResource
          properties: {value: %s}
        b:
          type: OS::Heat::TestResource
          properties: {value: {get_attr: [a, output]}}
      outputs:
        out: {value: {get_attr: [b, output]}}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private List<String> statuses(String stackId) {
    return fixture.stacks().resources(CALLER, stackId).stream()
        .map(resource -> resource.name() + " " + resource.combinedStatus())
        .toList();
  }

  private Object output(String stackId) {
    Output output = fixture.stacks().details(CALLER, stackId, true).outputs().getFirst();
    return output.value().asString("");
  }

  @Test
  void createsInOrderAndResolvesOutputs() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(statuses(stack.id())).containsExactly("a CREATE_COMPLETE", "b CREATE_COMPLETE");
    assertThat(output(stack.id())).isEqualTo("one");
  }

  @Test
  void detailsOfResourcesAreThoseOfTheTemplateAndOfWhatIsThere() {
    Stack stack =
        fixture.create(
            "s",
            """
            heat_template_version: 2021-04-16
            resources:
              a:
                type: OS::Heat::TestResource
                description: the first of all
                properties: {value: one}
              b: {type: OS::Heat::TestResource, properties: {value: two}}
            """);

    ResourceDetails details = fixture.stacks().resourceDetails(CALLER, stack.id());

    assertThat(details.description("a")).isEqualTo("the first of all");
    assertThat(details.description("b")).isEmpty();
    assertThat(details.description("nobody")).isEmpty();
    assertThat(details.attributes("b").path("output").asString("")).isEqualTo("two");
    assertThat(details.attributes("nobody").isEmpty()).isTrue();
  }

  @Test
  void eventsTellTheStoryInHeatsWords() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    List<Event> events =
        fixture
            .stacks()
            .events(
                CALLER,
                stack.id(),
                new EventFilter(
                    Optional.empty(), true, Optional.empty(), Optional.empty(), Duration.ZERO));
    assertThat(events)
        .extracting(event -> event.resourceName() + " " + event.action() + "_" + event.status())
        .containsExactly(
            "s CREATE_IN_PROGRESS",
            "a CREATE_IN_PROGRESS",
            "a CREATE_COMPLETE",
            "b CREATE_IN_PROGRESS",
            "b CREATE_COMPLETE",
            "s CREATE_COMPLETE");
    assertThat(events.getFirst().reason()).isEqualTo("Stack CREATE started");
  }

  @Test
  void updatesInPlaceWhatChangedAndWhatDependsOnIt() {
    Stack stack = fixture.create("s", TWO.formatted("one"));
    List<String> before =
        fixture.stacks().resources(CALLER, stack.id()).stream().map(ResourceRecord::id).toList();

    Stack updated = fixture.update(stack.id(), TWO.formatted("two"));

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack.id())).isEqualTo("two");
    assertThat(fixture.stacks().resources(CALLER, stack.id()))
        .extracting(ResourceRecord::id)
        .containsExactlyElementsOf(before);
  }

  @Test
  void anUpdateWithoutChangeTouchesNothing() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    fixture.update(stack.id(), TWO.formatted("one"));

    assertThat(statuses(stack.id())).containsExactly("a CREATE_COMPLETE", "b CREATE_COMPLETE");
  }

  @Test
  void replacesAndThenRemovesTheOldOne() {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          r:
            type: OS::Heat::RandomString
            properties: {length: 8, salt: %s}
          u:
            type: OS::Heat::Value
            properties: {value: {get_resource: r}}
        """;
    Stack stack = fixture.create("s", template.formatted("x"));
    ResourceRecord before = fixture.stacks().resource(CALLER, stack.id(), "r");
    String value = fixture.attribute(stack.id(), "u", "value");

    fixture.update(stack.id(), template.formatted("y"));

    ResourceRecord after = fixture.stacks().resource(CALLER, stack.id(), "r");
    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.incarnation()).isEqualTo(2);
    assertThat(fixture.attribute(stack.id(), "u", "value")).hasSize(8).isNotEqualTo(value);
    assertThat(fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL))
        .anyMatch(
            event -> event.action().name().equals("DELETE") && event.resourceName().equals("r"));
  }

  @Test
  void deletesAndFreesTheName() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    Stack deleted = fixture.delete(stack.id());

    assertThat(deleted.combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(deleted.deletedAt()).isPresent();
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL)).isEmpty();
    assertThat(fixture.create("s", TWO.formatted("again")).combinedStatus())
        .isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aFailureIsToldWithTheResourceAndStopsWhatDependsOnIt() {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          bad: {type: OS::Heat::TestResource, properties: {fail: true}}
          later: {type: OS::Heat::TestResource, depends_on: bad}
        """;

    Stack stack = fixture.create("s", template);

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(stack.statusReason())
        .isEqualTo(
            "Resource CREATE failed: ResourceInError: resources.bad: Test Resource failed bad");
    assertThat(statuses(stack.id())).containsExactly("bad CREATE_FAILED", "later INIT_COMPLETE");
    assertThat(fixture.update(stack.id(), template.replace("true", "false")).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aFailedCreateIsRolledBackToNothing() {
    Stack accepted =
        fixture
            .stacks()
            .create(
                CALLER,
                rollingBack(
                    request(
                        "s",
                        """
                        heat_template_version: 2021-04-16
                        resources:
                          good: {type: OS::Heat::TestResource}
                          bad:
                            type: OS::Heat::TestResource
                            properties: {fail: true}
                            depends_on: good
                        """)));

    Stack stack =
        fixture.until(accepted.id(), each -> each.combinedStatus().startsWith("ROLLBACK_COMP"));

    assertThat(fixture.stacks().resources(CALLER, stack.id())).isEmpty();
  }

  @Test
  void aFailedUpdateAfterARolledBackCreateGoesBackToNothing() {
    String fails =
        """
        heat_template_version: 2021-04-16
        parameters: {wanted: {type: string}}
        resources:
          good: {type: OS::Heat::TestResource, properties: {value: {get_param: wanted}}}
          bad: {type: OS::Heat::TestResource, properties: {fail: true}, depends_on: good}
        """;
    StackRequest request =
        rollingBack(request("s", fails, Map.of("wanted", StringNode.valueOf("here"))));
    String id = fixture.stacks().create(CALLER, request).id();
    fixture.until(id, each -> each.combinedStatus().startsWith("ROLLBACK_COMP"));

    fixture.stacks().update(CALLER, id, request);

    Stack back =
        fixture.until(
            id, each -> each.action() == Action.ROLLBACK && each.status() != Status.IN_PROGRESS);
    assertThat(back.combinedStatus()).as(back.statusReason()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(fixture.stacks().resources(CALLER, id)).isEmpty();
    assertThat(fixture.stacks().definition(CALLER, id).template())
        .isEqualTo("heat_template_version: 2021-04-16\nresources: {}\n");
    assertThat(fixture.delete(id).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void aFailedUpdateIsRolledBackToTheDefinitionBefore() {
    Stack created = fixture.create("s", TWO.formatted("one"));
    fixture
        .stacks()
        .update(
            CALLER,
            created.id(),
            rollingBack(
                request(
                    "s",
                    TWO.formatted("two").replace("{get_attr: [a, output]}}", "x, fail: true}"))));

    fixture.until(created.id(), stack -> stack.combinedStatus().equals("ROLLBACK_COMPLETE"));

    assertThat(output(created.id())).isEqualTo("one");
  }

  @Test
  void aNewerUpdateSupersedesOneThatWaits() {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                request(
                    "s",
                    """
                    heat_template_version: 2021-04-16
                    resources:
                      slow: {type: OS::Heat::TestResource, properties: {wait_secs: -1}}
                    """));
    fixture.until(stack.id(), each -> statuses(each.id()).contains("slow CREATE_IN_PROGRESS"));

    Stack updated =
        fixture.update(
            stack.id(),
            """
            heat_template_version: 2021-04-16
            resources:
              slow: {type: OS::Heat::TestResource, properties: {wait_secs: 0}}
            """);

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(statuses(stack.id())).containsExactly("slow CREATE_COMPLETE");
  }

  @Test
  void aDeleteSupersedesACreateThatWaits() {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                request(
                    "s",
                    """
                    heat_template_version: 2021-04-16
                    resources:
                      slow:
                        type: OS::Heat::TestResource
                        properties: {action_wait_secs: {create: -1}}
                    """));
    fixture.until(stack.id(), each -> statuses(each.id()).contains("slow CREATE_IN_PROGRESS"));

    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  @Test
  void theDeadlineEndsAWait() {
    Stack stack =
        fixture
            .stacks()
            .create(
                CALLER,
                within(
                    request(
                        "s",
                        """
                        heat_template_version: 2021-04-16
                        resources:
                          slow: {type: OS::Heat::TestResource, properties: {wait_secs: -1}}
                        """),
                    Duration.ofMillis(300)));

    Stack failed = fixture.settled(stack.id());

    assertThat(failed.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(failed.statusReason()).contains("resources.slow: Timed out");
  }

  @Test
  void goesOnAfterARestart() {
    String template =
        """
        heat_template_version: 2021-04-16
        resources:
          first: {type: OS::Heat::TestResource}
          slow: {type: OS::Heat::TestResource, properties: {wait_secs: 1}, depends_on: first}
          last: {type: OS::Heat::TestResource, depends_on: slow}
        """;
    Stack stack = fixture.stacks().create(CALLER, request("s", template));
    fixture.until(stack.id(), each -> statuses(each.id()).contains("slow CREATE_IN_PROGRESS"));

    fixture.restart();

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(
            fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
                .filter(event -> event.resourceName().equals("first")))
        .as("what was done is not done again")
        .hasSize(2);
  }

  @Test
  void suspendsResumesAndChecks() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThat(statuses(stack.id())).containsExactly("a SUSPEND_COMPLETE", "b SUSPEND_COMPLETE");
    assertThatThrownBy(
            () -> fixture.stacks().update(CALLER, stack.id(), request("s", TWO.formatted("x"))))
        .isInstanceOf(EngineException.class)
        .hasMessage("Updating a stack when it is suspended is not supported. Resume it first.");

    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");

    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CHECK_COMPLETE");
  }

  @Test
  void theSameKeyIsAnsweredAgainAndAnotherRequestRefused() {
    Caller first = keyed("digest-1");
    Stack stack = fixture.stacks().create(first, request("s", TWO.formatted("one")));

    assertThat(fixture.stacks().create(first, request("s", TWO.formatted("one"))).id())
        .isEqualTo(stack.id());
    assertThatThrownBy(
            () -> fixture.stacks().create(keyed("digest-2"), request("t", TWO.formatted("one"))))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_MISMATCH));
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL)).hasSize(1);
  }

  @Test
  void aDeleteIsAnsweredAgainWhenTheStackIsGone() {
    Stack stack = fixture.create("s", TWO.formatted("one"));
    fixture.stacks().delete(keyed("delete"), stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");

    fixture.stacks().delete(keyed("delete"), stack.id());

    assertThatThrownBy(() -> fixture.stacks().delete(CALLER, stack.id()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("could not be found");
  }

  private static Caller keyed(String digest) {
    return new Caller(
        "default", Optional.empty(), Optional.of(new Caller.IdempotencyKey("key", digest)));
  }

  @Test
  void olderAndRarerPropertiesAreTaken() {
    Stack stack =
        fixture.create(
            "s",
            """
            heat_template_version: 2018-08-31
            resources:
              word: {type: OS::Heat::RandomString, properties: {length: 40, sequence: digits}}
              test:
                type: OS::Heat::TestResource
                properties:
                  attr_wait_secs: 1
                  constraint_prop_secs: 1
                  client_name: nova
                  entity_name: servers
              inner:
                type: OS::Heat::Stack
                properties: {timeout: 5, template: "{heat_template_version: 2018-08-31}"}
            """);

    assertThat(stack.combinedStatus()).as(stack.statusReason()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "word", "value")).matches("[0-9]{40}");
  }

  @Test
  void theNameIsTakenOnlyOnce() {
    fixture.create("s", TWO.formatted("one"));

    assertThatThrownBy(() -> fixture.create("s", TWO.formatted("one")))
        .isInstanceOf(EngineException.class)
        .hasMessage("The Stack (s) already exists.");
  }

  @Test
  void thePlanRefusesTheNamesThatACreateRefuses() {
    assertThatThrownBy(
            () -> fixture.stacks().previewCreate(CALLER, request("größe", TWO.formatted("one"))))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("Invalid stack name größe must contain only");
  }

  @Test
  void thePlanShowsPropertiesAsFarAsTheyAreKnown() {
    String template =
        """
        heat_template_version: 2021-04-16
        parameters: {secret: {type: string, hidden: true, default: hush-hush}}
        resources:
          chosen: {type: OS::Heat::RandomString, properties: {length: 4}}
          known:
            type: OS::Heat::TestResource
            properties: {value: {list_join: [" ", [says, {get_param: secret}]]}}
          later: {type: OS::Heat::TestResource, properties: {value: {get_attr: [chosen, value]}}}
        """;

    Plan plan = fixture.stacks().previewCreate(CALLER, request("s", template));

    Map<String, JsonNode> properties = new HashMap<>();
    plan.steps().forEach(step -> properties.put(step.resource(), step.properties()));
    assertThat(requireNonNull(properties.get("known")).path("value").stringValue())
        .isEqualTo("says ******");
    assertThat(requireNonNull(properties.get("known")).path("fail").isBoolean())
        .as("what it is by default")
        .isTrue();
    assertThat(requireNonNull(properties.get("later")).path("value").isNull()).isTrue();
    assertThat(requireNonNull(properties.get("chosen")).path("length").intValue()).isEqualTo(4);
  }

  @Test
  void thePlanSaysWhatAnUpdateWouldDo() {
    Stack stack = fixture.create("s", TWO.formatted("one"));

    Plan plan =
        fixture
            .stacks()
            .previewUpdate(
                CALLER,
                stack.id(),
                request(
                    "s",
                    """
                    heat_template_version: 2021-04-16
                    resources:
                      a: {type: OS::Heat::TestResource, properties: {value: two}}
                      c: {type: OS::Heat::TestResource}
                    """));

    assertThat(plan.steps())
        .extracting(PlannedStep::resource, PlannedStep::kind)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("a", StepKind.UPDATE),
            org.assertj.core.api.Assertions.tuple("c", StepKind.CREATE),
            org.assertj.core.api.Assertions.tuple("b", StepKind.DELETE));
    assertThat(plan.steps().getFirst().reasons()).containsExactly("value changed");
  }

  @Test
  void refusesWithPlaces() {
    assertThatThrownBy(
            () ->
                fixture.create(
                    "s",
                    """
                    heat_template_version: 2021-04-16
                    resources:
                      a:
                        type: OS::Heat::TestResource
                        properties: {valu: x}
                      b: {type: OS::Heat::TestResorce}
                    """))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("template:5:")
        .hasMessageContaining("Unknown Property valu; did you mean \"value\"?")
        .hasMessageContaining("did you mean OS::Heat::TestResource?");
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL)).isEmpty();
  }

  @Test
  void aTypeThatCannotBeCheckedIsSaidNotToBe() {
    Stack stack =
        fixture.create(
            "unchecked",
            """
            heat_template_version: 2018-08-31
            resources: {word: {type: OS::Heat::RandomString}}
            """);

    fixture.stacks().check(CALLER, stack.id());

    Stack checked = fixture.settled(stack.id());
    assertThat(checked.combinedStatus()).isEqualTo("CHECK_COMPLETE");
    assertThat(checked.statusReason())
        .isEqualTo(
            "Stack CHECK completed successfully. 'CHECK' not fully supported (see resources)");
    assertThat(fixture.stacks().resource(CALLER, stack.id(), "word").statusReason())
        .isEqualTo("CHECK not supported for OS::Heat::RandomString");
  }
}
