package io.hotpod.engine.run;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.FencedException;
import io.hotpod.engine.store.HookTable;
import io.hotpod.engine.store.JournalEntry;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.ModificationToken;
import io.hotpod.template.environment.Hook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Writes what an operation does, as long as the operation owns its stack. Thread-safe.
 *
 * <p>The beginning of a step that reaches outside is durable before its call returns, so that
 * nothing outside is touched unrecorded. An end is handed in and durable before any later write of
 * the same operation.
 */
final class Journal {
  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Stack stack;
  private final String operationId;
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allWritten = lock.newCondition();
  private int underway;

  /**
   * @param stack with the fence under which the operation took it over
   */
  Journal(
      Database database,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      Stack stack,
      String operationId) {
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.stack = stack;
    this.operationId = operationId;
  }

  Instant now() {
    return clock.instant();
  }

  private JournalEntry entry(
      List<ResourceRecord> saved,
      Optional<ResourceRecord> gone,
      List<Event> events,
      Optional<JournalEntry.Step> step) {
    return entry(saved, List.of(), gone, events, step);
  }

  private JournalEntry entry(
      List<ResourceRecord> saved,
      List<ResourceRecord> past,
      Optional<ResourceRecord> gone,
      List<Event> events,
      Optional<JournalEntry.Step> step) {
    return new JournalEntry(stack.id(), stack.fence(), saved, past, gone, events, step);
  }

  private JournalEntry saving(List<ResourceRecord> saved) {
    return entry(saved, Optional.empty(), List.of(), Optional.empty());
  }

  /** Stores resources that are only planned yet; no event. */
  void plan(List<ResourceRecord> resources) {
    if (!resources.isEmpty()) {
      submit(saving(resources));
    }
  }

  /**
   * Stores that a modification begins.
   *
   * @param past the resource as it was, when it is to be made of something else
   * @param durable on return; otherwise before any later write of the same operation
   */
  void begin(
      List<ResourceRecord> changed,
      Optional<ResourceRecord> past,
      ResourceRecord resource,
      boolean durable) {
    JournalEntry begun =
        entry(
            changed,
            past.stream().toList(),
            Optional.empty(),
            List.of(event(resource, resource.statusReason())),
            Optional.empty());
    if (durable) {
      write(begun);
    } else {
      submit(begun);
    }
  }

  /** Stores what a step came to. */
  void end(Node node, ResourceRecord resource) {
    // A step that applies a definition is decided anew instead, and finds what is done.
    boolean recorded = resource.status() == Status.COMPLETE && !(node instanceof Node.Apply);
    submit(
        entry(
            List.of(resource),
            Optional.empty(),
            List.of(event(resource, resource.statusReason())),
            recorded ? Optional.of(step(node, resource)) : Optional.empty()));
  }

  /** Tells of a step, such as one that was not allowed; the resource is not changed. */
  void tell(ResourceRecord resource) {
    submit(
        entry(
            List.of(),
            Optional.empty(),
            List.of(event(resource, resource.statusReason())),
            Optional.empty()));
  }

  /** Stores a step that found nothing to do. */
  void unchanged(ResourceRecord resource) {
    submit(saving(List.of(resource)));
  }

  /** Stores what people may want to know meanwhile; no event. */
  void progress(ResourceRecord resource) {
    submit(saving(List.of(resource)));
  }

  /** Stores what a type remembers in the middle of a step; durable on return. */
  void remember(ResourceRecord resource) {
    write(saving(List.of(resource)));
  }

  /** Stores that a physical resource is gone. */
  void gone(Node node, ResourceRecord resource) {
    submit(
        entry(
            List.of(),
            Optional.of(resource),
            List.of(event(resource, resource.statusReason())),
            Optional.of(step(node, resource))));
  }

  private JournalEntry.Step step(Node node, ResourceRecord resource) {
    return new JournalEntry.Step(operationId, node.key(), resource.combinedStatus(), now());
  }

  /**
   * Records that a step waits at a breakpoint; durable on return.
   *
   * @return whether the breakpoint was cleared already
   */
  boolean pause(ResourceRecord resource, Hook hook, String words) {
    boolean cleared =
        change(
            handle -> {
              if (HookTable.reach(handle, operationId, resource.name(), hook)) {
                EventTable.insert(handle, event(Records.of(resource).at(now()).build(), words));
              }
              return HookTable.isCleared(handle, operationId, resource.name(), hook);
            });
    wakeups.wake(Topics.events(stack.id()));
    return cleared;
  }

  /** Names the modification that makes a resource what is wanted. */
  ModificationToken token(ResourceRecord resource, JsonNode content) {
    return database.digests().token(stack.id(), resource.name(), resource.incarnation(), content);
  }

  /**
   * Changes the stack itself, with an event of the stack; durable on return.
   *
   * @param change given the stack as it stands
   */
  void stack(BiConsumer<Handle, Stack> change) {
    database
        .writer()
        .write(
            handle -> {
              change.accept(handle, StackTable.findOwned(handle, stack));
              return stack.id();
            });
    wakeups.wake(Topics.events(stack.id()));
  }

  /** Changes something beside the stack; durable on return, and with it everything before. */
  <T> T change(Function<Handle, T> change) {
    return database
        .writer()
        .write(
            handle -> {
              StackTable.requireFence(handle, stack);
              return change.apply(handle);
            });
  }

  /**
   * Sees to it that the operation still owns its stack.
   *
   * @throws FencedException when somebody else has taken the stack over since
   */
  void requireOwned() {
    database.read(
        handle -> {
          StackTable.requireFence(handle, stack);
          return stack;
        });
  }

  /** Looks at what was written by others before the operation began. */
  <T> T read(Function<Handle, T> look) {
    return database.read(look);
  }

  /** Waits until everything handed in is durable. */
  void flush() {
    lock.lock();
    try {
      while (underway > 0) {
        allWritten.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    RuntimeException lost = failure.get();
    if (lost != null) {
      throw lost;
    }
  }

  /** Writes an entry and waits until it is durable, and with it everything handed in before. */
  private void write(JournalEntry entry) {
    database.writer().write(entry);
    wakeups.wake(Topics.events(stack.id()));
  }

  /** Hands an entry in; a failure shows at the next flush. */
  private void submit(JournalEntry entry) {
    lock.lock();
    try {
      underway++;
    } finally {
      lock.unlock();
    }
    database.writer().submit(entry, this::written);
  }

  private void written(Optional<RuntimeException> problem) {
    problem.ifPresent(lost -> failure.compareAndSet(null, lost));
    lock.lock();
    try {
      underway--;
      if (underway == 0) {
        allWritten.signalAll();
      }
    } finally {
      lock.unlock();
    }
    wakeups.wake(Topics.events(stack.id()));
  }

  private Event event(ResourceRecord resource, String reason) {
    return event(ids.get(), resource, reason);
  }

  /** An event of a resource, as it is now. */
  static Event event(String id, ResourceRecord resource, String reason) {
    return new Event(
        id,
        0,
        resource.stackId(),
        resource.updatedAt(),
        resource.name(),
        resource.type(),
        resource.physicalId().orElse(""),
        resource.action(),
        resource.status(),
        reason,
        Optional.of(resource.id()));
  }

  /** An event of the stack itself. */
  static Event stackEvent(
      String id, Stack stack, Action action, Status status, String reason, Instant now) {
    return new Event(
        id, 0, stack.id(), now, stack.name(), Event.STACK_TYPE, stack.id(), action, status, reason);
  }
}
