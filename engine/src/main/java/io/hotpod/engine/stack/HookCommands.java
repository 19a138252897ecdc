package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.EventTable;
import io.hotpod.engine.store.HookTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.environment.Hook;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Lets operations go on that wait at a breakpoint. Thread-safe. */
final class HookCommands {
  private static final String UNSET = "unset_hook";

  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;

  HookCommands(Database database, Wakeups wakeups, Clock clock, Supplier<String> ids) {
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
  }

  /** Whether a signal is about a breakpoint, whatever the type of the resource makes of signals. */
  static boolean isMeant(ObjectNode details) {
    return details.has(UNSET);
  }

  /** Clears the breakpoint that a signal names. */
  void clear(Stack stack, ResourceRecord resource, ObjectNode details) {
    String keyword = details.path(UNSET).asString("");
    Hook hook =
        Hook.of(keyword)
            .orElseThrow(
                () ->
                    refusal(
                        "Invalid hook type \"%s\" for resource %s, acceptable hook types are: %s"
                            .formatted(keyword, resource.name(), Hook.keywords())));
    Instant now = clock.instant();
    database
        .writer()
        .write(
            handle -> {
              if (!HookTable.clear(handle, stack.operationId(), resource.name(), hook)) {
                throw refusal(
                    "The \"%s\" hook is not defined on %s".formatted(keyword, resource.name()));
              }
              EventTable.insert(handle, event(resource, hook, now));
              return hook;
            });
    wakeups.wakeAll(List.of(Topics.hooks(stack.id()), Topics.events(stack.id())));
  }

  private static EngineException refusal(String message) {
    return new EngineException(ErrorCode.INVALID_BREAK_POINT_HOOK, message);
  }

  private Event event(ResourceRecord resource, Hook hook, Instant now) {
    return new Event(
        ids.get(),
        0,
        resource.stackId(),
        now,
        resource.name(),
        resource.type(),
        resource.physicalId().orElse(""),
        resource.action(),
        resource.status(),
        "Hook %s is cleared".formatted(hook.keyword()),
        Optional.of(resource.id()));
  }
}
