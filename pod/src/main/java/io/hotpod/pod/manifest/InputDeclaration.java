package io.hotpod.pod.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One input that a config declares, by Heat's software config API.
 *
 * @param defaultValue taken when a deployment gives none; already of the declared type
 * @param description for people; may be empty
 */
public record InputDeclaration(
    String name, InputType type, Optional<JsonNode> defaultValue, String description) {
  public InputDeclaration {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(defaultValue, "defaultValue is null");
    requireNonNull(description, "description is null");
  }
}
