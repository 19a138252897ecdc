package io.hotpod.cli.stack;

import io.hotpod.cli.client.ApiException;
import io.hotpod.cli.output.Problems;
import io.hotpod.document.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a template, its environments and its parameters come from. picocli fills the fields. */
final class StackOptions {
  @Option(
      names = {"-t", "--template"},
      paramLabel = "FILE",
      required = true,
      description = "The template, HOT in YAML or JSON.")
  String template = "";

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "FILE",
      description = "A file with values for parameters; may be repeated, later ones win.")
  List<String> environments = new ArrayList<>();

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "KEY=VALUE",
      description = "A value for a parameter; may be repeated.")
  Map<String, String> parameters = new LinkedHashMap<>();

  /** The request's body, all but the name of the stack. */
  ObjectNode body(StackSources sources) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("template", sources.template());
    body.put("template_name", sources.name());
    ObjectNode files = body.putObject("files");
    sources.files().forEach(files::put);
    if (!sources.environments().isEmpty()) {
      sources.environments().forEach(body.putArray("environment_files")::add);
    }
    ObjectNode values = body.putObject("parameters");
    parameters.forEach(values::put);
    return body;
  }

  /** The server's refusal, with each problem where it comes from. */
  RuntimeException refused(ApiException refusal, StackSources sources) {
    if (refusal.problems().isEmpty()) {
      return refusal;
    }
    ParameterProblems parameterProblems = new ParameterProblems(parameters.keySet(), sources);
    List<Problem> problems = parameterProblems.explained(refusal.problems());
    return Problems.failure(parameterProblems.culprit(problems), problems, sources.texts());
  }
}
