package io.hotpod.cli.template;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.stack.ParameterProblems;
import io.hotpod.cli.stack.StackSources;
import io.hotpod.document.Problem;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.template.Examination;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.environment.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A template that was read from a file and put together with what is known of its parameters.
 *
 * @param environment all environments in one
 * @param values parameters as {@code -p} gives them
 */
record LocalTemplate(
    StackSources sources,
    Environment environment,
    Map<String, String> values,
    Examination examination) {
  private static final PseudoParameters PSEUDO = new PseudoParameters("", "validate", "");

  /**
   * Reads a template and what belongs to it.
   *
   * @param values parameters as {@code -p} gives them
   * @throws io.hotpod.cli.session.CommandFailure when a file cannot be read
   */
  static LocalTemplate read(
      Session session, String file, List<String> environments, Map<String, String> values) {
    StackSources sources = StackSources.gather(session, file, environments);
    LocalEnvironment environment = new LocalEnvironment(sources);
    Examination examination =
        Examination.of(
            new TemplateSource(file, sources.template(), sources.files()),
            template -> given(template, environment.merged(template), values),
            PSEUDO);
    return new LocalTemplate(
        sources, environment.last(), Map.copyOf(values), examination.with(environment.problems()));
  }

  /**
   * The template with its parameters.
   *
   * @throws io.hotpod.cli.session.CommandFailure with every problem and its line, when it is not
   *     sound
   */
  TemplateInstance sound() {
    refuse(examination.problems());
    return examination.instance().orElseThrow();
  }

  /**
   * Refuses the template when there are problems.
   *
   * @throws io.hotpod.cli.session.CommandFailure with every problem and its line
   */
  void refuse(List<Problem> problems) {
    List<Problem> all = new ArrayList<>(sources.missing().values());
    problems.stream().filter(problem -> !followsFromMissing(problem)).forEach(all::add);
    if (!all.isEmpty()) {
      ParameterProblems parameters = new ParameterProblems(values.keySet(), sources);
      List<Problem> explained = parameters.explained(all);
      throw Problems.failure(parameters.culprit(explained), explained, sources.texts());
    }
  }

  private boolean followsFromMissing(Problem problem) {
    return sources.missing().keySet().stream().anyMatch(problem::lacksFile);
  }

  /** What a server would be given. */
  StackDefinition definition() {
    return new StackDefinition(
        "", sources.name(), sources.template(), sources.files(), environment);
  }

  private static Map<String, JsonNode> given(
      Template template, Environment environment, Map<String, String> values) {
    Map<String, JsonNode> given = environment.valuesFor(template);
    values.forEach((key, value) -> given.put(key, JsonNodeFactory.instance.stringNode(value)));
    return given;
  }
}
