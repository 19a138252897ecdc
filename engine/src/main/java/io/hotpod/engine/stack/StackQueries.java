package io.hotpod.engine.stack;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.PastProperties;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.Parameters;
import io.hotpod.template.Resolution;
import io.hotpod.template.ResourceDefinition;
import io.hotpod.template.TemplateInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions about stacks; changes nothing. */
final class StackQueries {
  private static final int UUID_LENGTH = 36;

  private final Database database;
  private final TemplateTypes types;
  private final Definitions definitions;
  private final StackSecrets secrets;
  private final Wakeups wakeups;

  StackQueries(
      Database database,
      TemplateTypes types,
      Definitions definitions,
      StackSecrets secrets,
      Wakeups wakeups) {
    this.database = database;
    this.types = types;
    this.definitions = definitions;
    this.secrets = secrets;
    this.wakeups = wakeups;
  }

  Stack find(Caller caller, String nameOrId) {
    return database.read(handle -> find(handle, caller, nameOrId));
  }

  private static Stack find(Handle handle, Caller caller, String nameOrId) {
    return Optional.of(nameOrId)
        .filter(id -> id.length() == UUID_LENGTH)
        .flatMap(id -> StackTable.find(handle, id))
        .filter(stack -> stack.project().equals(caller.project()))
        .or(() -> StackTable.findByName(handle, caller.project(), nameOrId))
        .orElseThrow(() -> Acceptance.notFound(nameOrId));
  }

  Optional<Stack> inside(Caller caller, String stackId) {
    return database
        .read(handle -> StackTable.find(handle, stackId))
        .filter(stack -> stack.project().equals(caller.project()));
  }

  List<Stack> list(Caller caller, StackFilter filter) {
    return database.read(handle -> StackTable.list(handle, caller.project(), filter));
  }

  long count(Caller caller, StackFilter filter) {
    return database.read(handle -> StackTable.count(handle, caller.project(), filter));
  }

  /** A stack with what it was asked for. */
  private record Defined(Stack stack, StackDefinition definition) {}

  private Defined defined(Caller caller, String nameOrId) {
    return database.read(
        handle -> {
          Stack stack = find(handle, caller, nameOrId);
          return new Defined(
              stack,
              DefinitionTable.find(handle, stack.definitionId())
                  .orElseThrow(() -> Acceptance.notFound(nameOrId)));
        });
  }

  StackDetails details(Caller caller, String stackId, boolean resolveOutputs) {
    Defined defined = defined(caller, stackId);
    Stack stack = defined.stack();
    Parameters values =
        definitions.parameters(defined.definition(), stack.id(), stack.name(), stack.project());
    Map<String, String> parameters = values.display();
    if (!resolveOutputs
        || stack.deletedAt().isPresent()
        || definitions.parse(defined.definition()).outputs().isEmpty()) {
      return new StackDetails(stack, parameters, List.of());
    }
    TemplateInstance template = definitions.instantiate(defined.definition(), values);
    StackState state = shown(stackId);
    List<Output> outputs =
        template.outputs().values().stream()
            .map(output -> output(template, output.name(), output.description(), state))
            .toList();
    return new StackDetails(stack, parameters, outputs);
  }

  private static Output output(
      TemplateInstance template, String name, String description, StackState state) {
    JsonNode nothing = JsonNodeFactory.instance.nullNode();
    try {
      return switch (template.output(name, state)) {
        case Resolution.Known known ->
            new Output(name, description, known.value(), Optional.empty());
        case Resolution.Unknown unknown -> new Output(name, description, nothing, Optional.empty());
      };
    } catch (DocumentException e) {
      return new Output(name, description, nothing, Optional.ofNullable(e.getMessage()));
    }
  }

  StackDefinition definition(Caller caller, String stackId) {
    return defined(caller, stackId).definition();
  }

  List<ResourceRecord> resources(Caller caller, String stackId) {
    Stack stack = find(caller, stackId);
    List<ResourceRecord> current = new ArrayList<>(state(stack.id()).currents());
    List<String> order =
        database
            .read(handle -> DefinitionTable.find(handle, stack.definitionId()))
            .map(definition -> List.copyOf(definitions.parse(definition).resources().keySet()))
            .orElse(List.of());
    Map<String, Integer> places = new java.util.HashMap<>();
    order.forEach(name -> places.put(name, places.size()));
    current.sort(
        Comparator.comparingInt(
                (ResourceRecord resource) ->
                    places.getOrDefault(resource.name(), Integer.MAX_VALUE))
            .thenComparing(ResourceRecord::name));
    return List.copyOf(current);
  }

  ResourceRecord resource(Caller caller, String stackId, String name) {
    Stack stack = find(caller, stackId);
    return state(stack.id())
        .current(name)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "The Resource (%s) could not be found in Stack %s."
                        .formatted(name, stack.name())));
  }

  JsonNode attributes(Caller caller, String stackId, String name) {
    ResourceRecord resource = resource(caller, stackId, name);
    return shown(resource.stackId())
        .attributes(name)
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  ResourceDetails resourceDetails(Caller caller, String stackId) {
    Defined defined = defined(caller, stackId);
    return new ReadDetails(
        shown(defined.stack().id()), definitions.parse(defined.definition()).resources());
  }

  private record ReadDetails(StackState state, Map<String, ResourceDefinition> template)
      implements ResourceDetails {
    @Override
    public JsonNode attributes(String resourceName) {
      return state.attributes(resourceName).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    @Override
    public String description(String resourceName) {
      return Optional.ofNullable(template.get(resourceName))
          .map(ResourceDefinition::description)
          .orElse("");
    }
  }

  ObjectNode metadata(Caller caller, String stackId, String name) {
    return metadata(caller, resource(caller, stackId, name));
  }

  ObjectNode metadata(Caller caller, ResourceRecord resource) {
    return types.existing().of(resource).metadata(resource, templateMetadata(caller, resource));
  }

  /** What the newest template says; nothing for a resource that it has no more. */
  private ObjectNode templateMetadata(Caller caller, ResourceRecord resource) {
    Stack stack = find(caller, resource.stackId());
    TemplateInstance template =
        definitions.instantiate(definition(caller, resource.stackId()), stack);
    if (template.resources().containsKey(resource.name())
        && Facades.of(template, resource.name(), state(stack.id())).metadata()
            instanceof ObjectNode metadata) {
      return metadata.deepCopy();
    }
    return JsonNodeFactory.instance.objectNode();
  }

  Set<String> requiredBy(Caller caller, String stackId, String name) {
    return resources(caller, stackId).stream()
        .filter(resource -> resource.requires().contains(name))
        .map(ResourceRecord::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private StackState state(String stackId) {
    return new StackState(types.existing(), records(stackId), false);
  }

  private List<ResourceRecord> records(String stackId) {
    return database.read(handle -> ResourceTable.ofStack(handle, stackId));
  }

  /** For what people see of attributes. */
  private StackState shown(String stackId) {
    return types.shown(secrets.look()::ofStack).apply(records(stackId));
  }

  List<Event> events(Caller caller, String stackId, EventFilter filter) {
    Stack stack = find(caller, stackId);
    return wakeups
        .await(
            List.of(filter.depth() > 0 ? Topics.ALL_EVENTS : Topics.events(stack.id())),
            filter.waiting(),
            () ->
                Optional.of(database.read(handle -> list(handle, stack, filter)))
                    .filter(events -> !events.isEmpty()))
        .orElse(List.of());
  }

  private static List<Event> list(Handle handle, Stack stack, EventFilter filter) {
    return EventTable.list(handle, stack.id(), filter);
  }

  EventDetails event(Caller caller, String stackId, String eventId) {
    Stack stack = find(caller, stackId);
    return database
        .read(
            handle ->
                EventTable.find(handle, stack.id(), eventId)
                    .map(event -> new EventDetails(event, PastProperties.at(handle, event))))
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.EVENT_NOT_FOUND,
                    "The Event (%s) could not be found.".formatted(eventId)));
  }
}
