package io.hotpod.engine.run;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SnapshotTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The steps of suspend, resume, check and snapshot. */
final class TouchSteps {
  private final OperationScope scope;
  private final Action action;
  private final Set<String> unsupported = ConcurrentHashMap.newKeySet();

  TouchSteps(OperationScope scope, Action action) {
    this.scope = scope;
    this.action = action;
  }

  /** Whether a resource could not be checked because its type has no check. */
  boolean anyUnsupported() {
    return !unsupported.isEmpty();
  }

  GraphWalker.Outcome touch(Node.Touch node) {
    ResourceRecord existing = scope.state().current(node.name()).orElseThrow();
    Optional<String> refusal = refusal(existing);
    if (refusal.isPresent()) {
      // What it was, it stays: an update later must still see whether it was finished.
      return scope.refused(existing, action, new ResourceFailure(refusal.get()));
    }
    ResourceRecord begun =
        Records.of(existing)
            .state(action, Status.IN_PROGRESS, "state changed")
            .operation(scope.operation().id())
            .at(scope.now())
            .build();
    ResourceType type = scope.types().of(existing);
    if (isUnfinished(existing)) {
      // Only what comes of the check may take the place of what is known of it.
      scope.journal().tell(begun);
      return check(node, begun, type, true);
    }
    scope.state().changed(begun);
    scope.journal().begin(List.of(begun), Optional.empty(), begun, type.reachesOutside());
    if (existing.isExternal() && action != Action.CHECK) {
      return attempt(node, begun, type, (resource, context) -> {});
    }
    return switch (action) {
      case SUSPEND -> attempt(node, begun, type, (resource, context) -> resource.suspend(context));
      case RESUME -> attempt(node, begun, type, (resource, context) -> resource.resume(context));
      case SNAPSHOT -> attempt(node, begun, type, this::snapshot);
      case CHECK -> check(node, begun, type, false);
      case INIT, CREATE, UPDATE, DELETE, ROLLBACK, RESTORE, ADOPT, SIGNAL ->
          throw new IllegalStateException(action + " is not a touch");
    };
  }

  private Optional<String> refusal(ResourceRecord existing) {
    boolean created = existing.physicalId().isPresent() && existing.action() != Action.INIT;
    if (created && isUnfinished(existing) && action != Action.CHECK) {
      return Optional.of(
          "State %s invalid for %s"
              .formatted(existing.combinedStatus(), action.name().toLowerCase(Locale.ROOT)));
    }
    return switch (action) {
      case SUSPEND ->
          created
                  && (existing.status() == Status.COMPLETE
                      || existing.action() == Action.SUSPEND
                      || existing.action() == Action.RESUME
                      || isOutOfUse(existing))
              ? Optional.empty()
              : Optional.of("State " + existing.combinedStatus() + " invalid for suspend");
      case RESUME ->
          existing.action() == Action.SUSPEND
                  || existing.action() == Action.RESUME
                  || isOutOfUse(existing)
              ? Optional.empty()
              : Optional.of("State " + existing.combinedStatus() + " invalid for resume");
      case CHECK, SNAPSHOT -> {
        if (!created) {
          yield Optional.of("Resource " + existing.name() + " not created yet");
        }
        if (existing.isSuspended()) {
          yield Optional.of(
              "it is %s; an update brings it back into use".formatted(existing.combinedStatus()));
        }
        yield isOutOfUse(existing)
            ? Optional.of("it was suspended when it was marked; an update brings it back into use")
            : Optional.empty();
      }
      case INIT, CREATE, UPDATE, DELETE, ROLLBACK, RESTORE, ADOPT, SIGNAL -> Optional.empty();
    };
  }

  /** Suspended, whatever somebody said of its health since. */
  private boolean isOutOfUse(ResourceRecord existing) {
    return existing.isSuspended()
        || (existing.isMarkedUnhealthy()
            && scope
                .journal()
                .read(handle -> ResourceTable.suspensionBeforeMark(handle, existing.id()))
                .isPresent());
  }

  /** Begun and not ended, or failed: it may not be what its properties say. */
  private static boolean isUnfinished(ResourceRecord existing) {
    return switch (existing.action()) {
      case CREATE, UPDATE, ADOPT, DELETE -> existing.status() != Status.COMPLETE;
      case INIT, ROLLBACK, SUSPEND, RESUME, CHECK, SNAPSHOT, RESTORE, SIGNAL -> false;
    };
  }

  private void snapshot(ResourceType type, ResourceContext context) {
    ObjectNode data = type.snapshot(context);
    if (!data.isEmpty()) {
      scope
          .journal()
          .change(
              handle -> {
                String name = context.resource().name();
                SnapshotTable.saveResource(handle, scope.operation().id(), name, data);
                return name;
              });
    }
  }

  private interface Touch {
    void on(ResourceType type, ResourceContext context);
  }

  private GraphWalker.Outcome attempt(
      Node node, ResourceRecord begun, ResourceType type, Touch touch) {
    return scope.attempt(
        node,
        begun,
        begun.properties(),
        context -> {
          touch.on(type, context);
          return Optional.<Physical>empty();
        });
  }

  private GraphWalker.Outcome check(
      Node node, ResourceRecord begun, ResourceType type, boolean unfinished) {
    return scope.attempt(
        node,
        begun,
        begun.properties(),
        OperationScope.NO_FACADE,
        () ->
            unsupported.contains(begun.name())
                ? "CHECK not supported for " + begun.type()
                : OperationScope.CHANGED,
        context -> {
          Optional<List<String>> wrong = type.check(context);
          if (wrong.isEmpty() && unfinished) {
            throw new ResourceFailure("it was not finished, and its type cannot be checked");
          }
          if (wrong.isEmpty()) {
            unsupported.add(begun.name());
          } else if (!wrong.get().isEmpty()) {
            throw new ResourceFailure(String.join("; ", wrong.get()));
          }
          return Optional.<Physical>empty();
        });
  }
}
