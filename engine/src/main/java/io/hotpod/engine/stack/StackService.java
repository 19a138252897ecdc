package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.template.Template;
import io.hotpod.template.schema.ResourceSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that can be asked of stacks. What changes something is durable before the call returns
 * and is carried out afterwards. Thread-safe. Every refusal is an {@link EngineException}.
 */
public interface StackService {
  /**
   * Accepts a new stack.
   *
   * @return the stack, CREATE_IN_PROGRESS; for a repeated idempotency key, the stack of the first
   *     request as it is now
   */
  Stack create(Caller caller, StackRequest request);

  /** Accepts a full replacement of a stack's template and environment (Heat's PUT). */
  void update(Caller caller, String stackId, StackRequest request);

  /** Accepts a change that keeps whatever it does not name (Heat's PATCH). */
  void patch(Caller caller, String stackId, StackRequest request);

  /** Accepts a delete; a stack that is being deleted may be deleted again. */
  void delete(Caller caller, String stackId);

  /** Accepts a suspend; nothing happens if the stack is suspended. */
  void suspend(Caller caller, String stackId);

  /** Accepts a resume; nothing happens if the stack was resumed. */
  void resume(Caller caller, String stackId);

  /** Accepts a check of every resource against what is really there. */
  void check(Caller caller, String stackId);

  /** Stops a running update and returns to the definition before it. */
  void cancelUpdate(Caller caller, String stackId);

  /**
   * Stops a running create or update where it is: the stack has failed at once, nothing new is
   * begun, and what is begun comes to its own end.
   */
  void cancelWithoutRollback(Caller caller, String stackId);

  /**
   * Says of a resource that it is to be replaced by the next update.
   *
   * @param reason shown as the resource's; empty for Heat's words
   */
  void markUnhealthy(
      Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason);

  /**
   * Takes back what was said of a resource, or found wrong with it by a check.
   *
   * @param reason shown as the resource's; empty for Heat's words
   */
  void markHealthy(Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason);

  /**
   * Accepts that a snapshot of a stack is taken; not while an operation on it is in progress.
   *
   * @return the snapshot, IN_PROGRESS
   */
  Snapshot snapshot(Caller caller, String stackId, Optional<String> name);

  /** The snapshots of a stack, oldest first. */
  List<Snapshot> snapshots(Caller caller, String stackId);

  Snapshot findSnapshot(Caller caller, String stackId, String snapshotId);

  /** Forgets a snapshot; one that is being taken cannot be forgotten yet. */
  void deleteSnapshot(Caller caller, String stackId, String snapshotId);

  /** Accepts that a stack is brought back to what it was when a snapshot was taken. */
  void restore(Caller caller, String stackId, String snapshotId);

  /**
   * What a stack is, for another to adopt; hidden parameters are left out.
   *
   * @return as Heat's export gives it
   */
  ObjectNode export(Caller caller, String stackId);

  /**
   * Accepts that a stack is forgotten while everything that it made stays; not while an operation
   * on it is in progress.
   *
   * @return as {@link #export}
   */
  ObjectNode abandon(Caller caller, String stackId);

  /**
   * Accepts a new stack of things that are there already.
   *
   * @param request with template and environment
   * @param data which things: as {@link #export} gives it
   * @return the stack, ADOPT_IN_PROGRESS
   */
  Stack adopt(Caller caller, StackRequest request, ObjectNode data);

  /** What a create would do. Changes nothing. */
  Plan previewCreate(Caller caller, StackRequest request);

  /** What a create would show of the stack. Changes nothing. */
  PreviewedStack previewStack(Caller caller, StackRequest request);

  /** What an update would do. Changes nothing. */
  Plan previewUpdate(Caller caller, String stackId, StackRequest request);

  /** What a patch would do. Changes nothing. */
  Plan previewPatch(Caller caller, String stackId, StackRequest request);

  /**
   * Checks all that can be checked of a template, as a create would; parameters that are not given
   * may have any value.
   *
   * @return the template
   */
  Template validate(Caller caller, StackRequest request);

  /** A live stack by name or id, or a deleted one by id. */
  Stack find(Caller caller, String nameOrId);

  /** The stack inside a resource, by its id; empty while it is not there. */
  Optional<Stack> inside(Caller caller, String stackId);

  List<Stack> list(Caller caller, StackFilter filter);

  /** How many stacks the filter matches, its limit and marker aside. */
  long count(Caller caller, StackFilter filter);

  StackDetails details(Caller caller, String stackId, boolean resolveOutputs);

  StackDefinition definition(Caller caller, String stackId);

  /** Current resources, in the order of the template; those on their way out are left out. */
  List<ResourceRecord> resources(Caller caller, String stackId);

  ResourceRecord resource(Caller caller, String stackId, String resourceName);

  /**
   * Tells a resource something; what it means is durable on return.
   *
   * @param details what is said; empty when nothing is
   */
  void signal(Caller caller, String stackId, String resourceName, ObjectNode details);

  /** The metadata of a resource, as its type and the template have it. */
  ObjectNode metadata(Caller caller, String stackId, String resourceName);

  /** Live values of all attributes of a resource, null where not known. */
  JsonNode attributes(Caller caller, String stackId, String resourceName);

  /** What there is to say of the resources of a stack, read at once. */
  ResourceDetails resourceDetails(Caller caller, String stackId);

  /** Names of the resources that depend on a resource directly. */
  Set<String> requiredBy(Caller caller, String stackId, String resourceName);

  List<Event> events(Caller caller, String stackId, EventFilter filter);

  /** One event by its id. */
  EventDetails event(Caller caller, String stackId, String eventId);

  /** Names of the resource types that templates can use. */
  List<String> resourceTypes();

  /** The schema of a type. */
  ResourceSchema resourceType(String name);
}
