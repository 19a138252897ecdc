package io.hotpod.engine.run;

import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the resources of a stack depend on in the whole tree: what the template says, what is inside
 * of that, and what the resource around the stack depends on. Thread-safe.
 */
final class Requirements {
  private final Database database;
  private final Stack stack;

  Requirements(Database database, Stack stack) {
    this.database = database;
    this.stack = stack;
  }

  /** Worked out when it is asked for: few types want to know. */
  Supplier<List<ResourceRecord>> of(StackState state, ResourceRecord resource) {
    return () -> {
      Map<String, ResourceRecord> found = new LinkedHashMap<>();
      state.requirements(resource).forEach(each -> addWithInside(each, found));
      outside(stack).forEach(each -> addWithInside(each, found));
      return List.copyOf(found.values());
    };
  }

  private void addWithInside(ResourceRecord resource, Map<String, ResourceRecord> found) {
    if (found.putIfAbsent(resource.id(), resource) == null) {
      resource
          .nestedStackId()
          .ifPresent(id -> resources(id).forEach(each -> addWithInside(each, found)));
    }
  }

  private List<ResourceRecord> resources(String stackId) {
    return database.read(handle -> ResourceTable.ofStack(handle, stackId));
  }

  /** What the resources around a stack depend on, from the nearest to the root's. */
  private List<ResourceRecord> outside(Stack inner) {
    List<ResourceRecord> found = new ArrayList<>();
    Optional<Stack> at = Optional.of(inner);
    while (at.isPresent() && at.get().nesting().isPresent()) {
      String ownerId = at.get().nesting().get().ownerId();
      String resourceId = at.get().id();
      List<ResourceRecord> neighbours = resources(ownerId);
      neighbours.stream()
          .filter(each -> each.id().equals(resourceId))
          .forEach(each -> found.addAll(directAndNot(each, neighbours)));
      at = database.read(handle -> StackTable.find(handle, ownerId));
    }
    return found;
  }

  private static List<ResourceRecord> directAndNot(
      ResourceRecord resource, List<ResourceRecord> neighbours) {
    Map<String, ResourceRecord> found = new LinkedHashMap<>();
    List<String> open = new ArrayList<>(resource.requires());
    while (!open.isEmpty()) {
      String name = open.removeLast();
      for (ResourceRecord each : neighbours) {
        if (each.name().equals(name)
            && each.replacedBy().isEmpty()
            && found.putIfAbsent(each.id(), each) == null) {
          open.addAll(each.requires());
        }
      }
    }
    return List.copyOf(found.values());
  }
}
