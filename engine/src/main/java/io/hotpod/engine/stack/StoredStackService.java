package io.hotpod.engine.stack;

import io.hotpod.engine.EngineException;
import io.hotpod.engine.EngineLimits;
import io.hotpod.engine.ErrorCode;
import io.hotpod.engine.event.Event;
import io.hotpod.engine.event.EventDetails;
import io.hotpod.engine.event.EventFilter;
import io.hotpod.engine.plan.Plan;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.ResourceTypes;
import io.hotpod.engine.resource.nested.TemplateTypes;
import io.hotpod.engine.signal.SignalSink;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.template.Template;
import io.hotpod.template.schema.ResourceSchema;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The stack service on a database. */
public final class StoredStackService implements StackService {
  private final ResourceTypes types;
  private final StackCommands commands;
  private final StackCancellation cancellation;
  private final SnapshotCommands snapshots;
  private final StackHandover handover;
  private final StackPreviews previews;
  private final ResourceMarking marking;
  private final StackQueries queries;
  private final Signals signals;

  public StoredStackService(
      Database database,
      ResourceTypes types,
      TemplateTypes templateTypes,
      Definitions definitions,
      StackSecrets secrets,
      OperationStarter starter,
      Wakeups wakeups,
      Clock clock,
      Supplier<String> ids,
      EngineLimits limits) {
    this.types = types;
    DefinitionChecker checker = new DefinitionChecker(definitions, templateTypes, limits);
    RequestedDefinitions requested =
        new RequestedDefinitions(database, definitions, checker, ids, limits);
    Acceptance acceptance = new Acceptance(database, starter, wakeups, clock, ids);
    this.commands = new StackCommands(templateTypes, requested, acceptance, limits);
    this.cancellation = new StackCancellation(acceptance, wakeups);
    this.snapshots = new SnapshotCommands(requested, acceptance, limits);
    this.handover = new StackHandover(acceptance, new StackExport(definitions, templateTypes));
    this.previews =
        new StackPreviews(database, templateTypes, definitions, checker, requested, ids);
    this.marking = new ResourceMarking(acceptance, wakeups);
    this.queries = new StackQueries(database, templateTypes, definitions, secrets, wakeups);
    this.signals = new Signals(database, queries, templateTypes, wakeups, clock, ids);
  }

  /** Takes what machines say and ask, by physical resource. */
  public SignalSink sink() {
    return signals;
  }

  @Override
  public Stack create(Caller caller, StackRequest request) {
    return commands.create(caller, request);
  }

  @Override
  public void update(Caller caller, String stackId, StackRequest request) {
    commands.update(caller, stackId, request);
  }

  @Override
  public void patch(Caller caller, String stackId, StackRequest request) {
    commands.patch(caller, stackId, request);
  }

  @Override
  public void delete(Caller caller, String stackId) {
    commands.act(caller, stackId, Action.DELETE);
  }

  @Override
  public void suspend(Caller caller, String stackId) {
    commands.act(caller, stackId, Action.SUSPEND);
  }

  @Override
  public void resume(Caller caller, String stackId) {
    commands.act(caller, stackId, Action.RESUME);
  }

  @Override
  public void check(Caller caller, String stackId) {
    commands.act(caller, stackId, Action.CHECK);
  }

  @Override
  public void cancelUpdate(Caller caller, String stackId) {
    cancellation.withRollback(caller, stackId);
  }

  @Override
  public void cancelWithoutRollback(Caller caller, String stackId) {
    cancellation.withoutRollback(caller, stackId);
  }

  @Override
  public void markUnhealthy(
      Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    marking.unhealthy(caller, stackId, nameOrPhysicalId, reason);
  }

  @Override
  public void markHealthy(
      Caller caller, String stackId, String nameOrPhysicalId, Optional<String> reason) {
    marking.healthy(caller, stackId, nameOrPhysicalId, reason);
  }

  @Override
  public Snapshot snapshot(Caller caller, String stackId, Optional<String> name) {
    return snapshots.create(caller, stackId, name);
  }

  @Override
  public List<Snapshot> snapshots(Caller caller, String stackId) {
    return snapshots.list(caller, stackId);
  }

  @Override
  public Snapshot findSnapshot(Caller caller, String stackId, String snapshotId) {
    return snapshots.find(caller, stackId, snapshotId);
  }

  @Override
  public void deleteSnapshot(Caller caller, String stackId, String snapshotId) {
    snapshots.delete(caller, stackId, snapshotId);
  }

  @Override
  public void restore(Caller caller, String stackId, String snapshotId) {
    snapshots.restore(caller, stackId, snapshotId);
  }

  @Override
  public ObjectNode export(Caller caller, String stackId) {
    return handover.export(caller, stackId);
  }

  @Override
  public ObjectNode abandon(Caller caller, String stackId) {
    return handover.abandon(caller, stackId);
  }

  @Override
  public Stack adopt(Caller caller, StackRequest request, ObjectNode data) {
    return commands.adopt(caller, request, data);
  }

  @Override
  public Plan previewCreate(Caller caller, StackRequest request) {
    return previews.previewCreate(caller, request);
  }

  @Override
  public PreviewedStack previewStack(Caller caller, StackRequest request) {
    return previews.previewStack(caller, request);
  }

  @Override
  public Plan previewUpdate(Caller caller, String stackId, StackRequest request) {
    return previews.previewChange(caller, stackId, request, false);
  }

  @Override
  public Plan previewPatch(Caller caller, String stackId, StackRequest request) {
    return previews.previewChange(caller, stackId, request, true);
  }

  @Override
  public Template validate(Caller caller, StackRequest request) {
    return previews.validate(caller, request);
  }

  @Override
  public Stack find(Caller caller, String nameOrId) {
    return queries.find(caller, nameOrId);
  }

  @Override
  public Optional<Stack> inside(Caller caller, String stackId) {
    return queries.inside(caller, stackId);
  }

  @Override
  public List<Stack> list(Caller caller, StackFilter filter) {
    return queries.list(caller, filter);
  }

  @Override
  public long count(Caller caller, StackFilter filter) {
    return queries.count(caller, filter);
  }

  @Override
  public StackDetails details(Caller caller, String stackId, boolean resolveOutputs) {
    return queries.details(caller, stackId, resolveOutputs);
  }

  @Override
  public StackDefinition definition(Caller caller, String stackId) {
    return queries.definition(caller, stackId);
  }

  @Override
  public List<ResourceRecord> resources(Caller caller, String stackId) {
    return queries.resources(caller, stackId);
  }

  @Override
  public ResourceRecord resource(Caller caller, String stackId, String resourceName) {
    return queries.resource(caller, stackId, resourceName);
  }

  @Override
  public void signal(Caller caller, String stackId, String resourceName, ObjectNode details) {
    signals.signal(caller, stackId, resourceName, details);
  }

  @Override
  public ObjectNode metadata(Caller caller, String stackId, String resourceName) {
    return queries.metadata(caller, stackId, resourceName);
  }

  @Override
  public JsonNode attributes(Caller caller, String stackId, String resourceName) {
    return queries.attributes(caller, stackId, resourceName);
  }

  @Override
  public ResourceDetails resourceDetails(Caller caller, String stackId) {
    return queries.resourceDetails(caller, stackId);
  }

  @Override
  public Set<String> requiredBy(Caller caller, String stackId, String resourceName) {
    return queries.requiredBy(caller, stackId, resourceName);
  }

  @Override
  public List<Event> events(Caller caller, String stackId, EventFilter filter) {
    return queries.events(caller, stackId, filter);
  }

  @Override
  public EventDetails event(Caller caller, String stackId, String eventId) {
    return queries.event(caller, stackId, eventId);
  }

  @Override
  public List<String> resourceTypes() {
    return types.names();
  }

  @Override
  public ResourceSchema resourceType(String name) {
    return types
        .find(name)
        .map(ResourceType::schema)
        .orElseThrow(
            () ->
                new EngineException(
                    ErrorCode.RESOURCE_TYPE_NOT_FOUND,
                    "The Resource Type (%s) could not be found.".formatted(name)));
  }
}
