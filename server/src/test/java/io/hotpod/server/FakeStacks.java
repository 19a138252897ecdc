package io.hotpod.server;

import static java.util.Objects.requireNonNull;

import io.hotpod.document.DocumentException;
import io.hotpod.document.RepeatedKeys;
import io.hotpod.engine.EngineException;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.plan.PlannedStep;
import io.hotpod.engine.plan.StepKind;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Caller;
import io.hotpod.engine.stack.Output;
import io.hotpod.engine.stack.PreviewedStack;
import io.hotpod.engine.stack.ResourceDetails;
import io.hotpod.engine.stack.Snapshot;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.StackDefinition;
import io.hotpod.engine.stack.StackDetails;
import io.hotpod.engine.stack.StackFilter;
import io.hotpod.engine.stack.StackRequest;
import io.hotpod.engine.stack.StackService;
import io.hotpod.engine.stack.Status;
import io.hotpod.template.Template;
import io.hotpod.template.TemplateSource;
import io.hotpod.template.schema.AttributeDefinition;
import io.hotpod.template.schema.PropertyDefinition;
import io.hotpod.template.schema.PropertyType;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stacks in memory. Every stack has the resources {@code front}, which requires {@code back}; every
 * action leaves an event at its start and at its end.
 */
final class FakeStacks implements StackService {
  static final Instant EPOCH = Instant.parse("2026-11-01T12:00:00.123456Z");
  static final String TYPE = "OS::Heat::RandomString";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Stack> stacks = new LinkedHashMap<>();
  private final Map<String, StackRequest> requests = new HashMap<>();
  private final Map<String, List<Event>> events = new HashMap<>();
  private final Map<String, Answered> answered = new HashMap<>();
  private final List<Snapshot> snapshots = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private final List<StackRequest> received = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private final AtomicInteger detailsRead = new AtomicInteger();
  private long number;

  private record Answered(String digest, String stackId) {}

  /** What was asked to change, in order: {@code suspend web}. */
  List<String> calls() {
    return locked(() -> List.copyOf(calls));
  }

  /** The last create, update or patch, as it came in. */
  StackRequest lastRequest() {
    return locked(received::getLast);
  }

  /** The next create, update or preview is refused with that. */
  void failWith(RuntimeException refusal) {
    locked(
        () -> {
          failure = Optional.of(refusal);
          return refusal;
        });
  }

  /** Adds an event, as something that happens later would. */
  void happen(String stackId, Action action, Status status) {
    locked(() -> record(requireNonNull(stacks.get(stackId)), action, status));
  }

  private <T> T locked(java.util.function.Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private Event record(Stack stack, Action action, Status status) {
    Event event =
        new Event(
            new UUID(0, ++number).toString(),
            number,
            stack.id(),
            EPOCH.plusSeconds(number),
            stack.name(),
            Event.STACK_TYPE,
            stack.id(),
            action,
            status,
            "Stack " + action + (status == Status.IN_PROGRESS ? " started" : " ended"));
    events.computeIfAbsent(stack.id(), absent -> new ArrayList<>()).add(event);
    changed.signalAll();
    return event;
  }

  private void take(StackRequest request) {
    received.add(request);
    Optional<RuntimeException> refusal = failure;
    failure = Optional.empty();
    refusal.ifPresent(
        thrown -> {
          throw thrown;
        });
  }

  @Override
  public Stack create(Caller caller, StackRequest request) {
    return locked(
        () -> {
          take(request);
          Optional<Answered> before = caller.idempotencyKey().map(key -> answered.get(key.key()));
          if (before.isPresent()) {
            requireSame(caller, before.get());
            return requireNonNull(stacks.get(before.get().stackId()));
          }
          String name = request.name().orElseThrow();
          if (live(caller, name).isPresent()) {
            throw new EngineException(
                ErrorCode.STACK_EXISTS, "The Stack (" + name + ") already exists.");
          }
          Stack stack = newStack(caller, name, request);
          stacks.put(stack.id(), stack);
          requests.put(stack.id(), request);
          caller
              .idempotencyKey()
              .ifPresent(
                  key -> answered.put(key.key(), new Answered(key.requestDigest(), stack.id())));
          record(stack, Action.CREATE, Status.IN_PROGRESS);
          record(stack, Action.CREATE, Status.COMPLETE);
          return stack;
        });
  }

  private static void requireSame(Caller caller, Answered before) {
    if (!before.digest().equals(caller.idempotencyKey().orElseThrow().requestDigest())) {
      throw new EngineException(
          ErrorCode.IDEMPOTENCY_MISMATCH, "The Idempotency-Key was used for another request.");
    }
  }

  private static Stack newStack(Caller caller, String name, StackRequest request) {
    String id = UUID.randomUUID().toString();
    return new Stack(
        id,
        caller.project(),
        name,
        Action.CREATE,
        Status.COMPLETE,
        "Stack CREATE completed successfully",
        "",
        caller.user(),
        EPOCH,
        Optional.empty(),
        Optional.empty(),
        request.timeout(),
        request.disableRollback().orElse(true),
        request.tags().orElse(List.of()),
        "definition",
        Optional.empty(),
        "operation",
        1,
        Optional.empty());
  }

  private Optional<Stack> live(Caller caller, String name) {
    return stacks.values().stream()
        .filter(stack -> stack.project().equals(caller.project()))
        .filter(stack -> stack.name().equals(name) && stack.deletedAt().isEmpty())
        .findFirst();
  }

  private void act(Caller caller, String stackId, Action action, UnaryOperator<Stack> change) {
    locked(
        () -> {
          Stack stack = find(caller, stackId);
          if (caller.idempotencyKey().isPresent()) {
            Caller.IdempotencyKey key = caller.idempotencyKey().get();
            Answered before =
                answered.putIfAbsent(key.key(), new Answered(key.requestDigest(), stackId));
            if (before != null) {
              requireSame(caller, before);
              return stack;
            }
          }
          if (stack.deletedAt().isPresent()) {
            throw new EngineException(
                ErrorCode.STACK_NOT_FOUND, "The Stack (" + stackId + ") could not be found.");
          }
          calls.add(action + " " + stack.name());
          Stack after = change.apply(with(stack, action, Optional.empty()));
          stacks.put(stackId, after);
          record(after, action, Status.IN_PROGRESS);
          record(after, action, Status.COMPLETE);
          return after;
        });
  }

  private static Stack with(Stack stack, Action action, Optional<Instant> deletedAt) {
    return new Stack(
        stack.id(),
        stack.project(),
        stack.name(),
        action,
        Status.COMPLETE,
        "Stack " + action + " completed successfully",
        stack.description(),
        stack.username(),
        stack.createdAt(),
        Optional.of(EPOCH.plusSeconds(60)),
        deletedAt,
        stack.timeout(),
        stack.disableRollback(),
        stack.tags(),
        stack.definitionId(),
        stack.previousDefinitionId(),
        stack.operationId(),
        stack.fence(),
        stack.nesting());
  }

  @Override
  public void update(Caller caller, String stackId, StackRequest request) {
    locked(
        () -> {
          take(request);
          requests.put(stackId, request);
          return request;
        });
    act(caller, stackId, Action.UPDATE, UnaryOperator.identity());
  }

  @Override
  public void patch(Caller caller, String stackId, StackRequest request) {
    locked(
        () -> {
          take(request);
          return request;
        });
    act(caller, stackId, Action.UPDATE, UnaryOperator.identity());
  }

  @Override
  public void delete(Caller caller, String stackId) {
    act(
        caller,
        stackId,
        Action.DELETE,
        stack -> with(stack, Action.DELETE, Optional.of(EPOCH.plusSeconds(90))));
  }

  @Override
  public void suspend(Caller caller, String stackId) {
    act(caller, stackId, Action.SUSPEND, UnaryOperator.identity());
  }

  @Override
  public void resume(Caller caller, String stackId) {
    act(caller, stackId, Action.RESUME, UnaryOperator.identity());
  }

  @Override
  public void check(Caller caller, String stackId) {
    act(caller, stackId, Action.CHECK, UnaryOperator.identity());
  }

  @Override
  public void cancelUpdate(Caller caller, String stackId) {
    act(caller, stackId, Action.ROLLBACK, UnaryOperator.identity());
  }

  @Override
  public void cancelWithoutRollback(Caller caller, String stackId) {
    locked(() -> calls.add("CANCEL " + find(caller, stackId).name()));
  }

  @Override
  public void markUnhealthy(
      Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    resource(caller, stackId, nameOrPhysicalId);
    locked(() -> calls.add("UNHEALTHY " + nameOrPhysicalId + reason.map(r -> " " + r).orElse("")));
  }

  @Override
  public void markHealthy(
      Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    resource(caller, stackId, nameOrPhysicalId);
    locked(() -> calls.add("HEALTHY " + nameOrPhysicalId + reason.map(r -> " " + r).orElse("")));
  }

  @Override
  public Snapshot snapshot(Caller caller, String stackId, Optional<String> name) {
    return locked(
        () -> {
          Snapshot snapshot =
              new Snapshot(
                  name.orElse("unnamed"),
                  find(caller, stackId).id(),
                  name,
                  Status.IN_PROGRESS,
                  "Stack SNAPSHOT started",
                  "definition",
                  "operation",
                  JsonNodeFactory.instance.objectNode(),
                  EPOCH);
          snapshots.add(snapshot);
          return snapshot;
        });
  }

  @Override
  public List<Snapshot> snapshots(Caller caller, String stackId) {
    return locked(() -> List.copyOf(snapshots));
  }

  @Override
  public Snapshot findSnapshot(Caller caller, String stackId, String snapshotId) {
    return snapshots(caller, stackId).stream()
        .filter(snapshot -> snapshot.id().equals(snapshotId))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.SNAPSHOT_NOT_FOUND,
                    "The Snapshot (%s) for Stack (web) could not be found.".formatted(snapshotId)));
  }

  @Override
  public void deleteSnapshot(Caller caller, String stackId, String snapshotId) {
    Snapshot found = findSnapshot(caller, stackId, snapshotId);
    locked(() -> snapshots.remove(found));
  }

  @Override
  public void restore(Caller caller, String stackId, String snapshotId) {
    findSnapshot(caller, stackId, snapshotId);
    act(caller, stackId, Action.RESTORE, UnaryOperator.identity());
  }

  @Override
  public ObjectNode export(Caller caller, String stackId) {
    return JsonNodeFactory.instance.objectNode().put("name", find(caller, stackId).name());
  }

  @Override
  public ObjectNode abandon(Caller caller, String stackId) {
    ObjectNode data = export(caller, stackId);
    delete(caller, stackId);
    return data;
  }

  @Override
  public Stack adopt(Caller caller, StackRequest request, ObjectNode data) {
    return create(caller, request);
  }

  @Override
  public Plan previewCreate(Caller caller, StackRequest request) {
    return locked(
        () -> {
          take(request);
          return new Plan(List.of(step("back", StepKind.CREATE), step("front", StepKind.CREATE)));
        });
  }

  @Override
  public PreviewedStack previewStack(Caller caller, StackRequest request) {
    return new PreviewedStack("", Map.of());
  }

  @Override
  public Plan previewUpdate(Caller caller, String stackId, StackRequest request) {
    return locked(
        () -> {
          take(request);
          return new Plan(List.of(step("back", StepKind.NONE), step("front", StepKind.REPLACE)));
        });
  }

  @Override
  public Plan previewPatch(Caller caller, String stackId, StackRequest request) {
    return previewUpdate(caller, stackId, request);
  }

  private static PlannedStep step(String name, StepKind kind) {
    return new PlannedStep(
        name,
        TYPE,
        kind,
        kind == StepKind.NONE ? List.of() : List.of("it is asked for"),
        kind == StepKind.REPLACE,
        true,
        name.equals("front") ? Set.of("back") : Set.of(),
        List.of(),
        JsonNodeFactory.instance.objectNode().put("value", name));
  }

  @Override
  public Stack find(Caller caller, String nameOrId) {
    return locked(
        () ->
            Optional.ofNullable(stacks.get(nameOrId))
                .filter(stack -> stack.project().equals(caller.project()))
                .or(() -> live(caller, nameOrId))
                .orElseThrow(
                    () ->
                        new EngineException(
                            ErrorCode.STACK_NOT_FOUND,
                            "The Stack (" + nameOrId + ") could not be found.")));
  }

  @Override
  public Optional<Stack> inside(Caller caller, String stackId) {
    return locked(() -> Optional.ofNullable(stacks.get(stackId)));
  }

  @Override
  public List<Stack> list(Caller caller, StackFilter filter) {
    return locked(
        () -> {
          List<Stack> found = new ArrayList<>();
          for (Stack stack : stacks.values()) {
            if (matches(caller, filter, stack)) {
              found.addFirst(stack);
            }
          }
          filter
              .marker()
              .ifPresent(
                  marker -> {
                    int index = found.stream().map(Stack::id).toList().indexOf(marker);
                    found.subList(0, index + 1).clear();
                  });
          return filter
              .limit()
              .map(limit -> List.copyOf(found.subList(0, Math.min(limit, found.size()))))
              .orElse(List.copyOf(found));
        });
  }

  private static boolean matches(Caller caller, StackFilter filter, Stack stack) {
    return stack.project().equals(caller.project())
        && (filter.showDeleted() || stack.deletedAt().isEmpty())
        && (filter.ids().isEmpty() || filter.ids().contains(stack.id()))
        && (filter.names().isEmpty() || filter.names().contains(stack.name()))
        && (filter.actions().isEmpty() || filter.actions().contains(stack.action()))
        && (filter.states().isEmpty()
            || filter.states().stream().anyMatch(state -> state.isOf(stack)))
        && (filter.usernames().isEmpty()
            || stack.username().filter(filter.usernames()::contains).isPresent())
        && filter.tags().matches(stack.tags());
  }

  @Override
  public long count(Caller caller, StackFilter filter) {
    return locked(
        () -> stacks.values().stream().filter(stack -> matches(caller, filter, stack)).count());
  }

  @Override
  public StackDetails details(Caller caller, String stackId, boolean resolveOutputs) {
    Stack stack = find(caller, stackId);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("OS::stack_id", stack.id());
    parameters.put("OS::stack_name", stack.name());
    parameters.put("password", "******");
    List<Output> outputs =
        List.of(
            new Output(
                "address",
                "where it is",
                JsonNodeFactory.instance.stringNode("10.0.0.1"),
                Optional.empty()),
            new Output(
                "broken",
                "",
                JsonNodeFactory.instance.nullNode(),
                Optional.of("it cannot be worked out")));
    return new StackDetails(stack, parameters, resolveOutputs ? outputs : List.of());
  }

  @Override
  public StackDefinition definition(Caller caller, String stackId) {
    find(caller, stackId);
    StackRequest request = locked(() -> requireNonNull(requests.get(stackId)));
    return new StackDefinition(
        "definition",
        request.templateName(),
        request.template().orElseThrow(),
        request.files(),
        request.environment().merged(Map.of()));
  }

  @Override
  public List<ResourceRecord> resources(Caller caller, String stackId) {
    Stack stack = find(caller, stackId);
    return List.of(resource(stack, "back", Set.of()), resource(stack, "front", Set.of("back")));
  }

  private static ResourceRecord resource(Stack stack, String name, Set<String> requires) {
    return new ResourceRecord(
        UUID.nameUUIDFromBytes(
                (stack.id() + name).getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .toString(),
        stack.id(),
        name,
        TYPE,
        TYPE,
        1,
        Optional.of("physical-" + name),
        Action.CREATE,
        Status.COMPLETE,
        "state changed",
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        Optional.empty(),
        JsonNodeFactory.instance.objectNode(),
        requires,
        stack.definitionId(),
        stack.operationId(),
        Optional.empty(),
        false,
        EPOCH,
        EPOCH);
  }

  @Override
  public Template validate(Caller caller, StackRequest request) {
    try {
      return Template.parse(
          new TemplateSource(
              request.templateName(), request.template().orElse(""), request.files()),
          RepeatedKeys.LAST_COUNTS);
    } catch (DocumentException e) {
      throw new EngineException(ErrorCode.VALIDATION_FAILED, e);
    }
  }

  @Override
  public ResourceRecord resource(Caller caller, String stackId, String resourceName) {
    return resources(caller, stackId).stream()
        .filter(resource -> resource.name().equals(resourceName))
        .findFirst()
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.RESOURCE_NOT_FOUND,
                    "The Resource (" + resourceName + ") could not be found in Stack web."));
  }

  @Override
  public void signal(Caller caller, String stackId, String resourceName, ObjectNode details) {
    resource(caller, stackId, resourceName);
    locked(() -> calls.add("signal " + resourceName + " " + details));
  }

  @Override
  public ObjectNode metadata(Caller caller, String stackId, String resourceName) {
    resource(caller, stackId, resourceName);
    return JsonNodeFactory.instance.objectNode();
  }

  /** How often the resources of a stack were read for what there is to say of them. */
  int detailsRead() {
    return detailsRead.get();
  }

  @Override
  public ResourceDetails resourceDetails(Caller caller, String stackId) {
    detailsRead.incrementAndGet();
    return new ResourceDetails() {
      @Override
      public JsonNode attributes(String resourceName) {
        return FakeStacks.this.attributes(caller, stackId, resourceName);
      }

      @Override
      public String description(String resourceName) {
        return "what " + resourceName + " is for";
      }
    };
  }

  @Override
  public JsonNode attributes(Caller caller, String stackId, String resourceName) {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode();
    return attributes.put("value", "secret").putNull("show");
  }

  @Override
  public Set<String> requiredBy(Caller caller, String stackId, String resourceName) {
    return resourceName.equals("back") ? Set.of("front") : Set.of();
  }

  @Override
  public List<Event> events(Caller caller, String stackId, EventFilter filter) {
    find(caller, stackId);
    long nanos = filter.waiting().toNanos();
    lock.lock();
    try {
      List<Event> found = select(stackId, filter);
      while (found.isEmpty() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
        found = select(stackId, filter);
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Event> select(String stackId, EventFilter filter) {
    List<Event> found = new ArrayList<>(events.getOrDefault(stackId, List.of()));
    if (!filter.order().ascending()) {
      Collections.reverse(found);
    }
    filter
        .marker()
        .ifPresent(
            marker -> {
              int index = found.stream().map(Event::id).toList().indexOf(marker);
              found.subList(0, index + 1).clear();
            });
    found.removeIf(
        event ->
            (!filter.names().isEmpty() && !filter.names().contains(event.resourceName()))
                || (!filter.statuses().isEmpty() && !filter.statuses().contains(event.status())));
    return List.copyOf(
        found.subList(0, Math.min(filter.limit().orElse(Integer.MAX_VALUE), found.size())));
  }

  @Override
  public EventDetails event(Caller caller, String stackId, String eventId) {
    return locked(
        () ->
            events.getOrDefault(stackId, List.of()).stream()
                .filter(event -> event.id().equals(eventId))
                .findFirst()
                .map(event -> new EventDetails(event, JsonNodeFactory.instance.objectNode()))
                .orElseThrow(
                    () ->
                        new EngineException(
                            ErrorCode.EVENT_NOT_FOUND,
                            "The Event (" + eventId + ") could not be found.")));
  }

  @Override
  public List<String> resourceTypes() {
    return List.of("OS::Heat::None", TYPE);
  }

  @Override
  public ResourceSchema resourceType(String name) {
    if (!resourceTypes().contains(name)) {
      throw new EngineException(
          ErrorCode.RESOURCE_TYPE_NOT_FOUND,
          "The Resource Type (" + name + ") could not be found.");
    }
    return ResourceSchema.of(
        name,
        "a type",
        List.of(PropertyDefinition.of("length", PropertyType.INTEGER, "how long").updatable()),
        List.of(AttributeDefinition.of("value", PropertyType.STRING, "what")));
  }
}
