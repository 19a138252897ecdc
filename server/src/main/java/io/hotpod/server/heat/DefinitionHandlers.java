package io.hotpod.server.heat;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Environment;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.StackDetails;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import tools.jackson.databind.node.ObjectNode;

/** What a stack was asked for: its template, environment and files. */
final class DefinitionHandlers {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
  private static final String HIDDEN = "******";

  private final StackService stacks;
  private final Callers callers;

  DefinitionHandlers(StackService stacks, Callers callers) {
    this.stacks = stacks;
    this.callers = callers;
  }

  Response template(Request request) {
    StackDefinition definition = definition(request);
    return Response.json(
        200, READER.read(definition.templateName(), definition.template()).toJson());
  }

  Response environment(Request request) {
    Caller caller = callers.of(request);
    String id = Stacks.any(stacks, caller, request).id();
    Environment environment = stacks.definition(caller, id).environment();
    StackDetails details = stacks.details(caller, id, false);
    ObjectNode body = Json.object();
    ObjectNode parameters = body.putObject("parameters");
    environment
        .parameters()
        .forEach(
            (name, value) -> {
              if (HIDDEN.equals(details.parameters().get(name))) {
                parameters.put(name, HIDDEN);
              } else {
                parameters.set(name, value);
              }
            });
    ObjectNode defaults = body.putObject("parameter_defaults");
    environment
        .parameterDefaults()
        .forEach(
            (name, value) -> {
              if (HIDDEN.equals(details.parameters().get(name))) {
                defaults.put(name, HIDDEN);
              } else {
                defaults.set(name, value);
              }
            });
    body.putObject("resource_registry").putObject("resources");
    body.putArray("event_sinks");
    body.putArray("encrypted_param_names");
    return Response.json(200, body);
  }

  Response files(Request request) {
    ObjectNode body = Json.object();
    definition(request).files().forEach(body::put);
    return Response.json(200, body);
  }

  private StackDefinition definition(Request request) {
    Caller caller = callers.of(request);
    return stacks.definition(caller, Stacks.any(stacks, caller, request).id());
  }
}
