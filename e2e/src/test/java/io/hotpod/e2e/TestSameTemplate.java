package io.hotpod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * One template file on a server of ours and, with the environment for it, on an unchanged OpenStack
 * Heat, by the same client.
 */
@Tag("heat")
final class TestSameTemplate {
  /** All resource types of ours; the outputs are those that do not name a place or a moment. */
  private static final String TEMPLATE =
      """
      heat_template_version: 2016-10-14
      parameters:
        server: {type: string}
        servers: {type: json}
        greeting: {type: string, default: one}
      resources:
        config:
          type: OS::Kubernetes::PodConfig
          properties:
            inputs: [{name: greeting}, {name: grace, type: Number, default: 1}]
            manifest:
              apiVersion: v1
              kind: Pod
              metadata: {name: web}
              spec:
                terminationGracePeriodSeconds: {get_input: grace}
                containers:
                  - name: web
                    image: %s
                    imagePullPolicy: Never
                    command: [sh, -c, "trap 'exit 0' TERM; sleep 86400 & wait"]
                    env: [{name: GREETING, value: {get_input: greeting}}]
                    readinessProbe: {exec: {command: ["true"]}, periodSeconds: 1}
        one:
          type: OS::Kubernetes::PodDeployment
          properties:
            server: {get_param: server}
            config: {get_resource: config}
            name: single
            timeout: 300
            input_values: {greeting: {get_param: greeting}}
        each:
          type: OS::Kubernetes::PodDeploymentGroup
          depends_on: one
          properties:
            servers: {get_param: servers}
            config: {get_resource: config}
            wait_for: RUNNING
            input_values: {greeting: {get_param: greeting}}
      outputs:
        images: {value: {get_attr: [config, images]}}
        names: {value: {get_attr: [config, containers]}}
        phase: {value: {get_attr: [one, phase]}}
        conditions: {value: {get_attr: [one, conditions]}}
        host: {value: {get_attr: [one, host_ip]}}
        restarts: {value: {get_attr: [one, restart_count]}}
        container: {value: {get_attr: [one, containers, 0, name]}}
        image: {value: {get_attr: [one, containers, 0, image_id]}}
        state: {value: {get_attr: [one, containers, 0, state]}}
        ready: {value: {get_attr: [one, containers, 0, ready]}}
        errors: {value: {get_attr: [one, deploy_stderr]}}
        code: {value: {get_attr: [one, deploy_status_code]}}
        phases: {value: {get_attr: [each, phase]}}
        hosts: {value: {get_attr: [each, host_ip]}}
        all_errors: {value: {get_attr: [each, deploy_stderrs]}}
        codes: {value: {get_attr: [each, deploy_status_codes]}}
      """
          .formatted(TestImage.NAME);

  @RegisterExtension private final Sites sites = Sites.ofEachTest("same-template");

  private static List<String> ids(String instance) {
    return PodmanCli.containers(instance).stream().map(PodmanContainer::id).toList();
  }

  /** Type and status of each resource by name. */
  private static Map<String, String> resources(JsonNode list) {
    Map<String, String> resources = new TreeMap<>();
    for (JsonNode each : list) {
      resources.put(
          each.path("resource_name").asString(""),
          each.path("resource_type").asString("")
              + " "
              + each.path("resource_status").asString(""));
    }
    return resources;
  }

  @Test
  void runsThroughTheSameLifeHereAndOnHeat() {
    Site site = sites.open();
    StockHeat heat = new StockHeat(site.directory());
    HeatMachine machine = HeatMachine.create(heat, "machine-13", "POLL_SERVER_HEAT");
    String there = site.heatInstance("there");
    site.startHeatAgent("there", machine.osCollectConfig());
    site.startDev(1);
    String instance = site.instanceId("local-1");
    OpenstackCli client =
        new OpenstackCli(
            Map.of("OS_AUTH_TYPE", "none", "OS_ENDPOINT", site.api().server() + "/v1/default"),
            site.directory());
    Path template = heat.file("same.yaml", TEMPLATE);
    Stacks stacks = site.stacks();

    client.run(here("create", template, "one")).successful();
    assertThat(heat.apply("create", "same", template, parameters(machine.id(), "one")))
        .isEqualTo("CREATE_COMPLETE");
    stacks.await("same", "CREATE_COMPLETE");
    JsonNode created = heat.outputs("same");
    assertThat(created).isEqualTo(stacks.outputs("same"));
    assertThat(created.path("phases").path("a").asString("")).isEqualTo("Running");
    assertThat(resources(heat.resources("same"))).isEqualTo(resources(stacks.resources("same")));
    List<String> firstThere = ids(there);
    List<String> firstHere = ids(instance);
    assertThat(firstThere).hasSameSizeAs(firstHere).hasSize(2);

    client.run(here("update", template, "two")).successful();
    assertThat(heat.apply("update", "same", template, parameters(machine.id(), "two")))
        .isEqualTo("UPDATE_COMPLETE");
    stacks.await("same", "UPDATE_COMPLETE");
    assertThat(heat.outputs("same")).isEqualTo(stacks.outputs("same"));
    Map<String, String> updatedThere = resources(heat.resources("same"));
    assertThat(updatedThere.replace("config", "OS::Kubernetes::PodConfig CREATE_COMPLETE"))
        .as("Heat looks into each template on an update, also where nothing changes")
        .isEqualTo("OS::Kubernetes::PodConfig UPDATE_COMPLETE");
    assertThat(updatedThere).isEqualTo(resources(stacks.resources("same")));
    assertThat(ids(there)).hasSize(2).doesNotContainAnyElementsOf(firstThere);
    assertThat(ids(instance)).hasSize(2).doesNotContainAnyElementsOf(firstHere);

    stacks.deleteAndAwait("same");
    assertThat(heat.delete("same")).isEqualTo("DELETE_COMPLETE");
    assertThat(ids(there)).isEmpty();
    assertThat(ids(instance)).isEmpty();
  }

  private static String[] parameters(String server, String greeting) {
    return new String[] {
      "--parameter",
      "server=" + server,
      "--parameter",
      "servers={\"a\": \"" + server + "\"}",
      "--parameter",
      "greeting=" + greeting
    };
  }

  /** Here the template needs no environment. */
  private static String[] here(String verb, Path template, String greeting) {
    return Stream.of(
            List.of("stack", verb, "-t", template.toString()),
            List.of(parameters("local-1", greeting)),
            List.of("same"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}
