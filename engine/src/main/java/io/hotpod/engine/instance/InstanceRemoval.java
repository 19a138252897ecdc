package io.hotpod.engine.instance;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Takes an instance out of the books, with whatever is wanted on it. Within one transaction. */
final class InstanceRemoval {
  private final Handle handle;
  private final InstanceTable.Row instance;
  private final Supplier<String> ids;
  private final Instant now;

  InstanceRemoval(Handle handle, InstanceTable.Row instance, Supplier<String> ids, Instant now) {
    this.handle = handle;
    this.instance = instance;
    this.ids = ids;
    this.now = now;
  }

  /**
   * @param givingUpPods whether pods that stacks want there are given up
   * @return the stacks that got events
   * @throws EngineException when there are such pods and they are not given up
   */
  Set<String> carryOut(boolean givingUpPods) {
    List<PodTable.DesiredRow> wanted = PodTable.desiredOfInstance(handle, instance.id());
    if (!wanted.isEmpty() && !givingUpPods) {
      throw inUse(wanted);
    }
    return giveUp(wanted, "instance %s was removed".formatted(instance.name()));
  }

  /**
   * The machine itself says that it is no instance any more.
   *
   * @return the stacks that got events
   */
  Set<String> left() {
    return giveUp(
        PodTable.desiredOfInstance(handle, instance.id()),
        "instance %s has left".formatted(instance.name()));
  }

  private Set<String> giveUp(List<PodTable.DesiredRow> wanted, String reason) {
    wanted.forEach(pod -> giveUp(pod, reason));
    PodTable.deleteObservedOfInstance(handle, instance.id());
    InstanceTable.delete(handle, instance.id());
    return wanted.stream()
        .map(PodTable.DesiredRow::stackId)
        .collect(Collectors.toUnmodifiableSet());
  }

  private EngineException inUse(List<PodTable.DesiredRow> wanted) {
    String stacks =
        wanted.stream()
            .map(PodTable.DesiredRow::stackId)
            .distinct()
            .flatMap(id -> StackTable.find(handle, id).map(Stack::name).stream())
            .sorted()
            .collect(Collectors.joining(", "));
    return new EngineException(
        ErrorCode.INSTANCE_IN_USE,
        ("The Instance (%s) has pods of these stacks: %s. Delete or change them first; or, if its"
                + " machine is lost, remove it by force: the stacks then count those pods as gone.")
            .formatted(instance.name(), stacks));
  }

  private void giveUp(PodTable.DesiredRow wanted, String reason) {
    PodTable.deleteDesired(handle, wanted.pod().id());
    Optional<ResourceRecord> deployment =
        ResourceTable.ofStack(handle, wanted.stackId()).stream()
            .filter(resource -> resource.id().equals(wanted.pod().id()))
            .findFirst();
    // One that is being worked on says itself what becomes of it.
    if (deployment.isPresent() && deployment.get().status() == Status.COMPLETE) {
      ResourceTable.changeStatus(
          handle, wanted.pod().id(), Action.CHECK, Status.FAILED, reason, now);
      EventTable.insert(handle, event(deployment.get(), reason));
    }
  }

  private Event event(ResourceRecord deployment, String reason) {
    return new Event(
        ids.get(),
        0,
        deployment.stackId(),
        now,
        deployment.name(),
        deployment.type(),
        deployment.physicalId().orElse(""),
        Action.CHECK,
        Status.FAILED,
        reason,
        Optional.of(deployment.id()));
  }
}
