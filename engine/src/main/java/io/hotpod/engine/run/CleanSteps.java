package io.hotpod.engine.run;

import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.FencedException;
import io.hotpod.template.TemplateInstance;
import java.util.List;
import java.util.Optional;

/** The steps that remove what a target has no use for. */
final class CleanSteps {
  private final OperationScope scope;
  private final Optional<TemplateInstance> target;
  private final Breakpoints breakpoints;

  CleanSteps(OperationScope scope, Optional<TemplateInstance> target, Breakpoints breakpoints) {
    this.scope = scope;
    this.target = target;
    this.breakpoints = breakpoints;
  }

  /** Makes a physical resource go that the target has no use for. */
  GraphWalker.Outcome clean(Node.Clean node) {
    Optional<ResourceRecord> found = scope.state().byId(node.resourceId());
    if (found.isEmpty() || isWanted(found.get())) {
      return GraphWalker.Outcome.DONE;
    }
    ResourceRecord resource = found.get();
    try {
      return remove(node, resource);
    } catch (StopSignal.Stopped | FencedException e) {
      return GraphWalker.Outcome.STOPPED;
    } catch (ResourceFailure e) {
      return scope.failed(node, resource, Action.DELETE, e);
    } catch (RuntimeException e) {
      return scope.unexpected(node, resource, Action.DELETE, e);
    }
  }

  private GraphWalker.Outcome remove(Node.Clean node, ResourceRecord resource) {
    if (!resource.isUntouched()) {
      breakpoints.before(resource, Action.DELETE);
    }
    ResourceRecord begun =
        Records.of(resource)
            .state(Action.DELETE, Status.IN_PROGRESS, "state changed")
            // What was never taken in is not the stack's to delete.
            .retain(
                resource.retain()
                    || (resource.action() == Action.ADOPT
                        && resource.status() != Status.COMPLETE
                        // What is inside says itself what is the stack's.
                        && resource.nestedStackId().isEmpty()))
            .operation(scope.operation().id())
            .at(scope.now())
            .build();
    scope.state().changed(begun);
    if (resource.isUntouched()) {
      return scope.gone(node, begun);
    }
    ResourceType type = scope.types().of(resource);
    scope.journal().begin(List.of(begun), Optional.empty(), begun, type.reachesOutside());
    if (begun.retain()) {
      return scope.gone(node, begun);
    }
    return scope.attempt(
        node,
        begun,
        resource.properties(),
        context -> {
          type.delete(context);
          // It counts as gone when the operation may go on, so a crash finds the breakpoint again.
          breakpoints.after(begun, Action.DELETE);
          return Optional.empty();
        });
  }

  private boolean isWanted(ResourceRecord resource) {
    return scope.state().isCurrent(resource)
        && target.map(template -> template.resources().containsKey(resource.name())).orElse(false);
  }
}
