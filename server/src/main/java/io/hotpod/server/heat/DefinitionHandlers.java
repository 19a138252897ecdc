package io.hotpod.server.heat;

import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.StackDetails;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentJson;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a stack was asked for: its template, environment and files. */
final class DefinitionHandlers {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);
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
    ObjectNode body = EnvironmentJson.write(environment);
    hide(body, "parameters", details);
    hide(body, "parameter_defaults", details);
    return Response.json(200, body);
  }

  private static void hide(ObjectNode environment, String section, StackDetails details) {
    if (environment.get(section) instanceof ObjectNode values) {
      for (String name : List.copyOf(values.propertyNames())) {
        if (Redaction.HIDDEN.equals(details.parameters().get(name))) {
          values.put(name, Redaction.HIDDEN);
        }
      }
    }
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
