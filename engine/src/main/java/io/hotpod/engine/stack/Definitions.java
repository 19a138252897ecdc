package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.template.Parameters;
import io.hotpod.template.PseudoParameters;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.TemplateSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;

/** Makes templates of stored definitions; keeps the last few parsed. Thread-safe. */
public final class Definitions {
  private static final int KEPT = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<TemplateSource, Template> parsed =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TemplateSource, Template> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @throws DocumentException when the template is refused
   */
  public Template parse(StackDefinition definition) {
    return parse(
        new TemplateSource(definition.templateName(), definition.template(), definition.files()));
  }

  /**
   * The same for a text that is no stack's own.
   *
   * @throws DocumentException when the template is refused
   */
  public Template parse(TemplateSource source) {
    lock.lock();
    try {
      Template known = parsed.get(source);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    Template template = Template.parse(source, RepeatedKeys.LAST_COUNTS);
    lock.lock();
    try {
      parsed.put(source, template);
    } finally {
      lock.unlock();
    }
    return template;
  }

  /**
   * What a stack goes back to that has never been anything: a template of the same version without
   * anything in it, as in Heat. Its breakpoints stay, since they hold for what is removed now.
   *
   * @param id of the new definition
   * @throws DocumentException when the template is refused
   */
  public StackDefinition nothingOf(StackDefinition present, String id) {
    return new StackDefinition(
        id,
        present.templateName(),
        "heat_template_version: %s\nresources: {}\n".formatted(parse(present).version().date()),
        Map.of(),
        present.environment().withParameters(Map.of()));
  }

  /**
   * The values of the template's parameters.
   *
   * @throws DocumentException when one is unknown, missing or invalid
   */
  public Parameters parameters(
      StackDefinition definition, String stackId, String stackName, String project) {
    return parameters(definition, new PseudoParameters(stackId, stackName, project), true);
  }

  /**
   * The same for a stack that does not exist.
   *
   * @param complete whether a missing value is refused; otherwise it is left undecided
   * @throws DocumentException when one is unknown or invalid
   */
  Parameters parameters(StackDefinition definition, PseudoParameters pseudo, boolean complete) {
    Template template = parse(definition);
    Map<String, JsonNode> given = definition.environment().valuesFor(template);
    return complete
        ? Parameters.of(template, given, pseudo)
        : Parameters.forValidation(template, given, pseudo);
  }

  /**
   * The template with the parameters of a stack put in.
   *
   * @throws DocumentException when template or parameters are refused
   */
  public TemplateInstance instantiate(StackDefinition definition, Stack stack) {
    return instantiate(
        definition, parameters(definition, stack.id(), stack.name(), stack.project()));
  }

  /**
   * The template with parameters put in.
   *
   * @throws DocumentException when the template is refused
   */
  public TemplateInstance instantiate(StackDefinition definition, Parameters parameters) {
    Template template = parse(definition);
    return definition
        .facade()
        .map(facade -> template.instantiate(parameters, facade))
        .orElseGet(() -> template.instantiate(parameters));
  }
}
