package io.hotpod.engine.run;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.HookTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.template.environment.Hook;
import io.hotpod.template.environment.ResourceRegistry;
import java.util.Optional;

/**
 * Where the steps of an operation wait until somebody lets them go on. A breakpoint that was
 * cleared stays so for the operation, also after a crash. A rollback waits for nobody. Thread-safe.
 */
final class Breakpoints {
  private final Database database;
  private final OperationScope scope;
  private final ResourceRegistry registry;

  /**
   * @param registry of the environment that sets them
   */
  Breakpoints(Database database, OperationScope scope, ResourceRegistry registry) {
    this.database = database;
    this.scope = scope;
    this.registry = registry;
  }

  /** Waits before something is done to a resource, where the environment says so. */
  void before(ResourceRecord resource, Action action) {
    hook("PRE_", action).ifPresent(hook -> pause(resource, action, hook));
  }

  /** Waits after something was done to a resource, where the environment says so. */
  void after(ResourceRecord resource, Action action) {
    hook("POST_", action).ifPresent(hook -> pause(resource, action, hook));
  }

  private static Optional<Hook> hook(String when, Action action) {
    return switch (action) {
      case CREATE, UPDATE, DELETE -> Optional.of(Hook.valueOf(when + action.name()));
      case INIT, ROLLBACK, SUSPEND, RESUME, CHECK, SNAPSHOT, RESTORE, ADOPT, SIGNAL ->
          Optional.empty();
    };
  }

  private void pause(ResourceRecord resource, Action action, Hook hook) {
    if (scope.operation().action() == Action.ROLLBACK
        || !registry.hooks(resource.name()).contains(hook)) {
      return;
    }
    String words = "%s paused until Hook %s is cleared".formatted(action, hook.keyword());
    if (!scope.journal().pause(resource, hook, words)) {
      scope.await(Topics.hooks(scope.stack().id()), () -> isCleared(resource, hook), words);
    }
  }

  private boolean isCleared(ResourceRecord resource, Hook hook) {
    return database.read(
        handle -> HookTable.isCleared(handle, scope.operation().id(), resource.name(), hook));
  }
}
