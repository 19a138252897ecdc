package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;
import static io.hotpod.engine.EngineFixture.request;
import static io.hotpod.engine.EngineFixture.within;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hotpod.engine.config.SoftwareDeployment;
import io.hotpod.engine.config.SoftwareService;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.signal.GuestService;
import io.hotpod.engine.signal.SignedPurpose;
import io.hotpod.engine.signal.SignedRequest;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.Status;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Machines get configs, work on them, and tell what became of it. */
final class TestSoftwareDeployments {
  private static final URI ADDRESS = URI.create("http://127.0.0.1:8004");
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        machine:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: POLL_SERVER_HEAT}
        script:
          type: OS::Heat::SoftwareConfig
          properties:
            group: script
            config: "echo VERSION"
            inputs: [{name: colour, default: red}, {name: size, replace_on_change: true}]
            outputs: [{name: result}, {name: trouble, error_output: true}]
        deploy:
          type: OS::Heat::SoftwareDeployment
          properties:
            config: {get_resource: script}
            server: {get_resource: machine}
            signal_transport: TRANSPORT
            actions: [CREATE, UPDATE, SUSPEND, RESUME, DELETE]
            input_values: {colour: COLOUR, size: SIZE, extra: 1}
        after:
          type: OS::Heat::Value
          properties: {value: {get_attr: [deploy, result]}}
      """;

  private @TempDir Path directory;
  private EngineFixture fixture;

  @BeforeEach
  void open() {
    fixture = new EngineFixture(directory);
    fixture.engine().reachableAt(ADDRESS);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String template(Map<String, String> values) {
    String text = TEMPLATE;
    for (Map.Entry<String, String> value :
        Map.of("VERSION", "1", "TRANSPORT", "CFN_SIGNAL", "COLOUR", "blue", "SIZE", "3")
            .entrySet()) {
      text = text.replace(value.getKey(), values.getOrDefault(value.getKey(), value.getValue()));
    }
    return text;
  }

  private static ObjectNode json(String text) {
    return JsonMapper.shared().readValue(text.replace('\'', '"'), ObjectNode.class);
  }

  private Stack begin(String template) {
    Stack stack = fixture.stacks().create(CALLER, request("s", template));
    return awaiting(stack, "CREATE");
  }

  /** Waits until the machine has something to do for an action. */
  private Stack awaiting(Stack stack, String action) {
    return fixture.until(
        stack.id(),
        now ->
            fixture.engine().software().deployments(CALLER, Optional.empty()).stream()
                .anyMatch(
                    deployment ->
                        deployment.action().equals(action)
                            && deployment.status() == Status.IN_PROGRESS));
  }

  private ResourceRecord resource(Stack stack, String name) {
    return fixture.stacks().resource(CALLER, stack.id(), name);
  }

  private JsonNode config(Stack stack) {
    return fixture.stacks().metadata(CALLER, stack.id(), "machine").path("deployments").path(0);
  }

  private static Map<String, String> inputs(JsonNode config) {
    return config
        .path("inputs")
        .valueStream()
        .collect(
            Collectors.toMap(
                input -> input.path("name").asString(""),
                input -> input.path("value").asString("null")));
  }

  private static SignedRequest signed(String url) {
    return SignedUrl.read(url);
  }

  private void finish(Stack stack, String details) {
    String url = inputs(config(stack)).getOrDefault("deploy_signal_id", "");
    fixture.engine().guests().signal(signed(url), SignedPurpose.SIGNAL, json(details));
  }

  @Test
  void aMachineGetsEachActionAndItsEndIsWaitedFor() {
    Stack stack = begin(template(Map.of()));
    JsonNode created = config(stack);
    assertThat(created.path("group").asString("")).isEqualTo("script");
    assertThat(inputs(created))
        .containsEntry("colour", "blue")
        .containsEntry("extra", "1")
        .containsEntry("deploy_action", "CREATE")
        .containsEntry("deploy_stack_id", "s/" + stack.id())
        .containsEntry("deploy_resource_name", "deploy")
        .containsEntry("deploy_server_id", resource(stack, "machine").id())
        .containsEntry("deploy_signal_verb", "POST")
        .containsEntry("deploy_signal_transport", "CFN_SIGNAL");

    finish(stack, "{'result':'fine','deploy_stdout':'hello','deploy_status_code':0}");

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "after", "value")).isEqualTo("fine");
    assertThat(fixture.attribute(stack.id(), "deploy", "deploy_stdout")).isEqualTo("hello");

    fixture.stacks().suspend(CALLER, stack.id());
    awaiting(stack, "SUSPEND");
    finish(stack, "{}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    fixture.stacks().resume(CALLER, stack.id());
    awaiting(stack, "RESUME");
    finish(stack, "{}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");

    fixture.stacks().delete(CALLER, stack.id());
    awaiting(stack, "DELETE");
    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
    finish(stack, "{}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    assertThat(fixture.engine().software().deployments(CALLER, Optional.empty())).isEmpty();
    assertThat(fixture.engine().software().configs(CALLER, Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void anUpdateRunsAnewWhatChangedAndOnlyThat() {
    Stack stack = begin(template(Map.of()));
    finish(stack, "{'result':'first'}");
    fixture.settled(stack.id());
    String first = config(stack).path("id").asString("");

    assertThat(fixture.update(stack.id(), template(Map.of())).combinedStatus())
        .isEqualTo("UPDATE_COMPLETE");
    assertThat(config(stack).path("id").asString("")).isEqualTo(first);

    String changed = template(Map.of("VERSION", "2", "COLOUR", "green"));
    assertThat(plan(stack, changed)).containsEntry("deploy", StepKind.UPDATE);
    fixture.stacks().update(CALLER, stack.id(), request("", changed));
    awaiting(stack, "UPDATE");
    assertThat(config(stack).path("id").asString("")).isNotEqualTo(first);
    assertThat(config(stack).path("config").asString("")).isEqualTo("echo 2");
    finish(stack, "{'result':'second'}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(resource(stack, "deploy").incarnation()).isEqualTo(1);

    String replacing = template(Map.of("VERSION", "2", "COLOUR", "green", "SIZE", "4"));
    assertThat(plan(stack, replacing)).containsEntry("deploy", StepKind.REPLACE);
  }

  private Map<String, StepKind> plan(Stack stack, String template) {
    return fixture
        .stacks()
        .previewUpdate(CALLER, stack.id(), request("", template))
        .steps()
        .stream()
        .collect(Collectors.toMap(PlannedStep::resource, PlannedStep::kind, (one, other) -> one));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'deploy_status_code':3,'deploy_stderr':'no'}|deploy_status_code : Deployment exited with"
            + " non-zero status code: 3",
        "{'trouble':'burns','deploy_status_code':0}|trouble : burns"
      })
  void whatFailsOnTheMachineFailsTheStack(String detailsAndReason) {
    String[] parts = detailsAndReason.split("\\|", 2);
    Stack stack = begin(template(Map.of()));

    finish(stack, parts[0]);

    assertThat(fixture.settled(stack.id()).statusReason())
        .isEqualTo(
            "Resource CREATE failed: Error: resources.deploy: Deployment to server failed: "
                + parts[1]);
  }

  @Test
  void nobodyWaitsWithoutASignal() {
    Stack stack = fixture.create("s", template(Map.of("TRANSPORT", "NO_SIGNAL")));

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(inputs(config(stack))).doesNotContainKey("deploy_signal_id");
  }

  @Test
  void aCrashGivesTheMachineNoOtherWork() {
    Stack stack = begin(template(Map.of()));
    String before = config(stack).toString();

    fixture.restart();
    fixture.engine().reachableAt(ADDRESS);

    assertThat(config(stack)).hasToString(before);
    finish(stack, "{'result':'after'}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
  }

  /** What is said of all runs; the same once. */
  private String runs() {
    return fixture.engine().software().deployments(CALLER, Optional.empty()).stream()
        .map(each -> each.action() + "_" + each.status() + " " + each.statusReason())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  @Test
  void aRunOfWhichNobodyWaitsForTheEndIsCancelled() {
    String plain = template(Map.of()).replace(", SUSPEND, RESUME, DELETE]", "]");
    Stack stack =
        fixture.stacks().create(CALLER, within(request("s", plain), Duration.ofSeconds(1)));
    awaiting(stack, "CREATE");
    SignedRequest late = signed(inputs(config(stack)).getOrDefault("deploy_signal_id", ""));

    assertThat(fixture.settled(stack.id()).statusReason()).contains("Timed out");
    assertThat(runs()).isEqualTo("CREATE_FAILED Deployment cancelled.");
    fixture.engine().guests().signal(late, SignedPurpose.SIGNAL, json("{'result':'late'}"));
    assertThat(runs()).as("nobody hears").isEqualTo("CREATE_FAILED Deployment cancelled.");

    StackRequest again = within(request("", plain), Duration.ofHours(1));
    fixture.stacks().update(CALLER, stack.id(), again);
    awaiting(stack, "CREATE");
    fixture.stacks().check(CALLER, stack.id());
    fixture.settled(stack.id());
    assertThat(runs())
        .as("a newer operation does not wait for it")
        .isEqualTo("CREATE_FAILED Deployment cancelled.");

    fixture.stacks().update(CALLER, stack.id(), again);
    awaiting(stack, "CREATE");
    String run =
        fixture.engine().software().deployments(CALLER, Optional.empty()).stream()
            .filter(deployment -> deployment.status() == Status.IN_PROGRESS)
            .map(SoftwareDeployment::configId)
            .collect(Collectors.joining());
    JsonNode config =
        fixture
            .stacks()
            .metadata(CALLER, stack.id(), "machine")
            .path("deployments")
            .valueStream()
            .filter(each -> each.path("id").asString("").equals(run))
            .findFirst()
            .orElseThrow();
    SignedRequest now = signed(inputs(config).getOrDefault("deploy_signal_id", ""));
    fixture.engine().guests().signal(now, SignedPurpose.SIGNAL, json("{'result':'at last'}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");
    assertThat(runs()).isEqualTo("CREATE_COMPLETE Outputs received");
  }

  @Test
  void aRunIsCancelledAlsoWhenItsServerDiedWithTheOperationThatBeganIt() {
    DyingCommits process = new DyingCommits();
    fixture.restart(process);
    fixture.engine().reachableAt(ADDRESS);
    Stack stack = begin(template(Map.of()).replace("SUSPEND, ", ""));
    process.dieAt(1, true);
    assertThatThrownBy(() -> fixture.stacks().suspend(CALLER, stack.id()))
        .isInstanceOf(DyingCommits.Died.class);
    fixture.restart();
    fixture.engine().reachableAt(ADDRESS);

    Stack ended = fixture.until(stack.id(), now -> !runs().startsWith("CREATE_IN_PROGRESS"));
    assertThat(ended.combinedStatus()).isEqualTo("SUSPEND_FAILED");
    assertThat(runs()).isEqualTo("CREATE_FAILED Deployment cancelled.");
  }

  @Test
  void aSignedUrlIsGoodForItsRoundAndItsResourceAlone() {
    Stack stack = begin(template(Map.of()));
    String url = inputs(config(stack)).getOrDefault("deploy_signal_id", "");
    SignedRequest right = signed(url);
    SignedRequest other =
        new SignedRequest(
            "default", stack.id(), "machine", right.resourceId(), right.round(), right.signature());
    SignedRequest rounds =
        new SignedRequest(
            "default", stack.id(), "deploy", right.resourceId(), "other", right.signature());
    GuestService guests = fixture.engine().guests();
    for (SignedRequest wrong : List.of(other, rounds)) {
      assertThatThrownBy(() -> guests.signal(wrong, SignedPurpose.SIGNAL, json("{}")))
          .isInstanceOf(EngineException.class);
    }
    assertThatThrownBy(() -> guests.signal(right, SignedPurpose.OBJECT, json("{}")))
        .isInstanceOf(EngineException.class);
    finish(stack, "{'result':'first'}");
    fixture.settled(stack.id());

    fixture.stacks().suspend(CALLER, stack.id());
    awaiting(stack, "SUSPEND");
    guests.signal(right, SignedPurpose.SIGNAL, json("{'deploy_status_code':1}"));

    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
    finish(stack, "{}");
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
  }

  @Test
  void aUserOfTheDeploymentSignalsAndAUserOfTheMachineReads() {
    Stack stack = begin(template(Map.of("TRANSPORT", "HEAT_SIGNAL")));
    GuestService guests = fixture.engine().guests();
    JsonNode heat =
        fixture
            .stacks()
            .metadata(CALLER, stack.id(), "machine")
            .path("os-collect-config")
            .path("heat");
    GuestService.Session machine =
        guests.login(heat.path("user_id").asString(""), heat.path("password").asString(""));
    ObjectNode metadata = guests.metadata("default", stack.id(), "machine", machine.token());
    Map<String, String> inputs = inputs(metadata.path("deployments").path(0));

    assertThatThrownBy(
            () ->
                guests.login(
                    inputs.getOrDefault("deploy_user_id", ""), heat.path("password").asString("")))
        .isInstanceOf(EngineException.class);
    assertThatThrownBy(
            () -> guests.signal("default", stack.id(), "deploy", machine.token(), json("{}")))
        .isInstanceOf(EngineException.class);
    GuestService.Session deployment =
        guests.login(
            inputs.getOrDefault("deploy_user_id", ""), inputs.getOrDefault("deploy_password", ""));
    guests.signal("default", stack.id(), "deploy", deployment.token(), json("{'result':'r'}"));

    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(deployment.toString()).doesNotContain(deployment.token());
  }

  @Test
  void theUserOfAnEarlierRunEndsNothing() {
    Stack stack = begin(template(Map.of("TRANSPORT", "HEAT_SIGNAL")));
    GuestService guests = fixture.engine().guests();
    Map<String, String> inputs = inputs(config(stack));
    String user = inputs.getOrDefault("deploy_user_id", "");
    String password = inputs.getOrDefault("deploy_password", "");
    String token = guests.login(user, password).token();
    guests.signal("default", stack.id(), "deploy", token, json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");

    fixture.stacks().suspend(CALLER, stack.id());
    awaiting(stack, "SUSPEND");
    ObjectNode failed = json("{'deploy_status_code':1}");
    guests.signal("default", stack.id(), "deploy", token, failed);
    guests.signal("default", stack.id(), "deploy", guests.login(user, password).token(), failed);

    assertThat(fixture.stacks().find(CALLER, stack.id()).status()).isEqualTo(Status.IN_PROGRESS);
    String present = inputs(config(stack)).getOrDefault("deploy_password", "");
    guests.signal("default", stack.id(), "deploy", guests.login(user, present).token(), json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
    assertThatThrownBy(() -> guests.login(user, "x" + present)).isInstanceOf(EngineException.class);
  }

  @Test
  void whatAMachineLeftOfAnEarlierRunGoesWithTheNext() {
    Stack stack = begin(template(Map.of("TRANSPORT", "TEMP_URL_SIGNAL")));
    GuestService guests = fixture.engine().guests();
    SignedRequest first = signed(inputs(config(stack)).getOrDefault("deploy_signal_id", ""));
    guests.store(first, "{}");
    guests.signal(first, SignedPurpose.OBJECT, json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(guests.stored(first)).isPresent();

    fixture.stacks().suspend(CALLER, stack.id());
    awaiting(stack, "SUSPEND");

    assertThat(guests.stored(first)).isEmpty();
  }

  @Test
  void whatNeedsCredentialsIsShownToMachinesOnly() {
    Stack stack = begin(template(Map.of("TRANSPORT", "HEAT_SIGNAL")));
    String password = inputs(config(stack)).getOrDefault("deploy_password", "");
    String id = config(stack).path("id").asString("");

    assertThat(password).hasSizeGreaterThan(20);
    assertThat(fixture.engine().software().config(CALLER, id).inputs().toString())
        .doesNotContain(password);
    assertThat(fixture.stacks().attributes(CALLER, stack.id(), "deploy").toString())
        .doesNotContain(password);
  }

  @Test
  void aStructuredConfigIsFilledIn() {
    Stack stack =
        begin(
            """
            heat_template_version: 2018-08-31
            resources:
              config:
                type: OS::Heat::StructuredConfig
                properties:
                  group: file
                  config: {path: {get_input: where}, list: [{get_input: none}], keep: {a: 1, b: 2}}
                  inputs: [{name: where}]
              deploy:
                type: OS::Heat::StructuredDeployment
                properties:
                  config: {get_resource: config}
                  server: anything
                  name: 10_first
                  input_values: {where: /etc}
            """);
    Optional<SoftwareService.MachineConfigs> configs =
        fixture.engine().software().machine(CALLER, "anything", Optional.empty(), Duration.ZERO);
    JsonNode config = configs.orElseThrow().configs().path(0);

    assertThat(config.path("name").asString("")).isEqualTo("10_first");
    assertThat(config.path("config"))
        .hasToString("{\"path\":\"/etc\",\"list\":[null],\"keep\":{\"a\":1,\"b\":2}}");
    assertThat(
            fixture
                .engine()
                .software()
                .machine(
                    CALLER,
                    "anything",
                    Optional.of(configs.orElseThrow().revision()),
                    Duration.ofMillis(1)))
        .as("nothing changed")
        .isEmpty();
    fixture.stacks().signal(CALLER, stack.id(), "deploy", json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");
  }

  @Test
  void aConfigForTheKubeletIsAPodOnAnInstanceOfOurs() {
    String template =
        """
        heat_template_version: 2018-08-31
        resources:
          config:
            type: OS::Heat::StructuredConfig
            properties:
              group: kubelet
              config:
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers: [{name: web, image: "localhost/web:1"}]
          deploy:
            type: OS::Heat::SoftwareDeployment
            properties: {config: {get_resource: config}, server: web-1}
        """;
    try (FakeAgent agent = new FakeAgent(fixture.engine(), "web-1")) {
      Stack stack = fixture.create("s", template);
      assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
      assertThat(agent.started()).containsExactly("web");
      assertThat(fixture.attribute(stack.id(), "deploy", "phase")).isEqualTo("Running");

      assertThat(fixture.update(stack.id(), template.replace("web:1", "web:2")).combinedStatus())
          .isEqualTo("UPDATE_COMPLETE");
      assertThat(agent.started()).containsExactly("web", "web");
      fixture.stacks().suspend(CALLER, stack.id());
      assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("SUSPEND_COMPLETE");
      assertThat(agent.running()).isEmpty();
      assertThat(fixture.delete(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
    }
  }

  @Test
  void configsOfOtherKindsAreStored() {
    Stack stack =
        fixture.create(
            "s",
            """
            heat_template_version: 2018-08-31
            resources:
              cloud:
                type: OS::Heat::CloudConfig
                properties: {cloud_config: {packages: [curl]}}
              component:
                type: OS::Heat::SoftwareComponent
                properties: {configs: [{tool: script, config: "echo"}]}
              mime:
                type: OS::Heat::MultipartMime
                properties:
                  parts:
                    - {config: {get_resource: cloud}, subtype: cloud-config, filename: a.yaml}
                    - {config: "#!/bin/sh"}
            """);

    assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
    assertThat(fixture.attribute(stack.id(), "cloud", "config"))
        .startsWith("#cloud-config\n{")
        .contains("\"packages\"");
    assertThat(fixture.attribute(stack.id(), "mime", "config"))
        .startsWith("Content-Type: multipart/mixed; boundary=")
        .contains("Content-Disposition: attachment; filename=\"a.yaml\"")
        .contains("#cloud-config")
        .contains("text/plain")
        .endsWith("==--\n");
    assertThat(
            fixture
                .stacks()
                .attributes(CALLER, stack.id(), "component")
                .path("configs")
                .path(0)
                .path("actions"))
        .hasToString("[\"CREATE\",\"UPDATE\"]");
  }

  /** The machine picks the config of the action; it is not asked for actions that have none. */
  @Test
  void aMachineGetsAComponentForTheActionsOfItsConfigsOnly() {
    String template =
        """
        heat_template_version: 2018-08-31
        resources:
          component:
            type: OS::Heat::SoftwareComponent
            properties:
              configs:
                - {actions: [CREATE], tool: script, config: "echo made VERSION"}
                - {actions: [UPDATE], tool: script, config: "echo changed VERSION"}
                - {actions: [DELETE], tool: script, config: "echo gone VERSION"}
          deploy:
            type: OS::Heat::SoftwareDeployment
            properties:
              config: {get_resource: component}
              server: anything
              actions: [SUSPEND]
        """;
    Stack stack = begin(template);
    assertThat(toDo()).isEqualTo("echo made VERSION");
    fixture.stacks().signal(CALLER, stack.id(), "deploy", json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("CREATE_COMPLETE");

    fixture.stacks().suspend(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus())
        .as("the actions of a component count, not those of its deployment")
        .isEqualTo("SUSPEND_COMPLETE");
    assertThat(toDo()).as("no work for it").isEqualTo("echo made VERSION");
    fixture.stacks().resume(CALLER, stack.id());
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("RESUME_COMPLETE");

    fixture.stacks().update(CALLER, stack.id(), request("", template.replace("VERSION", "2")));
    awaiting(stack, "UPDATE");
    assertThat(toDo()).isEqualTo("echo changed 2");
    fixture.stacks().signal(CALLER, stack.id(), "deploy", json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("UPDATE_COMPLETE");

    fixture.stacks().delete(CALLER, stack.id());
    awaiting(stack, "DELETE");
    assertThat(toDo()).isEqualTo("echo gone 2");
    fixture.stacks().signal(CALLER, stack.id(), "deploy", json("{}"));
    assertThat(fixture.settled(stack.id()).combinedStatus()).isEqualTo("DELETE_COMPLETE");
  }

  private JsonNode given() {
    return fixture
        .engine()
        .software()
        .machine(CALLER, "anything", Optional.empty(), Duration.ZERO)
        .orElseThrow()
        .configs()
        .path(0);
  }

  /** What heat-config on the machine does with a component: the config whose actions name its. */
  private String toDo() {
    JsonNode given = given();
    assertThat(given.path("group").asString("")).isEqualTo("component");
    String action = inputs(given).getOrDefault("deploy_action", "");
    List<String> chosen =
        given
            .at("/config/configs")
            .valueStream()
            .filter(
                config ->
                    config
                        .path("actions")
                        .valueStream()
                        .anyMatch(a -> a.asString("").equals(action)))
            .map(config -> config.path("config").asString(""))
            .toList();
    assertThat(chosen).hasSize(1);
    return chosen.getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LAX", "STRICT"})
  void aStrictDeploymentAsksForTheValueOfEachInput(String validate) {
    Stack stack =
        fixture.create(
            "s",
            """
            heat_template_version: 2018-08-31
            resources:
              config:
                type: OS::Heat::StructuredConfig
                properties: {group: file, config: {path: {get_input: where}}}
              deploy:
                type: OS::Heat::StructuredDeployment
                properties:
                  config: {get_resource: config}
                  server: anything
                  signal_transport: NO_SIGNAL
                  input_values_validate: %s
            """
                .formatted(validate));

    if (validate.equals("LAX")) {
      assertThat(stack.combinedStatus()).isEqualTo("CREATE_COMPLETE");
      assertThat(given().path("config")).hasToString("{\"path\":null}");
      return;
    }
    assertThat(stack.combinedStatus()).isEqualTo("CREATE_FAILED");
    assertThat(stack.statusReason())
        .contains("resources.deploy", "The Parameter (where) was not provided.");
    assertThat(given().isMissingNode()).as("nothing half filled in for the machine").isTrue();
  }
}
