package io.hotpod.engine.resource.nested;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.template.Resolution;
import io.hotpod.template.TemplateInstance;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers what the outer stack asks of a stack inside it; always as of now. Thread-safe. */
final class InnerStacks {
  private static final String OUTPUTS = "outputs";
  private static final String RESOURCE = "resource.";

  private final Database database;
  private final Definitions definitions;
  private final TemplateTypes types;

  InnerStacks(Database database, Definitions definitions, TemplateTypes types) {
    this.database = database;
    this.definitions = definitions;
    this.types = types;
  }

  /** A stack that is not deleted. */
  Optional<Stack> find(String id) {
    return database
        .read(handle -> StackTable.find(handle, id))
        .filter(stack -> stack.deletedAt().isEmpty());
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
      return ofResource(id, name.substring(RESOURCE.length()));
    }
    Optional<JsonNode> output = output(id, name);
    return output.isEmpty() && name.equals(OUTPUTS) ? outputs(id) : output;
  }

  private Optional<JsonNode> ofResource(String id, String path) {
    StackState state = state(id);
    if (state.current(path).isPresent()) {
      return state.referenceId(path);
    }
    int dot = path.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : state.attribute(path.substring(0, dot), path.substring(dot + 1));
  }

  private StackState state(String id) {
    return new StackState(
        types.existing(), database.read(handle -> ResourceTable.ofStack(handle, id)), false);
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

  private Optional<JsonNode> outputs(String id) {
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
