package io.hotpod.cli.template;

import io.hotpod.cli.output.Problems;
import io.hotpod.cli.session.Session;
import io.hotpod.cli.stack.StackSources;
import io.hotpod.document.DocumentException;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "validate",
    description = {
      "Check a template without a server: its form, parameters and references.",
      "Properties of resources and pod manifests are checked by 'hotpod stack plan'."
    })
final class ValidateTemplate implements Runnable {
  private static final PseudoParameters PSEUDO = new PseudoParameters("", "validate", "");

  private final Session session;

  @picocli.CommandLine.Parameters(
      paramLabel = "FILE",
      description = "The template, HOT in YAML or JSON.")
  private String file = "";

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "KEY=VALUE",
      description = "A value for a parameter; may be repeated. Those not named may be anything.")
  private Map<String, String> values = new LinkedHashMap<>();

  ValidateTemplate(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    StackSources sources = StackSources.read(session, file, List.of());
    TemplateInstance instance;
    try {
      Template template =
          Template.parse(new TemplateSource(file, sources.template(), sources.files()));
      instance = template.instantiate(Parameters.forValidation(template, given(), PSEUDO));
    } catch (DocumentException refusal) {
      throw Problems.failure(file, refusal.problems(), sources.texts());
    }
    if (session.json()) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      instance.order().forEach(answer.putArray("resources")::add);
      session.printJson(answer);
    } else {
      int count = instance.resources().size();
      session.print(file + ": valid, " + count + (count == 1 ? " resource." : " resources."));
    }
  }

  private Map<String, JsonNode> given() {
    Map<String, JsonNode> given = new LinkedHashMap<>();
    values.forEach((key, value) -> given.put(key, JsonNodeFactory.instance.stringNode(value)));
    return given;
  }
}
