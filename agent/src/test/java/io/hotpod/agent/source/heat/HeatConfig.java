package io.hotpod.agent.source.heat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A derived software config as Heat writes it into a server's metadata, for tests. */
final class HeatConfig {
  static final String MANIFEST =
      """
      {"version": "v1beta2", "id": "web",
       "containers": [{"name": "web", "image": "docker.io/library/busybox:1"}]}\
      """;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final ObjectNode config = JsonNodeFactory.instance.objectNode();

  private HeatConfig(String id) {
    config.put("id", id);
    config.put("name", "web-config");
    config.put("group", "kubelet");
    config.put("creation_time", "2026-01-01T00:00:00Z");
    config.set("config", JSON.readTree(MANIFEST));
    config.putArray("inputs");
    config.putObject("options");
  }

  /** The deployment {@code web} of the stack {@code shop}. */
  static HeatConfig of(String id, String action) {
    return new HeatConfig(id)
        .input("deploy_action", action)
        .input("deploy_stack_id", "shop/7c2b")
        .input("deploy_resource_name", "web");
  }

  /** One that is part of no stack. */
  static HeatConfig alone(String id) {
    return new HeatConfig(id);
  }

  HeatConfig resource(String name) {
    for (JsonNode input : config.path("inputs")) {
      if (input.path("name").asString("").equals("deploy_resource_name")) {
        ((ObjectNode) input).put("value", name);
      }
    }
    return this;
  }

  HeatConfig input(String name, String value) {
    return input(name, "String", JsonNodeFactory.instance.stringNode(value));
  }

  HeatConfig input(String name, String type, JsonNode value) {
    ((ArrayNode) config.path("inputs"))
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("description", "")
        .set("value", value);
    return this;
  }

  HeatConfig manifest(String json) {
    config.set("config", JSON.readTree(json));
    return this;
  }

  HeatConfig with(String field, String json) {
    config.set(field, JSON.readTree(json));
    return this;
  }

  HeatConfig created(String time) {
    config.put("creation_time", time);
    return this;
  }

  ObjectNode json() {
    return config;
  }

  HeatDeployment read() {
    return Deployments.one(config).orElseThrow();
  }

  static ArrayNode list(HeatConfig... configs) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (HeatConfig each : configs) {
      list.add(each.json());
    }
    return list;
  }
}
