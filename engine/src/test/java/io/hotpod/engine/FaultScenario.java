package io.hotpod.engine;

import static io.hotpod.engine.EngineFixture.CALLER;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One operation on a stack, and how it ends whatever fails for a moment meanwhile.
 *
 * @param before what happens while nothing fails
 * @param operation that is carried out while something fails
 * @param ends the states of which it ends in one
 * @param things that the outside has then, by resource; empty when that is not told
 * @param sound a template that the stack can be updated to in the end; empty for none
 */
record FaultScenario(
    String name,
    Consumer<FaultStage> before,
    Consumer<FaultStage> operation,
    Set<String> ends,
    List<Map<String, List<String>>> things,
    String sound) {
  private static final String HEAD = "heat_template_version: 2018-08-31\nresources:\n";

  private static final String ONE =
      HEAD
          + """
            a: {type: "Test::Outside::Thing", properties: {value: a1}}
            b: {type: "Test::Outside::FoundThing", properties: {value: b1, place: here, needs: [{get_resource: a}]}}
            v: {type: OS::Heat::Value, properties: {value: {get_attr: [b, value]}}}
          """;
  private static final String TWO =
      HEAD
          + """
            a: {type: "Test::Outside::Thing", properties: {value: a2}}
            b: {type: "Test::Outside::FoundThing", properties: {value: b2, place: there, needs: [{get_resource: a}]}}
            c: {type: "Test::Outside::Thing", properties: {value: c2}, depends_on: b}
            v: {type: OS::Heat::Value, properties: {value: {get_attr: [b, value]}}}
          """;
  private static final String BAD = TWO.replace("value: c2", "value: c2, fail: after");
  private static final String SLOW = TWO.replace("value: c2", "value: c2, slow: true");
  private static final String KEPT =
      HEAD
          + """
            r: {type: OS::Heat::RandomString, properties: {length: 8}}
            v: {type: OS::Heat::Value, properties: {value: {get_attr: [r, value]}}}
          """;
  private static final String GROUP =
      HEAD
          + """
            g:
              type: OS::Heat::ResourceGroup
              properties:
                count: COUNT
                resource_def: {type: "Test::Outside::Thing", properties: {value: VALUE}}
          """;
  private static final String DEPLOYMENT =
      HEAD
          + """
            machine: {type: OS::Heat::DeployedServer, properties: {software_config_transport: POLL_SERVER_HEAT}}
            script: {type: OS::Heat::SoftwareConfig, properties: {group: script, config: VERSION}}
            deploy:
              type: OS::Heat::SoftwareDeployment
              properties:
                config: {get_resource: script}
                server: {get_resource: machine}
                actions: [CREATE, UPDATE, DELETE]
          """;

  private static final Map<String, List<String>> FIRST =
      Map.of("a", List.of("a1"), "b", List.of("b1"));
  private static final Map<String, List<String>> SECOND =
      Map.of("a", List.of("a2"), "b", List.of("b2"), "c", List.of("c2"));
  private static final Map<String, List<String>> ASLEEP =
      Map.of("a", List.of("a1 suspended"), "b", List.of("b1 suspended"));

  static final List<FaultScenario> ALL =
      List.of(
          of("create", stage -> {}, stage -> stage.create(ONE), "CREATE_COMPLETE", FIRST),
          of("update", created(ONE), stage -> stage.update(TWO), "UPDATE_COMPLETE", SECOND),
          new FaultScenario(
              "delete",
              created(ONE),
              stage -> stage.ask("delete", () -> stage.stacks().delete(CALLER, stage.stackId())),
              Set.of("DELETE_COMPLETE"),
              List.of(Map.of()),
              ""),
          of(
              "suspend",
              created(ONE),
              stage -> stage.ask("suspend", () -> stage.stacks().suspend(CALLER, stage.stackId())),
              "SUSPEND_COMPLETE",
              ASLEEP),
          of(
              "resume",
              created(ONE)
                  .andThen(stage -> stage.stacks().suspend(CALLER, stage.stackId()))
                  .andThen(FaultStage::settle),
              stage -> stage.ask("resume", () -> stage.stacks().resume(CALLER, stage.stackId())),
              "RESUME_COMPLETE",
              FIRST),
          of(
              "check",
              created(ONE),
              stage -> stage.ask("check", () -> stage.stacks().check(CALLER, stage.stackId())),
              "CHECK_COMPLETE",
              FIRST),
          of(
              "snapshot and restore",
              created(ONE),
              FaultScenario::restored,
              "RESTORE_COMPLETE",
              FIRST),
          of(
              "rollback",
              created(ONE),
              stage -> stage.updateOrGoBack(BAD),
              "ROLLBACK_COMPLETE",
              FIRST),
          new FaultScenario(
              "cancel",
              created(ONE),
              stage -> {
                stage.update(SLOW);
                stage.awaitSlowStep();
                stage.askIfPossible(
                    "cancel", () -> stage.stacks().cancelWithoutRollback(CALLER, stage.stackId()));
              },
              Set.of("UPDATE_FAILED", "UPDATE_COMPLETE"),
              List.of(),
              TWO),
          new FaultScenario(
              "hand over",
              created(KEPT),
              stage -> stage.handOver(KEPT),
              Set.of("ADOPT_COMPLETE"),
              List.of(),
              KEPT.replace("length: 8", "length: 9")),
          new FaultScenario(
              "deployment",
              created(DEPLOYMENT.replace("VERSION", "one")),
              stage -> stage.update(DEPLOYMENT.replace("VERSION", "two")),
              Set.of("UPDATE_COMPLETE"),
              List.of(),
              DEPLOYMENT.replace("VERSION", "three")),
          new FaultScenario(
              "pod",
              created(WebPod.ALWAYS),
              stage -> stage.update(WebPod.ALWAYS.replace("web:1", "web:2")),
              Set.of("UPDATE_COMPLETE"),
              List.of(),
              WebPod.ALWAYS.replace("web:1", "web:3")),
          new FaultScenario(
              "group",
              created(group(3, "g1")),
              stage -> stage.update(group(2, "g2")),
              Set.of("UPDATE_COMPLETE"),
              List.of(Map.of("0", List.of("g2"), "1", List.of("g2"))),
              group(1, "g3")));

  private static String group(int count, String value) {
    return GROUP.replace("COUNT", Integer.toString(count)).replace("VALUE", value);
  }

  private static Consumer<FaultStage> created(String template) {
    Consumer<FaultStage> create = stage -> stage.create(template);
    return create.andThen(FaultStage::settle);
  }

  private static void restored(FaultStage stage) {
    stage.ask(
        "snapshot",
        () -> stage.stacks().snapshot(CALLER, stage.stackId(), java.util.Optional.empty()));
    stage.settle();
    stage.update(TWO);
    stage.settle();
    String snapshot =
        stage
            .store()
            .unseen(() -> stage.stacks().snapshots(CALLER, stage.stackId()))
            .getFirst()
            .id();
    stage.ask("restore", () -> stage.stacks().restore(CALLER, stage.stackId(), snapshot));
  }

  private static FaultScenario of(
      String name,
      Consumer<FaultStage> before,
      Consumer<FaultStage> operation,
      String end,
      Map<String, List<String>> things) {
    return new FaultScenario(name, before, operation, Set.of(end), List.of(things), TWO);
  }

  @Override
  public String toString() {
    return name;
  }
}
