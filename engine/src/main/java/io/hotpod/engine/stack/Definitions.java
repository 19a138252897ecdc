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
  private static final int KEPT = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Template> parsed =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Template> eldest) {
          return size() > KEPT;
        }
      };

  /**
   * @throws DocumentException when the template is refused
   */
  public Template parse(StackDefinition definition) {
    lock.lock();
    try {
      Template known = parsed.get(definition.id());
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    Template template =
        Template.parse(
            new TemplateSource(
                definition.templateName(), definition.template(), definition.files()),
            RepeatedKeys.LAST_COUNTS);
    lock.lock();
    try {
      parsed.put(definition.id(), template);
    } finally {
      lock.unlock();
    }
    return template;
  }

  /**
   * The values of the template's parameters.
   *
   * @throws DocumentException when one is unknown, missing or invalid
   */
  public Parameters parameters(
      StackDefinition definition, String stackId, String stackName, String project) {
    Template template = parse(definition);
    Map<String, JsonNode> given = new LinkedHashMap<>();
    definition
        .environment()
        .parameterDefaults()
        .forEach(
            (name, value) -> {
              if (template.parameters().containsKey(name)) {
                given.put(name, value);
              }
            });
    given.putAll(definition.environment().parameters());
    return Parameters.of(template, given, new PseudoParameters(stackId, stackName, project));
  }

  /**
   * The template with the parameters of a stack put in.
   *
   * @throws DocumentException when template or parameters are refused
   */
  public TemplateInstance instantiate(StackDefinition definition, Stack stack) {
    return parse(definition)
        .instantiate(parameters(definition, stack.id(), stack.name(), stack.project()));
  }
}
