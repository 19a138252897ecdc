package io.hotpod.engine.stack;

import static java.util.Objects.requireNonNull;

import io.hotpod.template.environment.Environment;
import java.util.Map;

/** A template with its files and environment, as it was asked for. Immutable, stored once. */
public record StackDefinition(
    String id,
    String templateName,
    String template,
    Map<String, String> files,
    Environment environment) {
  public StackDefinition {
    requireNonNull(id, "id is null");
    requireNonNull(templateName, "templateName is null");
    requireNonNull(template, "template is null");
    files = Map.copyOf(files);
    requireNonNull(environment, "environment is null");
  }
}
