package io.hotpod.engine.config;

import io.hotpod.engine.signal.SignalAccess;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.signal.SignalTransport;
import io.hotpod.engine.signal.SignedPurpose;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Software configs as Heat's API and the metadata of machines show them. What is needed to signal
 * stands only in what a machine gets, and is made when it is asked for. Thread-safe.
 */
public final class ConfigDocuments {
  private final SoftwareDeployments deployments;
  private final SignalAccess access;

  public ConfigDocuments(SoftwareDeployments deployments, SignalAccess access) {
    this.deployments = deployments;
    this.access = access;
  }

  /** A config without what is needed to signal. */
  public static ObjectNode shown(SoftwareConfig config) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.put("id", config.id()).put("name", config.name()).put("group", config.group());
    shown.set("config", config.config());
    shown.set("inputs", config.inputs());
    shown.set("outputs", config.outputs());
    shown.set("options", config.options());
    shown.put("creation_time", config.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
    return shown;
  }

  /** Everything that a machine has to work on, in that order. */
  public ArrayNode machine(String project, String serverId) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (SoftwareConfig config : deployments.configsFor(project, serverId)) {
      list.add(shown(config.withInputs(withSignal(config))));
    }
    return list;
  }

  private ArrayNode withSignal(SoftwareConfig config) {
    ArrayNode inputs = config.inputs();
    Optional<SignalTarget> target = config.resourceId().flatMap(access::byId);
    if (target.isEmpty()) {
      return inputs;
    }
    ArrayNode all = inputs.deepCopy();
    String transport = value(inputs, DerivedInputs.TRANSPORT);
    SignalTransport.named(transport)
        .ifPresent(way -> addSignal(all, way, target.get(), config.id()));
    return all;
  }

  private static String value(ArrayNode inputs, String name) {
    for (JsonNode input : inputs) {
      if (input.path("name").asString("").equals(name)) {
        return input.path("value").asString("");
      }
    }
    return "";
  }

  private void addSignal(
      ArrayNode inputs, SignalTransport transport, SignalTarget target, String round) {
    switch (transport) {
      case CFN_SIGNAL ->
          addUrl(inputs, access.signedUrl(target, SignedPurpose.SIGNAL, round), "POST");
      case TEMP_URL_SIGNAL ->
          addUrl(inputs, access.signedUrl(target, SignedPurpose.OBJECT, round), "PUT");
      case HEAT_SIGNAL, TOKEN_SIGNAL -> {
        add(inputs, "auth_url", access.authUrl(), "URL for API authentication");
        add(inputs, "username", target.resourceName(), "Username for API authentication");
        add(inputs, "user_id", access.userId(target), "User ID for API authentication");
        add(inputs, "password", access.password(target, round), "Password for API authentication");
        add(inputs, "project_id", target.project(), "ID of project for API authentication");
      }
      case NO_SIGNAL -> {}
    }
  }

  private static void addUrl(ArrayNode inputs, String url, String verb) {
    add(inputs, "signal_id", url, "ID of signal to use for signaling output values");
    add(inputs, "signal_verb", verb, "HTTP verb to use for signaling output values");
  }

  private static void add(ArrayNode inputs, String name, String value, String description) {
    inputs.add(DerivedInputs.text("deploy_" + name, value, description));
  }
}
