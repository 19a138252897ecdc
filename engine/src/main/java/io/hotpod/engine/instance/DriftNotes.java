package io.hotpod.engine.instance;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Stacks;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Says on resources and stacks how pods differ from what is wanted, and takes it back. States stay
 * as they are: the reason tells, and an event. Within one transaction.
 */
final class DriftNotes {
  private static final String DRIFTED = "drifted: ";
  private static final String AS_WANTED = "state changed";
  private static final String OF_STACK = "; " + DRIFTED;

  private final Handle handle;
  private final Supplier<String> ids;
  private final Instant now;
  private final Set<String> changedStacks = new LinkedHashSet<>();

  DriftNotes(Handle handle, Supplier<String> ids, Instant now) {
    this.handle = handle;
    this.ids = ids;
    this.now = now;
  }

  /** The stacks that something was said on. */
  Set<String> changedStacks() {
    return changedStacks;
  }

  /** A deployment that nothing is being done to, and its stack. */
  record Idle(Stack stack, ResourceRecord resource) {}

  /** The deployment of a pod; empty while an operation has it in hand, which tells by itself. */
  Optional<Idle> idle(String podId) {
    return ResourceTable.find(handle, podId)
        .filter(resource -> resource.status() == Status.COMPLETE)
        .filter(resource -> resource.action() != Action.INIT && resource.action() != Action.DELETE)
        .flatMap(
            resource ->
                StackTable.find(handle, resource.stackId())
                    .filter(DriftNotes::isIdle)
                    .map(stack -> new Idle(stack, resource)));
  }

  private static boolean isIdle(Stack stack) {
    return stack.status() != Status.IN_PROGRESS && stack.deletedAt().isEmpty();
  }

  /**
   * Says how a pod differs, unless that is said already.
   *
   * @param words empty when it does not differ
   */
  void note(Idle deployment, Optional<String> words) {
    ResourceRecord resource = deployment.resource();
    String reason = words.map(DRIFTED::concat).orElse(AS_WANTED);
    boolean said = resource.statusReason().startsWith(DRIFTED);
    if (resource.statusReason().equals(reason) || (words.isEmpty() && !said)) {
      return;
    }
    write(resource, reason, words);
    noteOnStack(deployment.stack());
  }

  private void write(ResourceRecord resource, String reason, Optional<String> words) {
    ResourceTable.changeStatus(
        handle, resource.id(), resource.action(), resource.status(), reason, now);
    EventTable.insert(
        handle,
        new Event(
            ids.get(),
            0,
            resource.stackId(),
            now,
            resource.name(),
            resource.type(),
            resource.physicalId().orElse(""),
            Action.CHECK,
            words.isPresent() ? Status.FAILED : Status.COMPLETE,
            words.map(DRIFTED::concat).orElse("as wanted again"),
            Optional.of(resource.id())));
    changedStacks.add(resource.stackId());
  }

  /** The stack says what its resources say, and so does every stack around it. */
  private void noteOnStack(Stack stack) {
    List<String> drifted =
        ResourceTable.ofStack(handle, stack.id()).stream()
            .filter(resource -> resource.statusReason().startsWith(DRIFTED))
            .map(
                resource ->
                    resource.name() + ": " + resource.statusReason().substring(DRIFTED.length()))
            .sorted()
            .toList();
    int end = stack.statusReason().indexOf(OF_STACK);
    String own = end < 0 ? stack.statusReason() : stack.statusReason().substring(0, end);
    String reason = drifted.isEmpty() ? own : own + OF_STACK + String.join(", ", drifted);
    if (!reason.equals(stack.statusReason())) {
      StackTable.update(
          handle, Stacks.withStatus(stack, stack.action(), stack.status(), reason), stack.fence());
      changedStacks.add(stack.id());
    }
    stack
        .nesting()
        .flatMap(nesting -> idle(stack.id()))
        .ifPresent(
            outer ->
                note(
                    outer,
                    drifted.isEmpty()
                        ? Optional.empty()
                        : Optional.of("inside, " + String.join(", ", drifted))));
  }
}
