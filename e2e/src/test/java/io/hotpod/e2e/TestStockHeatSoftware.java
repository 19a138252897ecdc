package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Heat's own resources of software under an unchanged OpenStack Heat, as people write them. */
@Tag("heat")
final class TestStockHeatSoftware {
  /** A config for each action, each of which would make a pod that says so. */
  private static final String COMPONENT =
      """
      heat_template_version: 2016-10-14
      parameters:
        server: {type: string}
        image: {type: string, default: %s}
        greeting: {type: string, default: one}
        manifest:
          type: string
          default: |
            config_maps: {words: {last: bye}}
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                terminationGracePeriodSeconds: 1
                containers:
                  - name: web
                    image: {get_input: image}
                    imagePullPolicy: Never
                    command: [sleep, "86400"]
                    env:
                      - {name: STAGE, value: the-stage}
                      - {name: GREETING, value: {get_input: greeting}}
                      - {name: LAST, valueFrom: {configMapKeyRef: {name: words, key: last}}}
      resources:
        component:
          type: OS::Heat::SoftwareComponent
          properties:
            inputs: [{name: image}, {name: greeting}]
            outputs: [{name: phase}, {name: error, error_output: true}]
            configs:
              - actions: [CREATE]
                tool: kubelet
                config: {str_replace: {template: {get_param: manifest}, params: {the-stage: created}}}
              - actions: [UPDATE]
                tool: kubelet
                config: {str_replace: {template: {get_param: manifest}, params: {the-stage: updated}}}
              - actions: [SUSPEND]
                tool: kubelet
                config: {str_replace: {template: {get_param: manifest}, params: {the-stage: suspended}}}
              - actions: [RESUME]
                tool: kubelet
                config: {str_replace: {template: {get_param: manifest}, params: {the-stage: resumed}}}
              - actions: [DELETE]
                tool: kubelet
                config: {str_replace: {template: {get_param: manifest}, params: {the-stage: deleted}}}
        web:
          type: OS::Heat::SoftwareDeployment
          properties:
            server: {get_param: server}
            config: {get_resource: component}
            input_values: {image: {get_param: image}, greeting: {get_param: greeting}}
      outputs:
        phase: {value: {get_attr: [web, phase]}}
      """
          .formatted(TestImage.NAME);

  /** A pod that says why it cannot run, and ends; without the probe it would be ready meanwhile. */
  private static final String FAILING =
      """
      heat_template_version: 2016-10-14
      parameters:
        server: {type: string}
        image: {type: string, default: %s}
        outputs: {type: json, default: [{name: phase}, {name: containers, type: Json}]}
      resources:
        config:
          type: OS::Heat::StructuredConfig
          properties:
            group: kubelet
            outputs: {get_param: outputs}
            config:
              apiVersion: v1
              kind: Pod
              metadata: {name: shop}
              spec:
                restartPolicy: Never
                containers:
                  - name: web
                    image: {get_param: image}
                    imagePullPolicy: Never
                    terminationMessagePolicy: FallbackToLogsOnError
                    command: [sh, -c, "echo 'no database at db:5432' >&2; exit 3"]
                    readinessProbe: {exec: {command: [test, -e, /ready]}}
        web:
          type: OS::Heat::StructuredDeployment
          properties:
            server: {get_param: server}
            config: {get_resource: config}
      outputs:
        phase: {value: {get_attr: [web, phase]}}
        exit_code: {value: {get_attr: [web, containers, 0, exit_code]}}
        stdout: {value: {get_attr: [web, deploy_stdout]}}
        stderr: {value: {get_attr: [web, deploy_stderr]}}
        status_code: {value: {get_attr: [web, deploy_status_code]}}
      """
          .formatted(TestImage.NAME);

  private static final String WHY =
      "pod shop: container web failed with exit code 3 (Error: no database at db:5432)";

  @RegisterExtension private final Sites sites = Sites.ofEachTest("stock-heat-software");
  private Site site;
  private StockHeat heat;

  @BeforeEach
  void open() {
    site = sites.open();
    heat = new StockHeat(site.directory());
  }

  /** The environment of the only container of an instance. */
  private static String environment(String instance) {
    List<PodmanContainer> containers = PodmanCli.containers(instance);
    assertThat(containers).hasSize(1);
    return PodmanCli.run("inspect", "--format", "{{json .Config.Env}}", containers.getFirst().id());
  }

  @Test
  void aComponentRunsTheConfigOfEachAction() {
    HeatMachine machine = HeatMachine.create(heat, "machine-8", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("component");
    HotpodProcess agent = site.startHeatAgent("component", machine.osCollectConfig());

    heat.create("component", COMPONENT, Map.of("server", machine.id()));
    assertThat(heat.awaitEnd("component")).isEqualTo("CREATE_COMPLETE");
    assertThat(environment(instance)).contains("STAGE=created", "GREETING=one", "LAST=bye");
    assertThat(heat.output("component", "phase").asString("")).isEqualTo("Running");

    heat.update("component", COMPONENT, Map.of("server", machine.id(), "greeting", "two"));
    assertThat(heat.awaitEnd("component")).isEqualTo("UPDATE_COMPLETE");
    assertThat(environment(instance)).contains("STAGE=updated", "GREETING=two");

    assertThat(heat.act("suspend", "component")).isEqualTo("SUSPEND_COMPLETE");
    assertThat(PodmanCli.pods(instance)).isEmpty();
    assertThat(heat.act("resume", "component")).isEqualTo("RESUME_COMPLETE");
    assertThat(environment(instance)).contains("STAGE=resumed", "GREETING=two");

    assertThat(heat.delete("component")).isEqualTo("DELETE_COMPLETE");
    assertThat(PodmanCli.pods(instance)).as("Heat has waited for the pod to go").isEmpty();
    assertThat(agent.log()).doesNotContain("signalled failure");
  }

  @Test
  void aPodThatFailsIsAFailedDeploymentWithAReason() {
    HeatMachine machine = HeatMachine.create(heat, "machine-9", "POLL_SERVER_HEAT");
    site.startHeatAgent("failing", machine.osCollectConfig());

    heat.create("failing", FAILING, Map.of("server", machine.id()));
    assertThat(heat.awaitEnd("failing")).isEqualTo("CREATE_FAILED");
    assertThat(heat.statusReason("failing")).contains("non-zero status code: 1");
    JsonNode deployment = heat.deployments(machine.id()).path(0);
    assertThat(deployment.path("status").asString("")).isEqualTo("FAILED");
    assertThat(deployment.at("/output_values/deploy_stderr").asString("")).isEqualTo(WHY);
    assertThat(heat.outputs("failing"))
        .as("what a stack that failed shows of it")
        .isEqualTo(
            Api.JSON
                .createObjectNode()
                .put("phase", "Failed")
                .put("exit_code", 3)
                .put("stdout", "")
                .put("stderr", WHY)
                .put("status_code", 1));

    heat.update(
        "failing",
        FAILING,
        Map.of(
            "server", machine.id(), "outputs", "[{\"name\": \"error\", \"error_output\": true}]"));
    assertThat(heat.awaitEnd("failing")).isEqualTo("UPDATE_FAILED");
    assertThat(heat.statusReason("failing"))
        .as("an output of errors makes the reason that of the stack")
        .contains(WHY);
  }

  @Test
  void aSignalThatHeatCannotTakeOutlivesTheAgent() throws IOException {
    HeatMachine machine = HeatMachine.create(heat, "machine-10", "POLL_SERVER_HEAT");
    String instance = site.heatInstance("kept");
    HotpodProcess agent = site.startHeatAgent("kept", machine.osCollectConfig());
    Path ledger = site.agentState("kept").resolve("heat-signals.json");

    heat.stop("heat-api-cfn");
    try {
      heat.create("kept", COMPONENT, Map.of("server", machine.id()));
      Waiting.until(
          "the agent has tried in vain to signal",
          () -> agent.log().matches("(?s).*signalling Heat[^\n]*trying again.*"));
      assertThat(PodmanCli.containers(instance)).hasSize(1);
      site.kill(agent);
      assertThat(heat.status("kept")).isEqualTo("CREATE_IN_PROGRESS");
    } finally {
      heat.start("heat-api-cfn");
    }
    // Of a machine whose Podman is away nobody could tell anew that the pod is ready.
    site.startHeatAgent(
        Project.launcher(),
        "kept",
        List.of(
            "--os-collect-config",
            machine.osCollectConfig().toString(),
            "--podman-socket",
            site.directory().resolve("none.sock").toString()));

    assertThat(heat.awaitEnd("kept")).isEqualTo("CREATE_COMPLETE");
    assertThat(heat.output("kept", "phase").asString("")).isEqualTo("Running");
    Waiting.until(
        "the disk tells that Heat has it, and no longer how it is told",
        () -> {
          String kept = Files.readString(ledger);
          return kept.contains("\"delivered\":true") && !kept.contains("Signature");
        });
  }
}
