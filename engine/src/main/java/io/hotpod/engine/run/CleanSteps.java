package io.hotpod.engine.run;

import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.AdoptedResources;
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
    boolean notAdopted = wasNotAdopted(resource);
    ResourceRecord begun =
        Records.of(resource)
            .state(Action.DELETE, Status.IN_PROGRESS, "state changed")
            // What was never taken in is not the stack's to delete.
            .retain(resource.retain() || notAdopted)
            .operation(scope.operation().id())
            .at(scope.now())
            .build();
    scope.state().changed(begun);
    ResourceType type = scope.types().of(resource);
    List<String> staying =
        notAdopted && !resource.retain()
            ? AdoptedResources.staying(
                resource, type.reachesOutside() || type.chosenPhysicalId(resource.id()).isPresent())
            : List.of();
    if (resource.isUntouched()) {
      return gone(node, begun, staying);
    }
    scope.journal().begin(List.of(begun), Optional.empty(), begun, type.reachesOutside());
    if (begun.retain()) {
      return gone(node, begun, staying);
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

  /** What came with an adopted stack and was not taken in, or not to the end. */
  private static boolean wasNotAdopted(ResourceRecord resource) {
    return switch (resource.action()) {
      case INIT -> resource.physicalId().isPresent();
      // What is inside says itself what is the stack's.
      case ADOPT -> resource.status() != Status.COMPLETE && resource.nestedStackId().isEmpty();
      case CREATE, DELETE, UPDATE, ROLLBACK, SUSPEND, RESUME, SNAPSHOT, CHECK, RESTORE, SIGNAL ->
          false;
    };
  }

  /**
   * Forgets a resource.
   *
   * @param staying what of it nobody has any more though it is there
   */
  private GraphWalker.Outcome gone(Node.Clean node, ResourceRecord resource, List<String> staying) {
    if (staying.isEmpty()) {
      return scope.gone(node, resource);
    }
    scope.stays(resource.name(), staying);
    return scope.gone(
        node,
        resource,
        "not deleted, since it was not adopted: %s %s still there"
            .formatted(String.join(", ", staying), staying.size() == 1 ? "is" : "are"));
  }

  private boolean isWanted(ResourceRecord resource) {
    return scope.state().isCurrent(resource)
        && target.map(template -> template.resources().containsKey(resource.name())).orElse(false);
  }
}
