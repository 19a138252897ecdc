package io.hotpod.engine.run;

import io.hotpod.engine.config.SoftwareDeployments;
import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.StackState;
import io.hotpod.engine.resource.StackTypes;
import io.hotpod.engine.secret.Redaction;
import io.hotpod.engine.stack.Action;
import io.hotpod.engine.stack.Operation;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.stack.Status;
import io.hotpod.engine.store.DatabaseAwayException;
import io.hotpod.engine.store.FencedException;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.DeletionPolicy;
import io.hotpod.template.ResourceFacade;
import io.hotpod.template.schema.PropertyDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the steps of one running operation share. Thread-safe. */
final class OperationScope {
  private static final Logger LOG = LoggerFactory.getLogger(OperationScope.class);

  /** Heat's words for a step that went as it should. */
  static final String CHANGED = "state changed";

  /** For steps that no template is at hand for. */
  static final ResourceFacade NO_FACADE =
      new ResourceFacade(
          JsonNodeFactory.instance.objectNode(),
          DeletionPolicy.DELETE,
          JsonNodeFactory.instance.objectNode());

  private final Operation operation;
  private final TimeLeft timeLeft;
  private final Stack stack;
  private final StackState state;
  private final StackTypes types;
  private final Journal journal;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Wakeups wakeups;
  private final StopSignal stop;
  private final Requirements requirements;
  private final NestedOperations nested;
  private final Set<String> secrets;
  private final Redaction redaction;
  private final Attempts attempts;
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Map<String, List<String>> staying = new ConcurrentSkipListMap<>();

  OperationScope(
      Operation operation,
      Stack stack,
      StackState state,
      StackTypes types,
      Journal journal,
      Clock clock,
      Supplier<String> ids,
      Wakeups wakeups,
      StopSignal stop,
      Requirements requirements,
      NestedOperations nested,
      Set<String> secrets,
      Attempts attempts) {
    this.operation = operation;
    this.timeLeft = TimeLeft.of(operation, clock.instant());
    this.stack = stack;
    this.state = state;
    this.types = types;
    this.journal = journal;
    this.clock = clock;
    this.ids = ids;
    this.wakeups = wakeups;
    this.stop = stop;
    this.requirements = requirements;
    this.nested = nested;
    this.secrets = Set.copyOf(secrets);
    this.redaction = Redaction.of(this.secrets);
    this.attempts = attempts;
  }

  Operation operation() {
    return operation;
  }

  Stack stack() {
    return stack;
  }

  StackState state() {
    return state;
  }

  StackTypes types() {
    return types;
  }

  Journal journal() {
    return journal;
  }

  StopSignal stop() {
    return stop;
  }

  Instant now() {
    return clock.instant();
  }

  /** How long the operation may still take; negative when its time is over. */
  Duration timeLeft() {
    return timeLeft.now();
  }

  String newId() {
    return ids.get();
  }

  /** What this stack and those around it hide. */
  Set<String> secrets() {
    return secrets;
  }

  /** Properties without what is for nobody's eyes; the same when there is nothing of it. */
  ObjectNode shown(ResourceType type, ObjectNode properties) {
    List<String> hidden =
        properties.propertyNames().stream().filter(name -> isHidden(type, name)).toList();
    ObjectNode open = hidden.isEmpty() ? properties : properties.deepCopy();
    hidden.forEach(name -> open.put(name, Redaction.HIDDEN));
    return secrets.isEmpty() ? open : redaction.apply(open);
  }

  private static boolean isHidden(ResourceType type, String property) {
    return Optional.ofNullable(type.schema().properties().get(property))
        .filter(PropertyDefinition::hidden)
        .isPresent();
  }

  /**
   * Something of a resource that is forgotten stays, and is nobody's.
   *
   * @param things each with its id
   */
  void stays(String resource, List<String> things) {
    staying.put(resource, things);
  }

  /** A sentence about what stays; empty when nothing does. */
  String remark() {
    return staying.isEmpty()
        ? ""
        : staying.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
            .collect(Collectors.joining("; ", ". Not deleted, since not adopted: ", ""));
  }

  /** Resource name to what went wrong with it. */
  Map<String, String> failures() {
    return failures;
  }

  /**
   * Waits for what no resource type waits for.
   *
   * @param words what is waited for, for people
   * @throws ResourceFailure when the operation ran out of time
   */
  void await(String topic, BooleanSupplier condition, String words) {
    Optional<Boolean> ended =
        wakeups.await(
            List.of(topic, stop.topic()),
            timeLeft.now(),
            () -> {
              if (condition.getAsBoolean()) {
                return Optional.of(true);
              }
              return stop.isStopped() || stop.isCancelled() ? Optional.of(false) : Optional.empty();
            });
    if (ended.isEmpty()) {
      throw new ResourceFailure("Timed out: " + words);
    }
    if (!ended.get()) {
      throw new StopSignal.Stopped();
    }
  }

  /**
   * Does the part of a step that touches the outside, and records what came of it.
   *
   * @param begun the record as it was stored when the step began
   * @param work gives what the resource is afterwards; empty when it is gone or unchanged
   */
  GraphWalker.Outcome attempt(
      Node node,
      ResourceRecord begun,
      ObjectNode properties,
      Function<ResourceContext, Optional<Physical>> work) {
    return attempt(node, begun, properties, NO_FACADE, work);
  }

  /**
   * The same for a step that follows a template.
   *
   * @param facade what the template says of the resource besides its properties
   */
  GraphWalker.Outcome attempt(
      Node node,
      ResourceRecord begun,
      ObjectNode properties,
      ResourceFacade facade,
      Function<ResourceContext, Optional<Physical>> work) {
    return attempt(node, begun, properties, facade, () -> CHANGED, work);
  }

  /**
   * The same for a step with words of its own.
   *
   * @param reason asked when the step has ended well
   */
  GraphWalker.Outcome attempt(
      Node node,
      ResourceRecord begun,
      ObjectNode properties,
      ResourceFacade facade,
      Supplier<String> reason,
      Function<ResourceContext, Optional<Physical>> work) {
    return attempt(node, begun, properties, facade, reason, work, "");
  }

  private GraphWalker.Outcome attempt(
      Node node,
      ResourceRecord begun,
      ObjectNode properties,
      ResourceFacade facade,
      Supplier<String> reason,
      Function<ResourceContext, Optional<Physical>> work,
      String progress) {
    try {
      Optional<Physical> physical =
          attempts.of(
              begun.action(),
              () -> work.apply(context(latest(begun), properties, facade, progress)),
              (words, pause, passing) -> pause(latest(begun), words, pause, passing));
      if (begun.action() == Action.DELETE) {
        return gone(node, begun);
      }
      Records done =
          Records.of(latest(begun)).state(begun.action(), Status.COMPLETE, reason.get()).at(now());
      physical.ifPresent(done::physical);
      return complete(node, done.build());
    } catch (Parked parked) {
      throw parked.then(
          () -> attempt(node, begun, properties, facade, reason, work, parked.progress()));
    } catch (StopSignal.Stopped | FencedException e) {
      return GraphWalker.Outcome.STOPPED;
    } catch (ResourceFailure e) {
      return failed(node, latest(begun), begun.action(), e);
    } catch (RuntimeException e) {
      return unexpected(node, latest(begun), begun.action(), e);
    }
  }

  /**
   * Waits before a step is attempted again.
   *
   * @param words why, for people
   * @param passing ends the wait
   * @return whether there is to be another attempt; not once the operation is cancelled or its time
   *     is over
   */
  private boolean pause(
      ResourceRecord begun, String words, Duration pause, ResourceFailure.Passing passing) {
    Duration left = timeLeft.now();
    if (stop.isCancelled() || left.compareTo(pause) <= 0) {
      return false;
    }
    ResourceRecord waiting =
        Records.of(begun)
            .state(begun.action(), Status.IN_PROGRESS, redaction.apply(words))
            .at(now())
            .build();
    journal.progress(waiting);
    journal.tell(waiting);
    wakeups.await(
        Stream.concat(Stream.of(stop.topic()), passing.topics().stream()).toList(),
        pause,
        () ->
            stop.isStopped() || stop.isCancelled() || passing.over().getAsBoolean()
                ? Optional.of(true)
                : Optional.empty());
    if (stop.isStopped()) {
      throw new StopSignal.Stopped();
    }
    return !stop.isCancelled();
  }

  private StepContext context(
      ResourceRecord begun, ObjectNode properties, ResourceFacade facade, String progress) {
    return new StepContext(
        stack,
        begun,
        properties,
        requirements.of(state, begun),
        facade,
        nested.in(this, begun),
        clock,
        timeLeft,
        wakeups,
        stop,
        words -> progress(latest(begun), words),
        data -> remember(latest(begun), data),
        progress);
  }

  /** What is found wrong with a resource, without changing anything. */
  List<String> observe(ResourceType type, ResourceRecord resource) {
    return type.observe(context(resource, resource.properties(), NO_FACADE, "")).stream()
        .map(redaction::apply)
        .toList();
  }

  /**
   * What becomes of a step whose type threw what no type should: the resource has failed, unless
   * the operation was to stop anyway.
   *
   * @throws RuntimeException the failure itself, when it says nothing of the resource
   */
  GraphWalker.Outcome unexpected(
      Node node, ResourceRecord resource, Action action, RuntimeException failure) {
    if (failure instanceof DatabaseAwayException
        || failure instanceof GraphWalker.Broken
        || failure instanceof Parked) {
      throw failure;
    }
    if (stop.isStopped()) {
      return GraphWalker.Outcome.STOPPED;
    }
    LOG.error(
        "stack {}: resource {}: {} failed unexpectedly; it is marked as failed and the next update"
            + " tries again",
        stack.name(),
        resource.name(),
        action,
        failure);
    return failed(node, resource, action, failure);
  }

  /** With what the step has remembered since. */
  private ResourceRecord latest(ResourceRecord begun) {
    return state.byId(begun.id()).orElse(begun);
  }

  private void remember(ResourceRecord begun, ObjectNode data) {
    ResourceRecord remembering = Records.of(begun).data(data).at(now()).build();
    state.changed(remembering);
    journal.remember(remembering);
  }

  private void progress(ResourceRecord begun, String words) {
    ResourceRecord waiting =
        Records.of(begun)
            .state(begun.action(), Status.IN_PROGRESS, redaction.apply(words))
            .at(now())
            .build();
    journal.progress(waiting);
  }

  /**
   * Says of resources that an older operation left in the middle, and that this one did not come
   * to, that nothing is being done to them any more; neither inside of them.
   */
  void endWhatIsLeft() {
    List<ResourceRecord> open =
        state.everything().stream().filter(each -> each.status() == Status.IN_PROGRESS).toList();
    journal.stack(
        (handle, present) -> {
          OpenInside.end(handle, present.id(), now(), ids);
          open.forEach(left -> SoftwareDeployments.cancel(handle, left.id(), now()));
        });
    for (ResourceRecord left : open) {
      ResourceRecord ended =
          Records.of(left)
              .state(left.action(), Status.FAILED, OpenInside.NOT_FINISHED)
              .at(now())
              .build();
      state.changed(ended);
      journal.unchanged(ended);
      journal.tell(ended);
    }
  }

  GraphWalker.Outcome complete(Node node, ResourceRecord done) {
    state.changed(done);
    journal.end(node, done);
    return GraphWalker.Outcome.DONE;
  }

  /** Records that a resource is gone. */
  GraphWalker.Outcome gone(Node node, ResourceRecord resource) {
    return gone(node, resource, CHANGED);
  }

  /** The same in words of its own. */
  GraphWalker.Outcome gone(Node node, ResourceRecord resource, String reason) {
    ResourceRecord done =
        Records.of(resource).state(Action.DELETE, Status.COMPLETE, reason).at(now()).build();
    state.gone(done);
    journal.gone(node, done);
    return GraphWalker.Outcome.DONE;
  }

  private static String reason(ResourceRecord resource, RuntimeException failure) {
    if (failure instanceof ResourceFailure known) {
      return known.reason(resource.name());
    }
    String message = Optional.ofNullable(failure.getMessage()).orElse("no details are known");
    return new ResourceFailure(failure.getClass().getSimpleName(), "", message)
        .reason(resource.name());
  }

  /** Records that a step is not allowed; the resource stays as it is. */
  GraphWalker.Outcome refused(ResourceRecord resource, Action action, ResourceFailure refusal) {
    String reason = redaction.apply(refusal.reason(resource.name()));
    failures.putIfAbsent(resource.name(), reason);
    journal.tell(Records.of(resource).state(action, Status.FAILED, reason).at(now()).build());
    return GraphWalker.Outcome.FAILED;
  }

  /** Records that a step failed. */
  GraphWalker.Outcome failed(
      Node node, ResourceRecord resource, Action action, RuntimeException failure) {
    String reason = redaction.apply(reason(resource, failure));
    failures.putIfAbsent(resource.name(), reason);
    ResourceRecord done =
        Records.of(resource).state(action, Status.FAILED, reason).at(now()).build();
    state.changed(done);
    journal.end(node, done);
    return GraphWalker.Outcome.FAILED;
  }
}
