package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.document.DocumentReader;
import io.hotpod.document.Limits;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SignalTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.environment.EnvironmentJson;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stack as Heat hands it over: in snapshots, when it is exported or abandoned, and as what a new
 * stack adopts. Values of hidden parameters are left out of it, and so are those of functions in
 * metadata that cannot be worked out any more.
 */
public final class StackExport {
  private static final DocumentReader READER = new DocumentReader(Limits.DEFAULT);

  private final Definitions definitions;
  private final TemplateTypes types;

  public StackExport(Definitions definitions, TemplateTypes types) {
    this.definitions = definitions;
    this.types = types;
  }

  /** The stack as it stands, with the stacks inside it. */
  public ObjectNode of(Handle handle, Stack stack) {
    return of(handle, stack, Set.of());
  }

  /**
   * The same of a stack inside.
   *
   * @param around what the stacks around it hide and may have handed in
   */
  private ObjectNode of(Handle handle, Stack stack, Set<String> around) {
    StackDefinition definition = DefinitionTable.find(handle, stack.definitionId()).orElseThrow();
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("name", stack.name()).put("id", stack.id());
    data.put("action", stack.action().name()).put("status", stack.status().name());
    Redaction handedIn = Redaction.of(around);
    data.set("environment", handedIn.apply(environment(definition, stack)));
    ObjectNode files = data.putObject("files");
    definition.files().forEach(files::put);
    data.set(
        "template",
        handedIn.apply(READER.read(definition.templateName(), definition.template()).toJson()));
    ObjectNode resources = data.putObject("resources");
    List<ResourceRecord> records = ResourceTable.ofStack(handle, stack.id());
    Set<String> hidden = new HashSet<>(around);
    hidden.addAll(
        StackSecrets.hidden(definitions, DefinitionTable.standing(handle, stack.id()), stack));
    Metadata metadata = metadata(definition, stack, records, Redaction.of(hidden));
    current(records)
        .forEach(
            (name, resource) -> resources.set(name, resource(handle, resource, metadata, hidden)));
    data.put("project_id", stack.project()).put("stack_user_project_id", stack.project());
    ArrayNode tags = data.putArray("tags");
    stack.tags().forEach(tags::add);
    return data;
  }

  /** The newest physical resource of each name. */
  private static Map<String, ResourceRecord> current(List<ResourceRecord> all) {
    Map<String, ResourceRecord> current = new LinkedHashMap<>();
    all.stream()
        .sorted(Comparator.comparingInt(ResourceRecord::incarnation))
        .filter(resource -> resource.action() != Action.DELETE)
        .forEach(resource -> current.put(resource.name(), resource));
    return current;
  }

  /** Gives what the template says of a resource. */
  private interface Metadata {
    ObjectNode of(ResourceRecord resource);
  }

  private Metadata metadata(
      StackDefinition definition, Stack stack, List<ResourceRecord> records, Redaction redaction) {
    TemplateInstance template;
    try {
      template = definitions.instantiate(definition, stack);
    } catch (DocumentException stricter) {
      return resource -> JsonNodeFactory.instance.objectNode();
    }
    StackState state = new StackState(types.existing(), records, false);
    return resource -> redaction.apply(metadata(template, state, resource.name()));
  }

  private static ObjectNode metadata(TemplateInstance template, StackState state, String name) {
    try {
      if (template.resources().containsKey(name)
          && Facades.of(template, name, state).metadata() instanceof ObjectNode said) {
        return said;
      }
    } catch (DocumentException unfit) {
      // The same as what is not known.
      return JsonNodeFactory.instance.objectNode();
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private ObjectNode resource(
      Handle handle, ResourceRecord resource, Metadata metadata, Set<String> hidden) {
    Optional<Stack> inside =
        StackTable.find(handle, resource.id()).filter(stack -> stack.deletedAt().isEmpty());
    ObjectNode data =
        inside
            .map(stack -> of(handle, stack, hidden))
            .orElseGet(JsonNodeFactory.instance::objectNode);
    data.put("name", resource.name());
    resource
        .physicalId()
        .ifPresentOrElse(id -> data.put("resource_id", id), () -> data.putNull("resource_id"));
    data.put("type", resource.type());
    data.put("action", resource.action().name()).put("status", resource.status().name());
    ResourceType type = types.existing().of(resource);
    data.set(
        "metadata",
        type.handedOver(
            metadata.of(resource),
            type.takesSignals() ? SignalTable.ofResource(handle, resource.id()) : List.of()));
    data.set("resource_data", AdoptedResources.memory(resource));
    return data;
  }

  private ObjectNode environment(StackDefinition definition, Stack stack) {
    ObjectNode environment = EnvironmentJson.write(definition.environment());
    Map<String, String> shown =
        definitions.parameters(definition, stack.id(), stack.name(), stack.project()).display();
    hide(environment, "parameters", shown);
    hide(environment, "parameter_defaults", shown);
    return environment;
  }

  private static void hide(ObjectNode environment, String section, Map<String, String> shown) {
    if (environment.get(section) instanceof ObjectNode values) {
      for (String name : List.copyOf(values.propertyNames())) {
        if (Redaction.HIDDEN.equals(shown.get(name))) {
          values.put(name, Redaction.HIDDEN);
        }
      }
    }
  }
}
