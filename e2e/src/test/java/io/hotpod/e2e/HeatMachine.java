package io.hotpod.e2e;

import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A machine as Heat knows it.
 *
 * @param stack that has it
 * @param id of the server
 * @param osCollectConfig what is on the machine
 */
record HeatMachine(String stack, String id, Path osCollectConfig) {
  private static final String TEMPLATE =
      """
      heat_template_version: 2016-10-14
      parameters:
        transport: {type: string}
      resources:
        server:
          type: OS::Heat::DeployedServer
          properties: {software_config_transport: {get_param: transport}}
      outputs:
        id: {value: {get_resource: server}}
        config: {value: {get_attr: [server, os_collect_config]}}
      """;

  /** Makes one that is told of its deployments by a transport. */
  static HeatMachine create(StockHeat heat, String stack, String transport) {
    heat.create(stack, TEMPLATE, Map.of("transport", transport));
    String status = heat.awaitEnd(stack);
    if (!status.equals("CREATE_COMPLETE")) {
      throw new AssertionError(stack + " is " + status);
    }
    StringBuilder configuration = new StringBuilder("[DEFAULT]\ncollectors = local\n");
    heat.output(stack, "config")
        .propertyStream()
        .filter(section -> section.getValue().isObject())
        .forEach(
            section -> {
              configuration.append('[').append(section.getKey()).append("]\n");
              for (String name : section.getValue().propertyNames()) {
                JsonNode value = section.getValue().path(name);
                configuration.append(name).append(" = ").append(value.asString("")).append('\n');
              }
            });
    return new HeatMachine(
        stack,
        heat.output(stack, "id").asString(""),
        heat.file(stack + ".conf", configuration.toString()));
  }
}
