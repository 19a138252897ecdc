package io.hotpod.cli.template;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.Session;
import io.hotpod.document.Problem;
import io.hotpod.engine.Engines;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.kubernetes.PodWarnings;
import io.hotpod.engine.stack.DefinitionChecker;
import io.hotpod.template.Examination;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.analysis.TemplateWarnings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "validate",
    description = {
      "Check a template without a server: its form, parameters and references, the properties of",
      "its resources and their pod manifests, and the same of each template that it uses as a type.",
      "Warns of what is hardly meant: parameters that nothing uses, attributes that no resource",
      "has, references that may lead nowhere."
    })
final class ValidateTemplate implements Runnable {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The template, HOT in YAML or JSON.")
  private String file = "";

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "FILE",
      description = "A file with values for parameters; may be repeated, later ones win.")
  private List<String> environments = new ArrayList<>();

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "KEY=VALUE",
      description = "A value for a parameter; may be repeated. Those not named may be anything.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(names = "--strict", description = "Fail for warnings, too.")
  private boolean strict;

  ValidateTemplate(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    LocalTemplate local = LocalTemplate.read(session, file, environments, values);
    ResourceTypes types = Engines.offlineTypes();
    Examination examination = local.examination();
    List<Template> inner = List.of();
    if (examination.instance().isPresent()) {
      DefinitionChecker.Checked checked =
          new DefinitionChecker(types)
              .check(local.definition(), examination.instance().orElseThrow());
      inner = checked.inner();
      examination = examination.with(checked.problems()).with(repeatedKeys(inner));
    }
    local.refuse(examination.problems());
    TemplateInstance instance = local.sound();
    List<Problem> warnings = warnings(examination.template().orElseThrow(), types);
    inner.forEach(template -> warnings.addAll(warnings(template, types)));
    Map<String, String> texts = local.sources().texts();
    if (strict && !warnings.isEmpty()) {
      throw Problems.failure(file, warnings, texts);
    }
    if (session.json()) {
      session.printJson(answer(instance, warnings));
      return;
    }
    Problems.warnings(warnings, texts).forEach(session.terminal().err()::println);
    int count = instance.resources().size();
    session.print(
        file
            + ": valid, "
            + counted(count, "resource")
            + (warnings.isEmpty() ? "." : ", " + counted(warnings.size(), "warning") + "."));
  }

  /** A server reads them as Heat does; here they are mistakes in every file. */
  private static List<Problem> repeatedKeys(List<Template> inner) {
    return inner.stream().flatMap(template -> template.warnings().stream()).toList();
  }

  private static List<Problem> warnings(Template template, ResourceTypes types) {
    List<Problem> warnings =
        new ArrayList<>(
            TemplateWarnings.of(template, name -> types.find(name).map(ResourceType::schema)));
    warnings.addAll(PodWarnings.of(template));
    return warnings;
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static ObjectNode answer(TemplateInstance instance, List<Problem> warnings) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    instance.order().forEach(answer.putArray("resources")::add);
    ArrayNode list = answer.putArray("warnings");
    for (Problem warning : warnings) {
      ObjectNode shown = list.addObject();
      warning
          .location()
          .ifPresent(
              place ->
                  shown
                      .put("file", place.file())
                      .put("line", place.line())
                      .put("column", place.column()));
      shown.put("path", warning.path()).put("message", warning.message());
      warning.advice().ifPresent(advice -> shown.put("advice", advice));
    }
    return answer;
  }
}
