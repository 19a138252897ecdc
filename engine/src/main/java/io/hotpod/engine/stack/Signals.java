package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.signal.SignalSink;
import io.hotpod.engine.signal.SignalTarget;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Brings signals to resources. */
final class Signals implements SignalSink {
  private final Database database;
  private final StackQueries queries;
  private final TemplateTypes types;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final HookCommands hooks;

  Signals(
      Database database,
      StackQueries queries,
      TemplateTypes types,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids) {
    this.database = database;
    this.queries = queries;
    this.types = types;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.hooks = new HookCommands(database, wakeups, clock, ids);
  }

  void signal(Caller caller, String stackId, String resourceName, ObjectNode details) {
    Stack stack = queries.find(caller, stackId);
    ResourceRecord resource = queries.resource(caller, stackId, resourceName);
    if (HookCommands.isMeant(details)) {
      hooks.clear(stack, resource, details);
    } else {
      signal(stack, resource, "", details);
    }
  }

  @Override
  public void signal(SignalTarget target, String round, ObjectNode details) {
    Stack stack = queries.find(Caller.of(target.project()), target.stackId());
    signal(stack, resource(target), round, details);
  }

  private ResourceRecord resource(SignalTarget target) {
    return database
        .read(handle -> ResourceTable.find(handle, target.resourceId()))
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "The Resource (%s) could not be found in Stack %s."
                        .formatted(target.resourceName(), target.stackName())));
  }

  @Override
  public ObjectNode metadata(SignalTarget target) {
    return queries.metadata(Caller.of(target.project()), resource(target));
  }

  private void signal(Stack stack, ResourceRecord resource, String round, ObjectNode details) {
    ResourceType type = types.existing().of(resource);
    requireTaken(resource, type);
    Instant now = clock.instant();
    try {
      type.signal(new SignalContext(stack, resource, round, now), details)
          .ifPresent(words -> record(event(resource, now, "Signal: " + words)));
    } finally {
      // It may be stored though what came after failed, and nobody else tells who waits for it.
      wakeups.wakeAll(List.of(Topics.signals(resource.id()), Topics.events(stack.id())));
    }
  }

  private static void requireTaken(ResourceRecord resource, ResourceType type) {
    if (!type.takesSignals()) {
      throw new EngineException(
          ErrorCode.RESOURCE_ACTION_NOT_SUPPORTED, "signal is not supported for resource.");
    }
    if (!type.takesSignalsDuring(resource.action())) {
      throw new EngineException(
          ErrorCode.NOT_SUPPORTED,
          "Signal resource during %s is not supported.".formatted(resource.action()));
    }
    if (resource.physicalId().isEmpty()) {
      throw new EngineException(
          ErrorCode.RESOURCE_NOT_AVAILABLE,
          "The Resource (%s) is not available.".formatted(resource.name()));
    }
  }

  private void record(Event event) {
    database
        .writer()
        .write(
            handle -> {
              EventTable.insert(handle, event);
              return event;
            });
  }

  private Event event(ResourceRecord resource, Instant now, String reason) {
    return new Event(
        ids.get(),
        0,
        resource.stackId(),
        now,
        resource.name(),
        resource.type(),
        resource.physicalId().orElse(""),
        Action.SIGNAL,
        resource.status(),
        reason,
        Optional.of(resource.id()));
  }
}
