package io.hotpod.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Machines signal handles, and wait conditions wait for it. */
final class TestWaitConditions {
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        handle: {type: OS::Heat::WaitConditionHandle}
        wait:
          type: OS::Heat::WaitCondition
          properties: {handle: {get_resource: handle}, timeout: TIMEOUT, count: COUNT}
        after: {type: OS::Heat::Value, depends_on: wait, properties: {value: {get_attr: [wait, data]}}}
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

  private static String template(int timeout, int count) {
    return TEMPLATE.replace("TIMEOUT", "" + timeout).replace("COUNT", "" + count);
  }

  private Stack begin(String template) {
    Stack stack =
        fixture.stacks().create(EngineFixture.CALLER, EngineFixture.request("s", template));
    fixture.until(
        stack.id(),
        now -> find(stack, "wait").map(wait -> wait.action() == Action.CREATE).orElse(false));
    return stack;
  }

  private Optional<ResourceRecord> find(Stack stack, String name) {
    return fixture.stacks().resources(EngineFixture.CALLER, stack.id()).stream()
        .filter(resource -> resource.name().equals(name))
        .findFirst();
  }

  private void signal(Stack stack, String body) {
    fixture.stacks().signal(EngineFixture.CALLER, stack.id(), "handle", json(body));
  }

  private static ObjectNode json(String text) {
    return JsonMapper.shared().readValue(text.replace('\'', '"'), ObjectNode.class);
  }

  @Test
  void enoughSignalsCompleteTheCondition() {
    Stack stack = begin(template(60, 2));

    signal(stack, "{'data':'one'}");
    assertThat(find(stack, "wait").orElseThrow().status()).isEqualTo(Status.IN_PROGRESS);
    signal(stack, "{'id':'two','data':{'a':[1,null]},'reason':'done'}");

    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    assertThat(fixture.attribute(stack.id(), "after", "value"))
        .isEqualTo("{\"1\": \"one\", \"two\": {\"a\": [1, null]}}");
    assertThat(events(stack)).contains("Signal: status:SUCCESS reason:Signal 1 received");
    signal(stack, "{'id':'1','data':'late'}");
    assertThat(fixture.attribute(stack.id(), "wait", "data")).contains("\"1\": \"late\"");
    assertThat(
            fixture
                .stacks()
                .metadata(EngineFixture.CALLER, stack.id(), "handle")
                .path("two")
                .path("reason")
                .asString(""))
        .isEqualTo("done");
  }

  private List<String> events(Stack stack) {
    return fixture
        .stacks()
        .events(
            EngineFixture.CALLER,
            stack.id(),
            new EventFilter(
                Optional.of("handle"), true, Optional.empty(), Optional.empty(), Duration.ZERO))
        .stream()
        .filter(event -> event.action() == Action.SIGNAL)
        .map(Event::reason)
        .toList();
  }

  @Test
  void aConditionThatWaitsHoldsNoThreadAndBeginsOnce() throws IOException {
    Stack stack = begin(template(60, 2));

    await().until(() -> progress(stack).equals("0 of 2 signals received"));
    signal(stack, "{}");
    await().until(() -> progress(stack).equals("1 of 2 signals received"));
    await().untilAsserted(() -> assertThat(threads()).doesNotContain("\"step apply:wait\""));
    signal(stack, "{}");

    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    assertThat(
            fixture
                .stacks()
                .events(
                    EngineFixture.CALLER,
                    stack.id(),
                    new EventFilter(
                        Optional.of("wait"),
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO))
                .stream()
                .map(event -> event.action() + "_" + event.status()))
        .containsExactly("CREATE_IN_PROGRESS", "CREATE_COMPLETE");
  }

  private String progress(Stack stack) {
    return find(stack, "wait").orElseThrow().statusReason();
  }

  /** All threads of this process, virtual ones too. */
  private String threads() throws IOException {
    Path dump = Files.createTempDirectory(directory, "threads").resolve("dump");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    return Files.readString(dump);
  }

  @Test
  void oneFailureFailsTheCondition() {
    Stack stack = begin(template(60, 3));

    signal(stack, "{'status':'FAILURE','reason':'no disk'}");

    assertThat(fixture.settled(stack.id()).statusReason())
        .isEqualTo("Resource CREATE failed: WaitConditionFailure: resources.wait: no disk");
  }

  @Test
  void tooFewSignalsInTimeFailTheCondition() {
    Stack stack = begin(template(1, 2));

    signal(stack, "{}");

    assertThat(fixture.settled(stack.id()).statusReason())
        .isEqualTo(
            "Resource CREATE failed: WaitConditionTimeout: resources.wait: 1 of 2 received - Signal"
                + " 1 received");
  }

  @Test
  void aSignalIsNotLostInACrash() {
    Stack stack = begin(template(60, 2));
    signal(stack, "{'data':'before'}");

    fixture.restart();
    fixture.engine().reachableAt(URI.create("http://127.0.0.1:8004"));
    signal(stack, "{'data':'after'}");

    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    assertThat(fixture.attribute(stack.id(), "after", "value"))
        .isEqualTo("{\"1\": \"before\", \"2\": \"after\"}");
  }

  @Test
  void nonsenseIsRefused() {
    Stack stack = begin(template(60, 1));

    for (String body : List.of("{'status':'MAYBE'}", "{'colour':'red'}")) {
      assertThatThrownBy(() -> signal(stack, body))
          .isInstanceOf(EngineException.class)
          .hasMessageStartingWith("Metadata format invalid");
    }
    assertThatThrownBy(
            () -> fixture.stacks().signal(EngineFixture.CALLER, stack.id(), "after", json("{}")))
        .hasMessage("signal is not supported for resource.");
    fixture.delete(stack.id());
  }

  @Test
  void aTokenIsGoodForItsHandleAlone() {
    Stack stack = begin(template(60, 1));
    String token = fixture.attribute(stack.id(), "handle", "token");

    assertThat(fixture.attribute(stack.id(), "handle", "endpoint"))
        .isEqualTo(
            "http://127.0.0.1:8004/guest/v1/default/stacks/s/"
                + stack.id()
                + "/resources/handle/signal");
    assertThat(fixture.attribute(stack.id(), "handle", "curl_cli")).contains(token);
    for (String wrong : List.of("", token + "x", "nonsense")) {
      assertThatThrownBy(
              () ->
                  fixture
                      .engine()
                      .guests()
                      .signal("default", stack.id(), "handle", wrong, json("{}")))
          .isInstanceOf(EngineException.class);
    }
    fixture.engine().guests().signal("default", stack.id(), "handle", token, json("{}"));

    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void everyUpdateMakesAnUpdateHandleAnew() {
    String template =
        """
        heat_template_version: 2018-08-31
        resources:
          handle: {type: OS::Heat::UpdateWaitConditionHandle}
          wait:
            type: OS::Heat::WaitCondition
            properties: {handle: {get_resource: handle}, timeout: 60}
        """;
    Stack stack = begin(template);
    String body = "{'Status':'SUCCESS','UniqueId':'a','Data':'d','Reason':'r'}";
    signal(stack, body);
    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    String first = find(stack, "handle").orElseThrow().id();

    fixture.stacks().update(EngineFixture.CALLER, stack.id(), EngineFixture.request("", template));
    fixture.until(
        stack.id(),
        now ->
            find(stack, "wait")
                .map(wait -> wait.incarnation() == 2 && wait.status() == Status.IN_PROGRESS)
                .orElse(false));
    assertThat(find(stack, "handle").orElseThrow().id()).isNotEqualTo(first);
    signal(stack, body);

    assertThat(fixture.settled(stack.id()).status()).isEqualTo(Status.COMPLETE);
    assertThat(fixture.attribute(stack.id(), "wait", "data")).isEqualTo("{\"a\": \"d\"}");
  }
}
