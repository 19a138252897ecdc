package io.hotpod.engine.run;

import io.hotpod.document.DocumentException;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Definitions;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.StackSecrets;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.DefinitionTable;
import io.hotpod.engine.store.FencedException;
import io.hotpod.engine.store.OperationTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.SnapshotTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.TemplateInstance;
import io.hotpod.template.environment.ResourceRegistry;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out one operation from wherever it stands to its end. What is done already, by this
 * process or by one that died, is read from the store and not done again. Thread-safe.
 */
final class OperationRunner {
  private final Database database;
  private final TemplateTypes types;
  private final Definitions definitions;
  private final Wakeups wakeups;
  private final Clock clock;
  private final Supplier<String> ids;
  private final OperationEnd end;
  private final int nestedDepth;
  private final Attempts attempts;

  OperationRunner(
      Database database,
      TemplateTypes types,
      Definitions definitions,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      OperationEnd end,
      int nestedDepth,
      Attempts attempts) {
    this.database = database;
    this.types = types;
    this.definitions = definitions;
    this.wakeups = wakeups;
    this.clock = clock;
    this.ids = ids;
    this.end = end;
    this.nestedDepth = nestedDepth;
    this.attempts = attempts;
  }

  /**
   * What the runner found in the store.
   *
   * @param standing the definitions of which something of the stack may be, the one that it is led
   *     to among them
   */
  private record Found(
      List<ResourceRecord> resources,
      Set<String> finished,
      List<StackDefinition> standing,
      Optional<StackDefinition> definition,
      Map<String, ObjectNode> restored) {}

  /**
   * Runs an operation.
   *
   * @param outer what the stacks around its own hide
   * @param execution carries out what the operation leads to in stacks inside
   * @return whether it came to its end; false when it was told to stop before
   */
  boolean run(Operation operation, StopSignal stop, NestedExecution execution, Set<String> outer) {
    Optional<StackTable.Taken> taken =
        database
            .writer()
            .write(handle -> StackTable.takeOver(handle, operation.stackId(), operation.id()));
    if (taken.isEmpty()) {
      end.superseded(operation);
      return true;
    }
    Stack stack = taken.get().stack();
    if (taken.get().cancelled()) {
      stop.cancel();
    }
    Found found = read(operation);
    Journal journal = new Journal(database, wakeups, clock, ids, stack, operation.id());
    StackTypes ownTypes = found.definition().map(types::of).orElseGet(types::existing);
    OperationScope scope =
        new OperationScope(
            operation,
            stack,
            new StackState(ownTypes, found.resources(), operation.action() == Action.ROLLBACK),
            ownTypes,
            journal,
            clock,
            ids,
            wakeups,
            stop,
            new Requirements(database, stack),
            new NestedOperations(database, definitions, types, clock, ids, execution, nestedDepth),
            secrets(found.standing(), stack, outer),
            attempts);
    try {
      return switch (operation.action()) {
        case CREATE, UPDATE, ROLLBACK, DELETE, RESTORE, ADOPT -> converge(scope, found);
        case SUSPEND, RESUME, CHECK, SNAPSHOT -> touch(scope, found);
        case INIT, SIGNAL ->
            throw new IllegalStateException(operation.action() + " is not an operation");
      };
    } catch (FencedException e) {
      end.fenced(operation);
      return true;
    }
  }

  private Set<String> secrets(List<StackDefinition> standing, Stack stack, Set<String> outer) {
    Set<String> all = new HashSet<>(outer);
    all.addAll(StackSecrets.hidden(definitions, standing, stack));
    return all;
  }

  private Found read(Operation operation) {
    return database.read(handle -> read(handle, operation));
  }

  private static Found read(Handle handle, Operation operation) {
    List<ResourceRecord> resources = ResourceTable.ofStack(handle, operation.stackId());
    boolean untouched = resources.isEmpty() && operation.action() == Action.CREATE;
    List<StackDefinition> standing =
        untouched
            ? operation.definitionId().flatMap(id -> DefinitionTable.find(handle, id)).stream()
                .toList()
            : DefinitionTable.standing(handle, operation.stackId());
    return new Found(
        resources,
        untouched ? Set.of() : OperationTable.finishedNodes(handle, operation.id()),
        standing,
        operation
            .definitionId()
            .flatMap(
                id ->
                    standing.stream()
                        .filter(each -> each.id().equals(id))
                        .findFirst()
                        .or(() -> DefinitionTable.find(handle, id))),
        operation.action() == Action.RESTORE
            ? SnapshotTable.restored(handle, operation.id())
            : Map.of());
  }

  private boolean converge(OperationScope scope, Found found) {
    Optional<TemplateInstance> target;
    try {
      target = found.definition().map(each -> definitions.instantiate(each, scope.stack()));
    } catch (DocumentException e) {
      // It was valid when it was accepted; a newer program may have become stricter.
      return finish(scope, Map.of("", e.getMessage() == null ? "" : e.getMessage()), true, "");
    }
    String definitionId = scope.operation().definitionId().orElse(scope.stack().definitionId());
    Breakpoints breakpoints = breakpoints(scope, found);
    ConvergeSteps steps =
        new ConvergeSteps(scope, target, definitionId, found.restored(), breakpoints);
    CleanSteps cleaning = new CleanSteps(scope, target, breakpoints);
    Map<String, Set<String>> names = new LinkedHashMap<>();
    target.ifPresent(
        template ->
            template
                .resources()
                .keySet()
                .forEach(name -> names.put(name, template.dependencies(name))));
    StepGraph graph = ConvergeGraph.converge(names, scope.state().everything());
    scope.journal().plan(steps.planned());
    boolean whole =
        walk(
            scope,
            graph,
            found.finished(),
            node ->
                switch (node) {
                  case Node.Apply apply -> steps.apply(apply);
                  case Node.Clean clean -> cleaning.clean(clean);
                  case Node.Touch touch ->
                      throw new IllegalStateException(touch.key() + " is not a step of a converge");
                },
            false);
    return finish(scope, scope.failures(), whole, scope.remark());
  }

  /** A delete leads to no definition; then the one that the stack has sets them. */
  private Breakpoints breakpoints(OperationScope scope, Found found) {
    return new Breakpoints(
        database,
        scope,
        found
            .definition()
            .or(
                () ->
                    found.standing().stream()
                        .filter(each -> each.id().equals(scope.stack().definitionId()))
                        .findFirst())
            .map(definition -> definition.environment().registry())
            .orElse(ResourceRegistry.EMPTY));
  }

  private boolean touch(OperationScope scope, Found found) {
    Action action = scope.operation().action();
    TouchSteps steps = new TouchSteps(scope, action);
    StepGraph forward = ConvergeGraph.touch(scope.state().currents());
    boolean whole =
        walk(
            scope,
            action == Action.SUSPEND ? forward.reversed() : forward,
            found.finished(),
            node ->
                switch (node) {
                  case Node.Touch touch -> steps.touch(touch);
                  case Node.Apply apply ->
                      throw new IllegalStateException(apply.key() + " is not a step of " + action);
                  case Node.Clean clean ->
                      throw new IllegalStateException(clean.key() + " is not a step of " + action);
                },
            action == Action.CHECK);
    return finish(
        scope,
        scope.failures(),
        whole,
        steps.anyUnsupported() ? ". 'CHECK' not fully supported (see resources)" : "");
  }

  private interface Work {
    GraphWalker.Outcome on(Node node);
  }

  /** Returns whether every step came to its end. */
  private boolean walk(
      OperationScope scope,
      StepGraph graph,
      Set<String> finished,
      Work work,
      boolean goOnAfterFailure) {
    boolean rollsBack = end.rollsBack(scope.stack(), scope.operation());
    // Cancelled before it was taken up: what was begun by an earlier owner comes to its end.
    boolean onlyBegun = scope.stop().isCancelled();
    Map<Node, GraphWalker.Outcome> outcomes =
        GraphWalker.walk(
            onlyBegun ? graph.only(node -> isBegun(scope, node)) : graph,
            node ->
                finished.contains(node.key()) && !(node instanceof Node.Apply)
                    ? GraphWalker.Outcome.DONE
                    : work.on(node),
            () -> scope.stop().isStopped() || (!onlyBegun && scope.stop().isCancelled()),
            goOnAfterFailure,
            node -> {
              if (rollsBack && !scope.stop().isCancelled()) {
                scope.stop().stop(StopSignal.Reason.FAILED);
              } else if (!goOnAfterFailure) {
                end.announceFailure(
                    scope.journal(), scope.stack(), scope.operation(), reason(scope));
              }
            },
            () -> scope.stop().stop(StopSignal.Reason.BROKEN));
    return outcomes.keySet().containsAll(graph.predecessors().keySet())
        && !outcomes.containsValue(GraphWalker.Outcome.STOPPED);
  }

  private static boolean isBegun(OperationScope scope, Node node) {
    Optional<ResourceRecord> resource =
        switch (node) {
          case Node.Apply apply -> scope.state().current(apply.name());
          case Node.Touch touch -> scope.state().current(touch.name());
          case Node.Clean clean -> scope.state().byId(clean.resourceId());
        };
    return resource
        .filter(each -> each.status() == Status.IN_PROGRESS)
        .filter(each -> each.operationId().equals(scope.operation().id()))
        // A removal is of the physical resource, everything else of the name.
        .filter(each -> node instanceof Node.Clean == (each.action() == Action.DELETE))
        .isPresent();
  }

  private static String reason(OperationScope scope) {
    return failureReason(scope.operation().action(), scope.failures());
  }

  private static String failureReason(Action action, Map<String, String> failures) {
    String details =
        action == Action.CHECK
            ? failures.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .sorted()
                .collect(Collectors.joining("; "))
            : failures.values().stream().findFirst().orElse("");
    return "Resource %s failed: %s".formatted(action, details);
  }

  /**
   * Ends an operation by what its steps came to.
   *
   * @param whole every step came to its end
   * @param remark said of one that went well
   */
  private boolean finish(
      OperationScope scope, Map<String, String> failures, boolean whole, String remark) {
    scope.journal().flush();
    StopSignal.Reason stopped = scope.stop().reason();
    if (stopped == StopSignal.Reason.CLOSING || stopped == StopSignal.Reason.BROKEN) {
      return false;
    }
    if (stopped == StopSignal.Reason.SUPERSEDED) {
      end.superseded(scope.operation());
      return true;
    }
    Action action = scope.operation().action();
    boolean failed = !failures.isEmpty();
    if (failed ? !end.rollsBack(scope.stack(), scope.operation()) : scope.stop().isCancelled()) {
      scope.endWhatIsLeft();
    }
    if (failed) {
      end.failed(
          scope.journal(), scope.stack(), scope.operation(), failureReason(action, failures));
    } else if (scope.stop().isCancelled()) {
      end.failed(
          scope.journal(),
          scope.stack(),
          scope.operation(),
          "Stack %s cancelled".formatted(action));
    } else if (!whole) {
      // A stack inside was told to stop, or taken over, before this one hears of it; or this one
      // is another's by now.
      scope.journal().requireOwned();
      return false;
    } else {
      end.completed(
          scope.journal(),
          scope.stack(),
          scope.operation(),
          "Stack %s completed successfully".formatted(action) + remark);
    }
    return true;
  }
}
