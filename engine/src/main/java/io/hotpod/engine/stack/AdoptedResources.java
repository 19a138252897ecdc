package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.TemplateInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an adopted stack brings along: for each name the thing that stands for it already. */
final class AdoptedResources {
  private final StackTypes types;
  private final Supplier<String> ids;

  AdoptedResources(StackTypes types, Supplier<String> ids) {
    this.types = types;
    this.ids = ids;
  }

  /**
   * The records to begin with. A name without a physical id gets none, and its adoption fails.
   *
   * @param data as {@link StackExport} gives it
   */
  List<ResourceRecord> of(
      ObjectNode data, TemplateInstance template, String stackId, Operation operation) {
    List<ResourceRecord> records = new ArrayList<>();
    for (ResourceDefinition definition : template.resources().values()) {
      JsonNode given = data.path("resources").path(definition.name());
      String physicalId = given.path("resource_id").asString("");
      if (given.has("resources")) {
        throw refusal(
            definition, "is a stack; stacks inside of others cannot be adopted, only their root");
      }
      if (!physicalId.isEmpty()) {
        records.add(record(given, physicalId, template, definition, stackId, operation));
      }
    }
    return records;
  }

  private ResourceRecord record(
      JsonNode given,
      String physicalId,
      TemplateInstance template,
      ResourceDefinition definition,
      String stackId,
      Operation operation) {
    ResourceType type = types.get(definition.type(), definition.name());
    boolean sameId = type.chosenPhysicalId(physicalId).isPresent();
    if (sameId && !isUuid(physicalId)) {
      throw refusal(definition, "has no such id as a %s has".formatted(definition.type()));
    }
    Instant now = operation.acceptedAt();
    return new ResourceRecord(
        sameId ? physicalId : ids.get(),
        stackId,
        definition.name(),
        definition.type(),
        type.implementation(),
        1,
        Optional.of(physicalId),
        Action.INIT,
        Status.COMPLETE,
        "",
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        given.path("resource_data") instanceof ObjectNode own
            ? own
            : JsonNodeFactory.instance.objectNode(),
        template.dependencies(definition.name()),
        operation.definitionId().orElseThrow(),
        operation.id(),
        Optional.empty(),
        template.deletionPolicy(definition.name()) == DeletionPolicy.RETAIN,
        now,
        now);
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Stores them, unless another stack has one of them. */
  static void store(Handle handle, List<ResourceRecord> records) {
    for (ResourceRecord record : records) {
      if (ResourceTable.exists(handle, record.id())) {
        throw new EngineException(
            ErrorCode.VALIDATION_FAILED,
            "resources.%s: %s belongs to another stack; abandon that one first."
                .formatted(record.name(), record.id()));
      }
    }
    ResourceTable.saveAll(handle, records);
  }

  private static EngineException refusal(ResourceDefinition definition, String words) {
    return new EngineException(
        ErrorCode.VALIDATION_FAILED, "resources.%s %s.".formatted(definition.name(), words));
  }
}
