package io.hotpod.server.heat;

import io.hotpod.document.DocumentException;
import io.hotpod.document.Problem;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.server.http.ApiException;
import io.hotpod.server.http.Callers;
import io.hotpod.server.http.Handler;
import io.hotpod.server.http.Json;
import io.hotpod.server.http.Request;
import io.hotpod.server.http.Response;
import io.hotpod.template.Template;
import io.hotpod.template.environment.Environment;
import io.hotpod.template.environment.EnvironmentJson;
import io.hotpod.template.environment.ParameterTypes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Checks a template and tells which parameters it takes. */
final class ValidateHandler implements Handler {
  /** The one error that Heat can be told to ignore. */
  private static final String SERVICE_UNAVAILABLE = "99001";

  private final StackService stacks;
  private final Callers callers;
  private final StackRequestReader requests;

  ValidateHandler(StackService stacks, Callers callers, StackRequestReader requests) {
    this.stacks = stacks;
    this.callers = callers;
    this.requests = requests;
  }

  @Override
  public Response handle(Request request) {
    boolean showNested = request.query().flag("show_nested", false);
    refuseUnknownCodes(request.query().all("ignore_errors"));
    StackRequest wanted = requests.read(request.requiredBody());
    StackHandlers.requireTemplate(wanted);
    Template template = stacks.validate(callers.of(request), wanted);
    Environment environment = merged(wanted, template);
    ObjectNode body = NestedParameters.own(template, environment);
    if (showNested) {
      ObjectNode nested = new NestedParameters(wanted.files()).of(template, environment);
      if (!nested.isEmpty()) {
        body.set("NestedParameters", nested);
      }
    }
    body.set("Environment", environment(environment, template));
    List<String> warnings = warnings(wanted, template);
    if (!warnings.isEmpty()) {
      body.set("Warnings", Json.strings(warnings));
    }
    return Response.json(200, body);
  }

  /** What Heat reads without a word: clients that do not know the field pass it over. */
  private static List<String> warnings(StackRequest wanted, Template template) {
    return Stream.concat(
            template.warnings().stream(),
            wanted.environment().files().stream().flatMap(file -> file.warnings().stream()))
        .map(Problem::toString)
        .toList();
  }

  /**
   * What may be away without being missed: nothing is, because no type here needs another service.
   *
   * @throws ApiException for a code that is none of Heat's
   */
  private static void refuseUnknownCodes(List<String> codes) {
    List<String> unknown =
        codes.stream()
            .flatMap(list -> Arrays.stream(list.split(",", -1)))
            .map(String::strip)
            .filter(code -> !code.isEmpty() && !code.equals(SERVICE_UNAVAILABLE))
            .toList();
    if (!unknown.isEmpty()) {
      throw ApiException.badRequest("Invalid codes in ignore_errors : " + unknown);
    }
  }

  private static Environment merged(StackRequest wanted, Template template) {
    try {
      return wanted
          .environment()
          .merged(wanted.environment().needsTypes() ? ParameterTypes.of(template) : Map.of());
    } catch (DocumentException refusal) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, refusal);
    }
  }

  private static ObjectNode environment(Environment environment, Template template) {
    ObjectNode body = EnvironmentJson.write(environment);
    body.remove("encrypted_param_names");
    for (String section : List.of("parameters", "parameter_defaults")) {
      if (body.get(section) instanceof ObjectNode values) {
        template.parameters().values().stream()
            .filter(parameter -> parameter.hidden() && values.has(parameter.name()))
            .forEach(parameter -> values.put(parameter.name(), Redaction.HIDDEN));
      }
    }
    return body;
  }
}
