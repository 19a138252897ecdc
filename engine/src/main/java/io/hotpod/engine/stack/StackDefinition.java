package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.ResourceFacade;
import io.hotpod.template.environment.Environment;
import java.util.Map;
import java.util.Optional;

/**
 * A template with its files and environment, as it was asked for. Immutable, stored once.
 *
 * @param facade the resource that the stack is inside of, for {@code resource_facade}
 */
public record StackDefinition(
    String id,
    String templateName,
    String template,
    Map<String, String> files,
    Environment environment,
    Optional<ResourceFacade> facade) {
  public StackDefinition {
    requireNonNull(id, "id is null");
    requireNonNull(templateName, "templateName is null");
    requireNonNull(template, "template is null");
    files = Map.copyOf(files);
    requireNonNull(environment, "environment is null");
    requireNonNull(facade, "facade is null");
  }

  /** The definition of a stack that is no resource of another. */
  public StackDefinition(
      String id,
      String templateName,
      String template,
      Map<String, String> files,
      Environment environment) {
    this(id, templateName, template, files, environment, Optional.empty());
  }
}
