package io.hotpod.engine.resource.nested;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.GroupType;
import io.hotpod.engine.resource.group.Round;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.AdoptedResources;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.Stacks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a group where it should be, round by round, within one step. Where it stands is read from
 * the stack inside before each round; the rest that a repeated step has to know is remembered in
 * the resource, under a key that is gone when the step ends.
 */
final class GroupConvergence {
  private static final String STEP = "step";
  private static final String OPERATION = "operation";
  private static final String CREATING = "creating";
  private static final String PAUSE_BEFORE = "pause_before";
  private static final String PAUSE_UNTIL = "pause_until";

  private final GroupType group;
  private final InnerStacks innerStacks;
  private final ResourceContext context;
  private final Function<Map<String, JsonNode>, StackDefinition> definition;

  GroupConvergence(
      GroupType group,
      InnerStacks innerStacks,
      ResourceContext context,
      Function<Map<String, JsonNode>, StackDefinition> definition) {
    this.group = group;
    this.innerStacks = innerStacks;
    this.context = context;
    this.definition = definition;
  }

  Physical run() {
    ResourceRecord resource = context.resource();
    Optional<ObjectNode> restored = context.nested().restore();
    if (restored.isPresent()) {
      return new Physical(resource.id(), restored.orElseThrow());
    }
    ObjectNode properties = context.properties();
    ObjectNode memory = memory(resource, properties);
    boolean creating = memory.path(STEP).path(CREATING).asBoolean(false);
    boolean begun = context.nested().goOn();
    GroupState present = innerStacks.group(resource, creating).remembering(memory);
    if (!begun) {
      refuseEndlessPauses(group.pauses(present, properties, context.facade()));
    }
    Optional<Round> round = group.next(present, properties, context.facade());
    while (round.isPresent()) {
      StackDefinition wanted = definition.apply(round.orElseThrow().members());
      if (begun) {
        pause(memory, wanted, round.orElseThrow().pause());
      }
      context.nested().converge(wanted);
      begun = true;
      present = innerStacks.group(resource, creating).remembering(memory);
      round = group.next(present, properties, context.facade());
    }
    context
        .nested()
        .converge(definition.apply(group.target(present, properties, Set.of(), context.facade())));
    memory.remove(STEP);
    return new Physical(resource.id(), memory);
  }

  /** What is remembered, worked out once in an operation. */
  private ObjectNode memory(ResourceRecord resource, ObjectNode properties) {
    ObjectNode before = AdoptedResources.memory(resource);
    if (before.path(STEP).path(OPERATION).asString("").equals(resource.operationId())) {
      return before;
    }
    before.remove(STEP);
    GroupState present = innerStacks.group(resource, false).remembering(before);
    ObjectNode memory = group.remember(present, properties).deepCopy();
    memory
        .putObject(STEP)
        .put(OPERATION, resource.operationId())
        .put(CREATING, resource.action() == Action.CREATE);
    context.remember(memory);
    return memory;
  }

  private void refuseEndlessPauses(Duration pauses) {
    if (!pauses.isZero() && pauses.compareTo(Stacks.timeout(context.stack())) >= 0) {
      throw new ResourceFailure(
          "The current update policy will result in stack update timeout: the pauses alone take"
              + " %d seconds; make pause_time smaller or max_batch_size larger"
                  .formatted(pauses.toSeconds()));
    }
  }

  private void pause(ObjectNode memory, StackDefinition next, Duration pause) {
    if (pause.isZero()) {
      return;
    }
    ObjectNode step = memory.withObject(STEP);
    String name = UUID.nameUUIDFromBytes(next.template().getBytes(UTF_8)).toString();
    if (!step.path(PAUSE_BEFORE).asString("").equals(name)) {
      step.put(PAUSE_BEFORE, name)
          .put(PAUSE_UNTIL, context.clock().instant().plus(pause).toEpochMilli());
      context.remember(memory.deepCopy());
    }
    Instant end = Instant.ofEpochMilli(step.path(PAUSE_UNTIL).longValue());
    context.progress("pausing between batches until " + end);
    Duration left = Duration.between(context.clock().instant(), end);
    if (left.isPositive()) {
      context.await(List.of(), left, Optional::empty);
    }
  }
}
