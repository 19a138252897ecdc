package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.signal.StoredSignal;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SignalTable;
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
public final class AdoptedResources {
  /** What the record of a stack inside another remembers until the stack is taken in. */
  private static final String INSIDE = "adopt";

  private final StackTypes types;
  private final Supplier<String> ids;

  public AdoptedResources(StackTypes types, Supplier<String> ids) {
    this.types = types;
    this.ids = ids;
  }

  /**
   * What there is to begin with. A name without a physical id gets none, and its adoption fails.
   *
   * @param data as {@link StackExport} gives it
   */
  public List<Adopted> of(
      JsonNode data, TemplateInstance template, String stackId, Operation operation) {
    List<Adopted> records = new ArrayList<>();
    for (ResourceDefinition definition : template.resources().values()) {
      JsonNode given = data.path("resources").path(definition.name());
      String physicalId = given.path("resource_id").asString("");
      if (given.has("resources") && !isStack(definition)) {
        throw refusal(
            definition, "is a stack in the data and is none as a %s".formatted(definition.type()));
      }
      if (!physicalId.isEmpty()) {
        records.add(
            new Adopted(
                record(given, physicalId, template, definition, stackId, operation),
                signals(given, definition)));
      }
    }
    return records;
  }

  /** A resource, and what was signalled to it. */
  public record Adopted(ResourceRecord record, List<StoredSignal> signals) {}

  private List<StoredSignal> signals(JsonNode given, ResourceDefinition definition) {
    return given.path("metadata") instanceof ObjectNode metadata
        ? types.get(definition.type(), definition.name()).takenOver(metadata)
        : List.of();
  }

  private ResourceRecord record(
      JsonNode given,
      String physicalId,
      TemplateInstance template,
      ResourceDefinition definition,
      String stackId,
      Operation operation) {
    ResourceType type = types.get(definition.type(), definition.name());
    // The stack that held what is inside is gone for good; what is inside moves to another.
    boolean stack = isStack(definition);
    boolean sameId = !stack && type.chosenPhysicalId(physicalId).isPresent();
    if (sameId && !isUuid(physicalId)) {
      throw refusal(definition, "has no such id as a %s has".formatted(definition.type()));
    }
    Instant now = operation.acceptedAt();
    String id = sameId ? physicalId : ids.get();
    return new ResourceRecord(
        id,
        stackId,
        definition.name(),
        definition.type(),
        type.implementation(),
        1,
        Optional.of(stack ? id : physicalId),
        Action.INIT,
        Status.COMPLETE,
        "",
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        data(given, stack),
        template.dependencies(definition.name()),
        operation.definitionId().orElseThrow(),
        operation.id(),
        Optional.empty(),
        template.deletionPolicy(definition.name()) == DeletionPolicy.RETAIN,
        now,
        now);
  }

  private boolean isStack(ResourceDefinition definition) {
    return types
        .get(definition.type(), definition.name())
        .implementation()
        .startsWith(ResourceRecord.TEMPLATE);
  }

  private static ObjectNode data(JsonNode given, boolean stack) {
    ObjectNode data =
        given.path("resource_data") instanceof ObjectNode own
            ? own.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    if (stack) {
      data.putObject(INSIDE).set("resources", given.path("resources"));
    }
    return data;
  }

  /** What a record brings along for the stack inside it, as {@link #of} takes it. */
  public static JsonNode inside(ResourceRecord resource) {
    return resource.data().path(INSIDE);
  }

  /**
   * What stays when a resource is forgotten before it was taken in.
   *
   * @param outside whether there is something outside of what the type makes
   * @return ids; of what is inside with the path to it
   */
  public static List<String> staying(ResourceRecord resource, boolean outside) {
    List<String> staying = new ArrayList<>();
    if (outside && resource.nestedStackId().isEmpty()) {
      resource.physicalId().ifPresent(staying::add);
    }
    collect(inside(resource), "", staying);
    return List.copyOf(staying);
  }

  private static void collect(JsonNode stack, String path, List<String> staying) {
    stack
        .path("resources")
        .propertyStream()
        .forEach(
            entry -> {
              JsonNode given = entry.getValue();
              String id = given.path("resource_id").asString("");
              if (given.has("resources")) {
                collect(given, path + entry.getKey() + ".", staying);
              } else if (!id.isEmpty()) {
                staying.add("%s%s (%s)".formatted(path, entry.getKey(), id));
              }
            });
  }

  /** What a record remembers besides. */
  public static ObjectNode memory(ResourceRecord resource) {
    ObjectNode data = resource.data().deepCopy();
    data.remove(INSIDE);
    return data;
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Stores them, unless another stack has one of them. */
  public static void store(Handle handle, List<Adopted> adopted) {
    for (Adopted each : adopted) {
      ResourceRecord record = each.record();
      if (ResourceTable.exists(handle, record.id())) {
        throw new EngineException(
            ErrorCode.VALIDATION_FAILED,
            "resources.%s: %s belongs to another stack; abandon that one first."
                .formatted(record.name(), record.id()));
      }
    }
    ResourceTable.saveAll(handle, adopted.stream().map(Adopted::record).toList());
    for (Adopted each : adopted) {
      each.signals()
          .forEach(
              signal ->
                  SignalTable.save(handle, each.record().id(), signal, each.record().createdAt()));
    }
  }

  private static EngineException refusal(ResourceDefinition definition, String words) {
    return new EngineException(
        ErrorCode.VALIDATION_FAILED, "resources.%s %s.".formatted(definition.name(), words));
  }
}
