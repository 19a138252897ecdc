package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Takes in what people know of a resource and the engine does not. Thread-safe. */
final class ResourceMarking {
  private static final String DEFAULT_REASON = "state changed by resource_mark_unhealthy api";

  private static final String SUSPENDED = Action.SUSPEND + "_" + Status.COMPLETE;

  private final Acceptance acceptance;
  private final Wakeups wakeups;

  ResourceMarking(Acceptance acceptance, Wakeups wakeups) {
    this.acceptance = acceptance;
    this.wakeups = wakeups;
  }

  void unhealthy(Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    mark(caller, stackId, nameOrPhysicalId, Status.FAILED, reason);
  }

  void healthy(Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    mark(caller, stackId, nameOrPhysicalId, Status.COMPLETE, reason);
  }

  private void mark(
      Caller caller,
      String stackId,
      String nameOrPhysicalId,
      Status status,
      Optional<String> reason) {
    acceptance.accept(
        caller,
        handle -> {
          Stack stack = Acceptance.requireLive(handle, caller, stackId);
          ResourceRecord resource = find(handle, stack, nameOrPhysicalId);
          requireIdle(stack, resource);
          boolean changes =
              status == Status.FAILED
                  ? resource.action() != Action.DELETE
                  : resource.action() == Action.CHECK && resource.status() == Status.FAILED;
          if (changes) {
            String words = reason.orElse(DEFAULT_REASON);
            if (status == Status.FAILED) {
              unhealthy(handle, resource, words);
            } else {
              healthy(handle, resource, words);
            }
          }
          Acceptance.remember(handle, caller, stackId, acceptance.now());
          return Acceptance.Accepted.nothing(stack);
        });
    wakeups.wake(Topics.events(stackId));
  }

  /** The newest physical resource of a name, or the one of a physical id. */
  private static ResourceRecord find(Handle handle, Stack stack, String nameOrPhysicalId) {
    List<ResourceRecord> all = ResourceTable.ofStack(handle, stack.id());
    return all.stream()
        .filter(each -> each.name().equals(nameOrPhysicalId))
        .max(Comparator.comparingInt(ResourceRecord::incarnation))
        .or(
            () ->
                all.stream()
                    .filter(each -> each.physicalId().filter(nameOrPhysicalId::equals).isPresent())
                    .findFirst())
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "The Resource (%s) could not be found in Stack %s."
                        .formatted(nameOrPhysicalId, stack.name())));
  }

  /** An operation has the resources of its stack in hand and would not see the mark. */
  private static void requireIdle(Stack stack, ResourceRecord resource) {
    if (stack.status() == Status.IN_PROGRESS || resource.status() == Status.IN_PROGRESS) {
      throw new EngineException(
          ErrorCode.ACTION_IN_PROGRESS,
          "Stack %s already has an action (%s) in progress; mark %s when that has ended."
              .formatted(stack.name(), stack.action(), resource.name()));
    }
  }

  private void unhealthy(Handle handle, ResourceRecord resource, String reason) {
    Instant now = acceptance.now();
    ResourceTable.markUnhealthy(handle, resource, reason, now);
    tell(handle, resource, Action.CHECK, Status.FAILED, reason, now);
  }

  /** As Heat has it, but that one which is suspended is suspended as before. */
  private void healthy(Handle handle, ResourceRecord resource, String reason) {
    Instant now = acceptance.now();
    Optional<String> from =
        resource.isMarkedUnhealthy()
            ? ResourceTable.suspensionBeforeMark(handle, resource.id())
            : Optional.empty();
    Action action = from.isPresent() ? Action.SUSPEND : Action.CHECK;
    Status status =
        from.filter(state -> !state.equals(SUSPENDED)).isPresent()
            ? Status.FAILED
            : Status.COMPLETE;
    ResourceTable.mark(handle, resource.id(), action, status, reason, now);
    tell(handle, resource, action, status, reason, now);
  }

  private void tell(
      Handle handle,
      ResourceRecord resource,
      Action action,
      Status status,
      String reason,
      Instant now) {
    EventTable.insert(
        handle,
        new Event(
            acceptance.newId(),
            0,
            resource.stackId(),
            now,
            resource.name(),
            resource.type(),
            resource.physicalId().orElse(""),
            action,
            status,
            reason,
            Optional.of(resource.id())));
  }
}
