package io.hotpod.engine.resource.nested;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.resource.group.GroupScaling;
import io.hotpod.engine.resource.group.GroupState;
import io.hotpod.engine.resource.group.MemberTemplate;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.InnerUpdates;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.OperationStarter;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.Stacks;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.ResourceTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scaling as an operation of its own on the stack inside the group. The cooldowns are stored with
 * it, so a crash shortens none.
 */
public final class StoredGroupScaling implements GroupScaling {
  private static final String COOLDOWN = "cooldown";
  private static final String COOLDOWN_END = "cooldown_end";

  private final Database database;
  private final Supplier<String> ids;
  private final int resourcesPerTree;
  private final AtomicReference<@Nullable InnerStacks> innerStacks = new AtomicReference<>();
  private final AtomicReference<@Nullable InnerUpdates> updates = new AtomicReference<>();

  /**
   * @param resourcesPerTree the most that a stack and all stacks inside it may have together
   */
  public StoredGroupScaling(Database database, Supplier<String> ids, int resourcesPerTree) {
    this.database = database;
    this.ids = ids;
    this.resourcesPerTree = resourcesPerTree;
  }

  /** Makes known what is there only when the types are; called once, before any signal. */
  public void connect(TemplateTypes types, OperationStarter operations) {
    innerStacks.set(types.innerStacks());
    updates.set(new InnerUpdates(database, ids, operations));
  }

  private static <T> T connected(AtomicReference<@Nullable T> reference) {
    T value = reference.get();
    if (value == null) {
      throw new IllegalStateException("no engine runs");
    }
    return value;
  }

  @Override
  public boolean change(
      SignalContext context,
      String reference,
      Duration cooldown,
      BiFunction<GroupState, ObjectNode, Optional<Map<String, JsonNode>>> change) {
    InnerStacks inner = connected(innerStacks);
    Stack stack =
        inner
            .find(reference.substring(reference.lastIndexOf('/') + 1))
            .filter(found -> found.project().equals(context.stack().project()))
            .orElseThrow(() -> noGroup(reference));
    ResourceRecord group = group(stack).orElseThrow(() -> noGroup(reference));
    if (stack.status() == Status.IN_PROGRESS
        || !InnerUpdates.takesUpdates(group)
        || isCooling(group, context.now())
        || isCooling(context.resource(), context.now())) {
      return false;
    }
    Optional<Map<String, JsonNode>> members =
        change.apply(inner.group(group, false), group.properties());
    if (members.isEmpty()) {
      return false;
    }
    requireRoom(stack, members.orElseThrow().size());
    StackDefinition before = inner.definition(stack);
    StackDefinition wanted =
        new StackDefinition(
            ids.get(),
            before.templateName(),
            MemberTemplate.write(members.orElseThrow(), Set.of()),
            before.files(),
            before.environment(),
            before.facade());
    Operation operation =
        new Operation(
            ids.get(),
            stack.id(),
            Action.UPDATE,
            Operation.State.ACCEPTED,
            Optional.of(wanted.id()),
            context.now(),
            context.now().plus(Stacks.timeout(stack)));
    Duration ofGroup =
        Duration.ofMillis(Math.round(group.properties().path(COOLDOWN).asDouble(0) * 1000));
    Map<ResourceRecord, ObjectNode> data = new LinkedHashMap<>();
    remember(data, group, ofGroup, context.now());
    remember(data, context.resource(), cooldown, context.now());
    return connected(updates).accept(stack, wanted, operation, data);
  }

  /** Each further member is taken to be as large as those that are there. */
  private void requireRoom(Stack stack, int members) {
    String root = stack.nesting().map(Nesting::rootId).orElse(stack.id());
    int after =
        database.read(
            handle -> {
              int present =
                  (int)
                      ResourceTable.ofStack(handle, stack.id()).stream()
                          .filter(resource -> resource.replacedBy().isEmpty())
                          .count();
              int more = Math.max(0, members - present);
              int each =
                  present == 0
                      ? 1
                      : Math.ceilDiv(ResourceTable.countBelow(handle, stack.id()), present);
              return more == 0 ? 0 : ResourceTable.countInTree(handle, root) + more * each;
            });
    if (after > resourcesPerTree) {
      throw new EngineException(
          ErrorCode.LIMIT_EXCEEDED,
          "Request limit exceeded: Maximum resources per stack exceeded: scaling to %d members would make %d with all stacks inside, and %d are allowed"
              .formatted(members, after, resourcesPerTree));
    }
  }

  private static EngineException noGroup(String reference) {
    return new EngineException(
        ErrorCode.RESOURCE_NOT_FOUND,
        "Alarm was triggered for a group that is not there: %s".formatted(reference));
  }

  private Optional<ResourceRecord> group(Stack stack) {
    return stack
        .nesting()
        .map(Nesting::ownerId)
        .flatMap(
            owner ->
                database.read(handle -> ResourceTable.ofStack(handle, owner)).stream()
                    .filter(resource -> resource.id().equals(stack.id()))
                    .findFirst())
        .filter(resource -> GroupPhysicalType.type(resource.implementation()).isPresent());
  }

  private static boolean isCooling(ResourceRecord resource, Instant now) {
    return resource.data().path(COOLDOWN_END).asLong(0) > now.toEpochMilli();
  }

  private static void remember(
      Map<ResourceRecord, ObjectNode> all,
      ResourceRecord resource,
      Duration cooldown,
      Instant now) {
    if (cooldown.isPositive()) {
      ObjectNode data = resource.data().deepCopy();
      data.put(COOLDOWN_END, now.plus(cooldown).toEpochMilli());
      all.put(resource, data);
    }
  }
}
