package io.hotpod.engine.resource.nested;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.Member;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.resource.group.MemberView;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Resolution;
import io.hotpod.template.TemplateInstance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers what the outer stack asks of a stack inside it; always as of now. Thread-safe. */
final class InnerStacks {
  private static final String OUTPUTS = "outputs";
  private static final String RESOURCE = "resource.";

  private final Database database;
  private final Definitions definitions;
  private final Function<List<ResourceRecord>, StackState> states;

  /**
   * @param states tells what can be asked of the resources of one stack
   */
  InnerStacks(
      Database database,
      Definitions definitions,
      Function<List<ResourceRecord>, StackState> states) {
    this.database = database;
    this.definitions = definitions;
    this.states = states;
  }

  /** A stack that is not deleted. */
  Optional<Stack> find(String id) {
    return database
        .read(handle -> StackTable.find(handle, id))
        .filter(stack -> stack.deletedAt().isEmpty());
  }

  /** Why a stack has to be looked at even if nothing about it changed. */
  Optional<String> unrest(Stack stack) {
    if (stack.status() != Status.COMPLETE) {
      return Optional.of("the stack inside is " + stack.combinedStatus());
    }
    return database.read(handle -> ResourceTable.anyMarkedInside(handle, stack.id()))
        ? Optional.of("a resource inside was marked unhealthy")
        : Optional.empty();
  }

  StackDefinition definition(Stack stack) {
    return database.read(
        handle -> DefinitionTable.find(handle, stack.definitionId()).orElseThrow());
  }

  /** Heat's name of the stack across services. */
  Optional<String> resourceName(String id) {
    return find(id)
        .map(
            stack ->
                "arn:openstack:heat::%s:stacks/%s/%s"
                    .formatted(stack.project(), stack.name(), stack.id()));
  }

  Set<String> outputNames(String id) {
    return find(id)
        .map(stack -> definitions.parse(definition(stack)).outputs().keySet())
        .orElse(Set.of());
  }

  /**
   * An output; {@code outputs} for all in a map; {@code resource.NAME} for the reference id of a
   * resource inside, {@code resource.NAME.ATTRIBUTE} for an attribute of it.
   *
   * @return empty while it is not known
   */
  Optional<JsonNode> attribute(String id, String name) {
    if (name.startsWith(RESOURCE)) {
      return ofResource(id, name.substring(RESOURCE.length()), List.of());
    }
    Optional<JsonNode> output = output(id, name);
    return output.isEmpty() && name.equals(OUTPUTS) ? outputs(id) : output;
  }

  /**
   * What is asked of a resource inside.
   *
   * @param name of the resource, for its reference id; or with a dot and an attribute after it
   * @param path inside the attribute
   */
  Optional<JsonNode> ofResource(String id, String name, List<JsonNode> path) {
    StackState state = state(id);
    if (state.current(name).isPresent()) {
      return state.referenceId(name);
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : state.attribute(name.substring(0, dot), name.substring(dot + 1), path);
  }

  /** What there is of a group. */
  GroupState group(ResourceRecord resource, boolean creating) {
    Optional<Stack> stack = find(resource.id());
    if (stack.isEmpty()) {
      return new GroupState(List.of(), resource.data(), id -> Optional.empty(), creating);
    }
    StackState state = state(resource.id());
    List<Member> members = new ArrayList<>();
    MemberTemplate.read(definition(stack.orElseThrow()).template())
        .forEach((name, definition) -> members.add(member(name, definition, state)));
    return new GroupState(members, resource.data(), id -> named(id, state), creating);
  }

  private static Member member(String name, JsonNode definition, StackState state) {
    Optional<ResourceRecord> record = state.current(name);
    return new Member(
        name,
        definition,
        record.map(ResourceRecord::createdAt).orElse(Instant.MAX),
        record.map(each -> each.status() == Status.FAILED).orElse(false));
  }

  private static Optional<String> named(String referenceId, StackState state) {
    JsonNode wanted = JsonNodeFactory.instance.stringNode(referenceId);
    return state.currents().stream()
        .map(ResourceRecord::name)
        .filter(name -> state.referenceId(name).filter(wanted::equals).isPresent())
        .findFirst();
  }

  /** What can be asked of the members of a group. */
  MemberView members(ResourceRecord resource) {
    StackState state = state(resource.id());
    List<String> names =
        find(resource.id())
            .map(stack -> List.copyOf(definitions.parse(definition(stack)).resources().keySet()))
            .orElse(List.of());
    return new MemberView(
        names.stream().filter(name -> state.current(name).isPresent()).toList(),
        state,
        resource.data());
  }

  private StackState state(String id) {
    return states.apply(database.read(handle -> ResourceTable.ofStack(handle, id)));
  }

  /** The value of an output; empty when there is no such output, or it is not known yet. */
  Optional<JsonNode> output(String id, String name) {
    return find(id)
        .flatMap(
            stack -> {
              StackDefinition definition = definition(stack);
              // Most stacks lack most outputs that are asked for, and knowing that costs little.
              return definitions.parse(definition).outputs().containsKey(name)
                  ? output(definitions.instantiate(definition, stack), state(id), name)
                  : Optional.empty();
            });
  }

  /** All outputs in a map, null where not known. */
  Optional<JsonNode> outputs(String id) {
    return find(id)
        .map(
            stack -> {
              TemplateInstance instance = definitions.instantiate(definition(stack), stack);
              StackState state = state(id);
              ObjectNode all = JsonNodeFactory.instance.objectNode();
              for (String name : instance.outputs().keySet()) {
                all.set(
                    name,
                    output(instance, state, name).orElseGet(JsonNodeFactory.instance::nullNode));
              }
              return all;
            });
  }

  private static Optional<JsonNode> output(
      TemplateInstance instance, StackState state, String name) {
    try {
      return switch (instance.output(name, state)) {
        case Resolution.Known known -> Optional.of(known.value());
        case Resolution.Unknown _ -> Optional.empty();
      };
    } catch (DocumentException refused) {
      // Heat gives null where a value cannot be worked out; the inner stack itself tells why.
      return Optional.of(JsonNodeFactory.instance.nullNode());
    }
  }
}
