package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.TagFilter;
import io.hotpod.template.environment.EnvironmentFile;
import io.hotpod.template.environment.EnvironmentLayers;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TestNestedStacks {
  private static final String VERSION = "heat_template_version: 2021-04-16\n";
  private static final String OUTER =
      VERSION
          + """
          parameters: {value: {type: string, default: one}}
          resources:
            first: {type: OS::Heat::TestResource, properties: {value: {get_param: value}}}
            web:
              type: web.yaml
              properties: {value: {get_attr: [first, output]}}
            last: {type: OS::Heat::TestResource, properties: {value: {get_attr: [web, out]}}}
          outputs:
            out: {value: {get_attr: [last, output]}}
            inner: {value: {get_attr: [web, resource.pod.output]}}
            reference: {value: {get_resource: web}}
          """;
  private static final String WEB =
      VERSION
          + """
          parameters:
            value: {type: string}
            fail: {type: boolean, default: false}
          resources:
            pod:
              type: OS::Heat::TestResource
              properties: {value: {get_param: value}, fail: {get_param: fail}}
          outputs:
            out: {value: {list_join: ['', [{get_attr: [pod, output]}, '!']]}}
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

  static StackRequest request(
      String name, String template, Map<String, String> files, String environment) {
    return new StackRequest(
        Optional.of(name),
        Optional.of(template),
        "template",
        files,
        new EnvironmentLayers(List.of(EnvironmentFile.parse("env.yaml", environment)), Map.of()),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Stack create(String template, Map<String, String> files, String environment) {
    return fixture.settled(
        fixture.stacks().create(CALLER, request("s", template, files, environment)).id());
  }

  private Stack update(String id, String template, Map<String, String> files, String environment) {
    fixture.stacks().update(CALLER, id, request("s", template, files, environment));
    return fixture.settled(id);
  }

  private String output(Stack stack, String name) {
    return fixture.stacks().details(CALLER, stack.id(), true).outputs().stream()
        .filter(output -> output.key().equals(name))
        .map(Output::value)
        .findFirst()
        .orElseThrow()
        .asString("");
  }

  private ResourceRecord resource(Stack stack, String name) {
    return fixture.stacks().resource(CALLER, stack.id(), name);
  }

  private Stack inside(Stack stack, String name) {
    return fixture.stacks().find(CALLER, resource(stack, name).physicalId().orElseThrow());
  }

  private List<String> statuses(Stack stack) {
    return fixture.stacks().resources(CALLER, stack.id()).stream()
        .map(resource -> resource.name() + " " + resource.combinedStatus())
        .toList();
  }

  private List<String> events(Stack stack) {
    return fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL).stream()
        .map(event -> event.resourceName() + " " + event.action() + "_" + event.status())
        .toList();
  }

  @Test
  void theUserWhoCreatesAStackOwnsWhatIsInsideToo() {
    StackRequest request = request("s", OUTER, Map.of("web.yaml", WEB), "");
    Stack stack = fixture.settled(fixture.stacks().create(by("anna"), request).id());
    fixture.stacks().update(by("ben"), stack.id(), request);
    Stack updated = fixture.settled(stack.id());

    assertThat(updated.username()).as("whoever changes it later").hasValue("anna");
    assertThat(inside(updated, "web").username()).hasValue("anna");
    assertThat(fixture.stacks().list(CALLER, of("ben", "anna").withNested())).hasSize(2);
    assertThat(fixture.stacks().count(CALLER, of("anna"))).isEqualTo(1);
    assertThat(fixture.stacks().list(CALLER, of("ben"))).isEmpty();
  }

  @Test
  void aStackOfNobodyIsFoundUnderNoName() {
    Stack stack = create(VERSION, Map.of(), "");

    assertThat(stack.username()).isEmpty();
    assertThat(fixture.stacks().list(CALLER, of("", "anna"))).isEmpty();
  }

  private static Caller by(String user) {
    return new Caller(CALLER.project(), Optional.of(user), Optional.empty());
  }

  private static StackFilter of(String... users) {
    return new StackFilter(
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        Set.of(),
        TagFilter.NONE,
        Set.of(users),
        Set.of(),
        Set.of(),
        Set.of(),
        false,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aTemplateIsAResourceWithPropertiesAndAttributes() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(statuses(stack))
        .containsExactly("first CREATE_COMPLETE", "web CREATE_COMPLETE", "last CREATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("one!");
    assertThat(output(stack, "inner")).isEqualTo("one");
    Stack web = inside(stack, "web");
    assertThat(output(stack, "reference"))
        .isEqualTo("arn:openstack:heat::default:stacks/" + web.name() + "/" + web.id());
    assertThat(resource(stack, "web").type()).isEqualTo("web.yaml");
  }

  @Test
  void theStackInsideIsAStackOfItsOwn() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");

    Stack web = inside(stack, "web");
    assertThat(web.name()).matches("s-web-[a-z2-7]{12}");
    assertThat(web.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(web.nesting().orElseThrow().ownerId()).isEqualTo(stack.id());
    assertThat(web.nesting().orElseThrow().depth()).isEqualTo(1);
    assertThat(web.disableRollback()).isTrue();
    assertThat(statuses(web)).containsExactly("pod CREATE_COMPLETE");
    assertThat(events(web))
        .containsExactlyInAnyOrder(
            web.name() + " CREATE_IN_PROGRESS",
            "pod CREATE_IN_PROGRESS",
            "pod CREATE_COMPLETE",
            web.name() + " CREATE_COMPLETE");
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL))
        .extracting(Stack::name)
        .containsExactly("s");
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL.withNested())).hasSize(2);
  }

  @Test
  void anUpdateSendsDownWhatChanged() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    Stack before = inside(stack, "web");

    Stack updated = update(stack.id(), OUTER, Map.of("web.yaml", WEB), "parameters: {value: two}");

    assertThat(updated.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("two!");
    Stack after = inside(stack, "web");
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(statuses(after)).containsExactly("pod UPDATE_COMPLETE");
  }

  @Test
  void anotherTextOfTheTemplateUpdatesInPlace() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    Stack before = inside(stack, "web");
    String more = WEB.replace("outputs:", "  extra: {type: OS::Heat::None}\noutputs:");

    update(stack.id(), OUTER, Map.of("web.yaml", more), "");

    assertThat(inside(stack, "web").id()).isEqualTo(before.id());
    assertThat(statuses(inside(stack, "web")))
        .containsExactly("pod CREATE_COMPLETE", "extra CREATE_COMPLETE");
  }

  @Test
  void anUpdateWithoutChangeTouchesNothing() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    List<String> before = events(inside(stack, "web"));

    update(stack.id(), OUTER, Map.of("web.yaml", WEB), "");

    assertThat(events(inside(stack, "web"))).isEqualTo(before);
    assertThat(resource(stack, "web").combinedStatus()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aFailureInsideIsToldWithItsWholePath() {
    String failing = WEB.replace("default: false", "default: true");

    Stack stack = create(OUTER, Map.of("web.yaml", failing), "");

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(stack.statusReason())
        .isEqualTo(
            "Resource CREATE failed: ResourceInError: resources.web.resources.pod:"
                + " Test Resource failed pod");
    assertThat(inside(stack, "web").statusReason())
        .isEqualTo(
            "Resource CREATE failed: ResourceInError: resources.pod: Test Resource failed pod");

    Stack mended = update(stack.id(), OUTER, Map.of("web.yaml", WEB), "");
    assertThat(mended.combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("one!");
  }

  @Test
  void aRollbackReachesInside() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    String failing =
        OUTER.replace(
            "last: {type: OS::Heat::TestResource, properties: {",
            "last: {type: OS::Heat::TestResource, properties: {fail: true, ");
    StackRequest request =
        request("s", failing, Map.of("web.yaml", WEB), "parameters: {value: two}");

    fixture.stacks().update(CALLER, stack.id(), EngineFixture.rollingBack(request));
    Stack back =
        fixture.until(stack.id(), found -> found.combinedStatus().equals("ROLLBACK_COMPLETE"));

    assertThat(back.combinedStatus()).isEqualTo("ROLLBACK_COMPLETE");
    assertThat(output(stack, "inner")).isEqualTo("one");
    assertThat(inside(stack, "web").combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aFailedCreateIsRolledBackToNothingInsideToo() {
    String failing = WEB.replace("default: false", "default: true");
    Stack accepted =
        fixture
            .stacks()
            .create(
                CALLER,
                EngineFixture.rollingBack(request("s", OUTER, Map.of("web.yaml", failing), "")));

    fixture.until(accepted.id(), found -> found.combinedStatus().equals("ROLLBACK_COMPLETE"));

    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL.withNested()))
        .extracting(Stack::name)
        .containsExactly("s");
  }

  @Test
  void suspendResumeCheckAndDeleteReachInside() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");

    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThat(statuses(inside(stack, "web"))).containsExactly("pod SUSPEND_COMPLETE");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");
    assertThat(statuses(inside(stack, "web"))).containsExactly("pod RESUME_COMPLETE");
    fixture.stacks().check(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CHECK_COMPLETE");
    assertThat(inside(stack, "web").combinedStatus()).isEqualTo("CHECK_COMPLETE");

    String inner = inside(stack, "web").id();
    assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.stacks().find(CALLER, inner).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL.withNested())).isEmpty();
  }

  @Test
  void removingTheResourceDeletesTheStackInside() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    String inner = inside(stack, "web").id();

    update(stack.id(), VERSION + "resources: {first: {type: OS::Heat::None}}", Map.of(), "");

    assertThat(fixture.stacks().find(CALLER, inner).deletedAt()).isPresent();
  }

  @Test
  void aStackInsideThatSomebodyDeletedComesBack() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    fixture.delete(inside(stack, "web").id());

    Stack updated = update(stack.id(), OUTER, Map.of("web.yaml", WEB), "");

    assertThat(updated.statusReason()).isEqualTo("Stack UPDATE completed successfully");
    assertThat(inside(stack, "web").combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("one!");
  }

  @Test
  void aRegistryMapsTypesAlsoInsideAndForOneResourceOnly() {
    String template =
        VERSION
            + """
            resources:
              a: {type: My::Pod, properties: {value: x}}
              b: {type: My::Pod, properties: {value: y}}
              c: {type: Alias::Of, properties: {value: z}}
            outputs:
              a: {value: {get_attr: [a, out]}}
              b: {value: {get_attr: [b, out]}}
              c: {value: {get_attr: [c, output]}}
            """;
    String other = WEB.replace("'!'", "'?'");

    Stack stack =
        create(
            template,
            Map.of("web.yaml", WEB, "other.yaml", other),
            """
            resource_registry:
              My::Pod: web.yaml
              Alias::Of: OS::Heat::TestResource
              resources: {b: {My::Pod: other.yaml}}
            """);

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(output(stack, "a")).isEqualTo("x!");
    assertThat(output(stack, "b")).isEqualTo("y?");
    assertThat(output(stack, "c")).isEqualTo("z");
    assertThat(resource(stack, "c").type()).isEqualTo("Alias::Of");
    // Another name for the same thing is no change.
    update(
        stack.id(),
        template.replace("Alias::Of", "OS::Heat::TestResource"),
        Map.of("web.yaml", WEB, "other.yaml", other),
        "resource_registry: {My::Pod: web.yaml, resources: {b: {My::Pod: other.yaml}}}");
    assertThat(resource(stack, "c").incarnation()).isEqualTo(1);
  }

  @Test
  void aTemplateMayStandForATypeAndUseIt() {
    String wrapper =
        VERSION
            + """
            parameters: {value: {type: json}, type: {type: string, default: string}}
            resources:
              real: {type: OS::Heat::Value, properties: {value: {get_param: value}}}
            outputs: {value: {value: {get_attr: [real, value]}}}
            """;
    String template =
        VERSION
            + """
            resources: {v: {type: OS::Heat::Value, properties: {value: {a: 1}}}}
            outputs: {out: {value: {get_attr: [v, value, a]}}}
            """;

    Stack stack =
        create(
            template,
            Map.of("wrapper.yaml", wrapper),
            "resource_registry: {'OS::Heat::Value': wrapper.yaml}");

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(output(stack, "out")).isEqualTo("1");
    assertThat(statuses(inside(stack, "v"))).containsExactly("real CREATE_COMPLETE");
  }

  @Test
  void parameterDefaultsReachInsideAndOtherParametersDoNot() {
    String template = VERSION + "resources: {web: {type: web.yaml}}\n";
    String web = WEB.replace("value: {type: string}", "value: {type: string, default: mine}");

    Stack stack = create(template, Map.of("web.yaml", web), "parameter_defaults: {value: theirs}");

    assertThat(fixture.attribute(stack.id(), "web", "out")).isEqualTo("theirs!");
  }

  @Test
  void whatTheOuterTemplateSaysOfTheResourceCanBeReadInside() {
    String inner =
        VERSION
            + """
            resources: {none: {type: OS::Heat::None}}
            outputs:
              metadata: {value: {resource_facade: metadata}}
              policy: {value: {resource_facade: deletion_policy}}
            """;
    String outer =
        VERSION
            + """
            resources:
              r: {type: inner.yaml, metadata: {a: %s}, deletion_policy: Retain}
            outputs: {out: {value: {get_attr: [r, metadata, a]}}}
            """;

    Stack stack = create(outer.formatted("one"), Map.of("inner.yaml", inner), "");
    assertThat(output(stack, "out")).isEqualTo("one");
    assertThat(fixture.attribute(stack.id(), "r", "policy")).isEqualTo("Retain");
    assertThat(
            fixture
                .stacks()
                .previewUpdate(
                    CALLER,
                    stack.id(),
                    request("s", outer.formatted("two"), Map.of("inner.yaml", inner), ""))
                .steps()
                .getFirst()
                .reasons())
        .containsExactly("metadata or policies changed");

    update(stack.id(), outer.formatted("two"), Map.of("inner.yaml", inner), "");
    assertThat(output(stack, "out")).isEqualTo("two");
  }

  @Test
  void listsAndMapsArePassedDown() {
    String inner =
        VERSION
            + """
            parameters:
              list: {type: comma_delimited_list}
              map: {type: json}
              number: {type: number, constraints: [{range: {min: 1}}]}
            resources: {none: {type: OS::Heat::None}}
            outputs:
              list: {value: {get_param: [list, 1]}}
              map: {value: {get_param: [map, a, 0]}}
              number: {value: {get_param: number}}
            """;
    String outer =
        VERSION
            + """
            resources:
              r:
                type: inner.yaml
                properties: {list: [a, b], map: {a: [x]}, number: '5'}
            """;

    Stack stack = create(outer, Map.of("inner.yaml", inner), "");

    assertThat(fixture.attribute(stack.id(), "r", "list")).isEqualTo("b");
    assertThat(fixture.attribute(stack.id(), "r", "map")).isEqualTo("x");
    assertThat(fixture.attribute(stack.id(), "r", "number")).isEqualTo("5");
  }

  @Test
  void theOutputOfTheStacksIdTakesItsPlace() {
    String web = WEB + "  OS::stack_id: {value: {get_attr: [pod, output]}}\n";

    Stack stack = create(OUTER, Map.of("web.yaml", web), "");

    assertThat(output(stack, "reference")).isEqualTo("one");
  }

  private static String nestedFiveDeep() {
    return VERSION + "resources: {next: {type: next.yaml}}\n";
  }

  @Test
  void fiveLevelsAreAllowed() {
    Map<String, String> files = new java.util.HashMap<>();
    for (int depth = 1; depth < 5; depth++) {
      files.put(
          depth + ".yaml", VERSION + "resources: {next: {type: %d.yaml}}\n".formatted(depth + 1));
    }
    files.put("5.yaml", VERSION + "resources: {end: {type: OS::Heat::None}}\n");

    Stack stack = create(VERSION + "resources: {next: {type: 1.yaml}}\n", files, "");

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    Stack deepest = stack;
    for (int depth = 1; depth <= 5; depth++) {
      deepest = inside(deepest, "next");
      assertThat(deepest.nesting().orElseThrow().depth()).isEqualTo(depth);
    }
    assertThat(deepest.nesting().orElseThrow().rootId()).isEqualTo(stack.id());
    assertThat(statuses(deepest)).containsExactly("end CREATE_COMPLETE");
  }

  @Test
  void aTemplateThatUsesItselfIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> create(nestedFiveDeep(), Map.of("next.yaml", nestedFiveDeep()), ""))
        .isInstanceOfSatisfying(
            EngineException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
              assertThat(refusal)
                  .hasMessageStartingWith("next.yaml:2:13: resources.next.resources.next")
                  .hasMessageContaining("Recursion depth exceeds 5.");
            });
  }

  @Test
  void aWideCircleOfTemplatesIsRefusedWithItsPlaceInNoTime() {
    StringBuilder wide = new StringBuilder(VERSION + "resources:\n");
    for (int i = 0; i < 900; i++) {
      wide.append("  r%d: {type: a.yaml}\n".formatted(i));
    }
    String one = wide.toString();
    String other = one.replace("a.yaml", "b.yaml");
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

    assertThatThrownBy(() -> create(one, Map.of("a.yaml", other, "b.yaml", one), ""))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("a.yaml:3:3: resources.r0.resources.r0")
        .hasMessageContaining("Recursion depth exceeds 5.");

    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    assertThat(Duration.ofNanos(spent)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aTreeThatIsTooLargeIsRefused() {
    StringBuilder wide = new StringBuilder(VERSION + "resources:\n");
    for (int i = 0; i < 200; i++) {
      wide.append("  r%d: {type: next.yaml}\n".formatted(i));
    }
    String leaf = wide.toString().replace("next.yaml", "OS::Heat::None");

    assertThatThrownBy(
            () ->
                create(
                    wide.toString().replace("next.yaml", "a.yaml"),
                    Map.of("a.yaml", wide.toString(), "next.yaml", leaf),
                    ""))
        .hasMessageContaining("Maximum resources per stack exceeded");
  }

  @Test
  void whatIsWrongInsideIsToldBeforeAnythingIsMade() {
    String template =
        VERSION
            + """
            resources:
              a: {type: missing.yaml}
              b: {type: broken.yaml}
              c: {type: web.yaml, properties: {valeu: x}}
              d: {type: unknown.yaml}
              e: {type: web.yaml, properties: {value: x, fail: perhaps}}
            """;

    assertThatThrownBy(
            () ->
                create(
                    template,
                    Map.of(
                        "web.yaml", WEB,
                        "broken.yaml", VERSION + "resource: {}\n",
                        "unknown.yaml", VERSION + "resources: {x: {type: No::Such}}\n"),
                    ""))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining(
            "template:3:3: resources.a: Could not fetch remote template \"missing.yaml\"")
        .hasMessageContaining("broken.yaml:2:1: resources.b.resource: The template section")
        .hasMessageContaining("Unknown Property valeu")
        .hasMessageContaining("Property value not assigned")
        .hasMessageContaining(
            "unknown.yaml:2:13: resources.d.resources.x: The Resource Type (No::Such) could not be")
        .hasMessageContaining("perhaps");
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL.withNested())).isEmpty();
  }

  @Test
  void aTemplateThatDoesNotFitTheTypeItStandsForIsRefused() {
    assertThatThrownBy(
            () ->
                create(
                    VERSION + "resources: {v: {type: OS::Heat::Value, properties: {value: 1}}}\n",
                    Map.of(
                        "v.yaml",
                        VERSION
                            + "parameters: {extra: {type: string}}\n"
                            + "resources: {n: {type: OS::Heat::None}}\n"),
                    "resource_registry: {'OS::Heat::Value': v.yaml}"))
        .hasMessageContaining(
            "env.yaml:1:40: resources.v: Required property value for facade OS::Heat::Value missing")
        .hasMessageContaining("Provider requires property extra unknown in facade OS::Heat::Value")
        .hasMessageContaining("Attribute value for facade OS::Heat::Value missing in provider");
  }

  @Test
  void whatNeedsOtherWorkIsRefusedByNameWhereItIsUsed() {
    assertThatThrownBy(
            () ->
                create(
                    VERSION + "resources: {v: {type: OS::Heat::None}}\n",
                    Map.of(),
                    "event_sinks: [{type: zaqar-queue, target: q}]"))
        .hasMessageContaining("env.yaml:1:15")
        .hasMessageContaining("event sink type zaqar-queue is not supported yet");
  }

  @Test
  void aRestrictedActionFailsTheUpdateAndLeavesTheResource() {
    String template =
        VERSION
            + """
            resources:
              r: {type: OS::Heat::TestResource, properties: {value: %s, update_replace_value: %s}}
            """;
    String restricted = "resource_registry: {resources: {r: {restricted_actions: %s}}}";
    Stack stack = create(template.formatted("a", "a"), Map.of(), "");

    Stack failed =
        update(stack.id(), template.formatted("b", "a"), Map.of(), restricted.formatted("update"));

    assertThat(failed.statusReason())
        .isEqualTo(
            "Resource UPDATE failed: ResourceActionRestricted: resources.r: update is restricted"
                + " for resource.");
    assertThat(resource(stack, "r").combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "r", "output")).isEqualTo("a");
    assertThat(
            update(
                    stack.id(),
                    template.formatted("a", "b"),
                    Map.of(),
                    restricted.formatted("replace"))
                .statusReason())
        .contains("replace is restricted for resource.");
    assertThat(
            update(
                    stack.id(),
                    template.formatted("b", "a"),
                    Map.of(),
                    restricted.formatted("replace"))
                .combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(resource(stack, "r").incarnation()).isEqualTo(1);
  }

  @Test
  void thePlanShowsWhatHappensInside() {
    Stack stack = create(OUTER, Map.of("web.yaml", WEB), "");
    StackRequest request =
        request(
            "s", OUTER.replace("{get_attr: [first, output]}", "two"), Map.of("web.yaml", WEB), "");

    List<PlannedStep> steps = fixture.stacks().previewUpdate(CALLER, stack.id(), request).steps();

    PlannedStep web =
        steps.stream().filter(step -> step.resource().equals("web")).findFirst().orElseThrow();
    assertThat(web.kind().name()).isEqualTo("UPDATE");
    assertThat(web.reasons()).containsExactly("value changed");
    assertThat(web.nested())
        .extracting(step -> step.resource() + " " + step.kind() + " " + step.reasons())
        .containsExactly("pod UPDATE [value changed]");
    assertThat(
            fixture
                .stacks()
                .previewCreate(
                    CALLER,
                    request(
                        "t",
                        OUTER.replace("{get_attr: [first, output]}", "x"),
                        Map.of("web.yaml", WEB),
                        ""))
                .steps())
        .filteredOn(step -> step.resource().equals("web"))
        .flatExtracting(PlannedStep::nested)
        .extracting(step -> step.resource() + " " + step.kind())
        .containsExactly("pod CREATE");
  }

  @Test
  void aNewerUpdateGoesOnFromWhatIsInside() {
    String slow = WEB.replace("properties: {value", "properties: {wait_secs: -1, value");
    Stack stack =
        fixture.stacks().create(CALLER, request("s", OUTER, Map.of("web.yaml", slow), ""));
    fixture.until(stack.id(), found -> statuses(found).contains("web CREATE_IN_PROGRESS"));

    Stack updated = update(stack.id(), OUTER, Map.of("web.yaml", WEB), "");

    assertThat(updated.statusReason()).isEqualTo("Stack UPDATE completed successfully");
    assertThat(output(stack, "out")).isEqualTo("one!");
    assertThat(inside(stack, "web").combinedStatus()).isEqualTo("UPDATE_COMPLETE");
  }

  @Test
  void aRestartInTheMiddleGoesOnAndDoesNothingTwice() {
    String slow =
        WEB.replace("properties: {value", "properties: {action_wait_secs: {create: 1}, value");
    Stack stack =
        fixture.stacks().create(CALLER, request("s", OUTER, Map.of("web.yaml", slow), ""));
    fixture.until(stack.id(), found -> statuses(found).contains("web CREATE_IN_PROGRESS"));

    fixture.restart();
    Stack done = fixture.settled(stack.id());

    assertThat(done.statusReason()).isEqualTo("Stack CREATE completed successfully");
    Stack web = inside(stack, "web");
    assertThat(web.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(events(web))
        .filteredOn(event -> event.equals(web.name() + " CREATE_IN_PROGRESS"))
        .hasSize(1);
    assertThat(fixture.stacks().list(CALLER, StackFilter.ALL.withNested())).hasSize(2);
  }

  /** A server that was taken for dead, and was not, ends where it is; that is nobody's end. */
  @Test
  void aStackIsNotMadeWhileTheOneInsideIsStillOnItsWay() {
    Stack stack = slowInside();

    fixture.takeOver(inside(stack, "web"));
    Stack done = fixture.settled(stack.id());

    assertThat(done.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(inside(stack, "web").combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(output(stack, "out")).isEqualTo("one!");
  }

  @Test
  void whatAnotherServerTookOverIsNotTakenBack() {
    Stack stack = slowInside();
    fixture.takeOver(stack);
    fixture.takeOver(inside(stack, "web"));
    long fence = fixture.stacks().find(CALLER, stack.id()).fence();

    // Until what was begun has ended here, and then the pause before it would be tried again.
    await()
        .during(Duration.ofMillis(1500))
        .until(() -> fixture.stacks().find(CALLER, stack.id()).fence() == fence);
  }

  /** A stack of which the one inside makes a resource that takes a second. */
  private Stack slowInside() {
    String slow =
        WEB.replace("properties: {value", "properties: {action_wait_secs: {create: 1}, value");
    Stack stack =
        fixture.stacks().create(CALLER, request("s", OUTER, Map.of("web.yaml", slow), ""));
    StackFilter all = StackFilter.ALL.withNested();
    fixture.until(stack.id(), found -> fixture.stacks().list(CALLER, all).size() == 2);
    fixture.until(
        inside(stack, "web").id(), found -> statuses(found).contains("pod CREATE_IN_PROGRESS"));
    return stack;
  }

  @Test
  void filesOfManyStacksAreStoredOnce() {
    StringBuilder many = new StringBuilder(VERSION + "resources:\n");
    for (int i = 0; i < 50; i++) {
      many.append("  r%d: {type: web.yaml, properties: {value: v}}\n".formatted(i));
    }

    Stack stack = create(many.toString(), Map.of("web.yaml", WEB, "big", "x".repeat(200_000)), "");

    assertThat(stack.statusReason()).isEqualTo("Stack CREATE completed successfully");
    assertThat(
            directory.resolve("hotpod.db").toFile().length()
                + directory.resolve("hotpod.db-wal").toFile().length())
        .isLessThan(6_000_000);
    List<Event> events = fixture.stacks().events(CALLER, stack.id(), EventFilter.ALL);
    assertThat(events).hasSize(2 + 2 * 50);
  }
}
