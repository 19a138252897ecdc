package io.hotpod.server.heat;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The resources of a stack and of the stacks inside it, one after the other. */
final class NestedResources {
  private final StackService stacks;
  private final Caller caller;
  private final List<Found> found = new ArrayList<>();

  /**
   * One resource.
   *
   * @param stack that has it
   * @param requiredBy names of its neighbours that depend on it
   * @param inside the stack that it is
   */
  record Found(
      Stack stack, ResourceRecord resource, Set<String> requiredBy, Optional<Stack> inside) {}

  private NestedResources(StackService stacks, Caller caller) {
    this.stacks = stacks;
    this.caller = caller;
  }

  /**
   * Collects them, those of the outer stacks first.
   *
   * @param depth how deep to look; 0 for the stack alone
   */
  static List<Found> of(StackService stacks, Caller caller, Stack stack, int depth) {
    NestedResources resources = new NestedResources(stacks, caller);
    resources.collect(stack, depth);
    return resources.found;
  }

  private void collect(Stack stack, int depth) {
    List<ResourceRecord> resources = stacks.resources(caller, stack.id());
    Map<String, Set<String>> dependents = Dependents.all(resources);
    List<Stack> inside = new ArrayList<>();
    for (ResourceRecord resource : resources) {
      Optional<Stack> nested = nested(stacks, caller, resource);
      nested.ifPresent(inside::add);
      found.add(
          new Found(stack, resource, dependents.getOrDefault(resource.name(), Set.of()), nested));
    }
    if (depth > 0) {
      inside.forEach(each -> collect(each, depth - 1));
    }
  }

  /** The stack that a resource is; empty for others, and while there is none yet. */
  static Optional<Stack> nested(StackService stacks, Caller caller, ResourceRecord resource) {
    // While a resource is being made its stack may not have been written yet.
    return resource.nestedStackId().flatMap(id -> stacks.inside(caller, id));
  }
}
