package io.hotpod.server.heat;

import io.hotpod.engine.secret.Redaction;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.RequestFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a create takes over from {@code adopt_stack_data}.
 *
 * @param body the request with what it leaves out put in from the data
 * @param data what export or abandon of a stack gave
 */
record AdoptedStack(ObjectNode body, ObjectNode data) {
  private static final String DATA = "adopt_stack_data";
  private static final String ENVIRONMENT = "environment";
  private static final String PARAMETERS = "parameters";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Empty for a request that adopts nothing. */
  static Optional<AdoptedStack> of(ObjectNode body) {
    return RequestFields.value(body, DATA)
        .map(AdoptedStack::read)
        .map(data -> new AdoptedStack(completed(body, data), data));
  }

  private static ObjectNode read(JsonNode value) {
    try {
      JsonNode data = value.isString() ? MAPPER.readTree(value.stringValue()) : value;
      if (data instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw ApiException.badRequest("\"adopt_stack_data\" is not valid JSON.");
    }
    throw ApiException.badRequest("\"adopt_stack_data\" takes a JSON object.");
  }

  private static ObjectNode completed(ObjectNode body, ObjectNode data) {
    ObjectNode completed = body.deepCopy();
    completed.remove(DATA);
    if (RequestFields.value(body, "template").isEmpty() && data.path("template").isObject()) {
      completed.set("template", data.path("template"));
    }
    ObjectNode files = Json.object();
    data.path("files").propertyStream().forEach(file -> files.set(file.getKey(), file.getValue()));
    body.path("files").propertyStream().forEach(file -> files.set(file.getKey(), file.getValue()));
    completed.set("files", files);
    if (!hasEnvironment(body) && data.path(ENVIRONMENT).isObject()) {
      completed.set(ENVIRONMENT, environment(data.path(ENVIRONMENT), body.path(PARAMETERS)));
    }
    return completed;
  }

  /** The stock client sends an empty map when it was given none. */
  private static boolean hasEnvironment(ObjectNode body) {
    return !body.path("environment_files").isEmpty()
        || RequestFields.value(body, ENVIRONMENT).filter(value -> !saysNothing(value)).isPresent();
  }

  private static boolean saysNothing(JsonNode environment) {
    return environment.isString() ? environment.stringValue().isBlank() : environment.isEmpty();
  }

  private static ObjectNode environment(JsonNode exported, JsonNode given) {
    ObjectNode environment = Json.object();
    List<String> missing = new ArrayList<>();
    for (String section : List.of(PARAMETERS, "parameter_defaults")) {
      ObjectNode values = environment.putObject(section);
      exported
          .path(section)
          .propertyStream()
          .forEach(
              entry -> {
                if (!entry.getValue().asString("").equals(Redaction.HIDDEN)) {
                  values.set(entry.getKey(), entry.getValue());
                } else if (!given.has(entry.getKey())) {
                  missing.add(entry.getKey());
                }
              });
    }
    if (!missing.isEmpty()) {
      throw ApiException.badRequest(
          "The export leaves out what is hidden; give these parameters with the adoption: "
              + String.join(", ", missing));
    }
    if (exported.path("resource_registry").isObject()) {
      environment.set("resource_registry", exported.path("resource_registry"));
    }
    return environment;
  }
}
