package io.hotpod.engine.instance;

import io.hotpod.document.Suggestions;
import io.hotpod.engine.resource.ResourceFailure;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.Database;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.engine.wake.Topics;
import io.hotpod.engine.wake.Wakeups;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts pods on instances and tells what became of them. Idempotent by token. Thread-safe. */
public final class PodPlacement {
  private final Database database;
  private final Wakeups wakeups;
  private final Clock clock;

  public PodPlacement(Database database, Wakeups wakeups, Clock clock) {
    this.database = database;
    this.wakeups = wakeups;
    this.clock = clock;
  }

  /**
   * Where a pod stands on its instance.
   *
   * @param takenOver the agent has the desired set of the version asked for, or a newer one
   * @param connected the agent was heard of lately
   * @param stopped the instance is drained, and its pods are stopped
   * @param observed what it last reported of the pod
   */
  public record Standing(
      String instanceName,
      boolean takenOver,
      boolean connected,
      boolean stopped,
      Optional<ObservedPod> observed) {}

  /**
   * The id of an instance.
   *
   * @throws ResourceFailure when there is none of that name or id in the project
   */
  public String instanceId(String project, String nameOrId) {
    return database.read(
        handle ->
            InstanceTable.findByName(handle, project, nameOrId)
                .or(
                    () ->
                        InstanceTable.find(handle, nameOrId)
                            .filter(row -> row.project().equals(project)))
                .map(InstanceTable.Row::id)
                .orElseThrow(() -> unknownInstance(handle, project, nameOrId)));
  }

  /** Whether a project has an instance of that name or id. */
  public boolean hasInstance(String project, String nameOrId) {
    return database.read(
        handle ->
            InstanceTable.findByName(handle, project, nameOrId)
                .or(() -> InstanceTable.find(handle, nameOrId))
                .filter(row -> row.project().equals(project))
                .isPresent());
  }

  /** Whether an instance takes new pods; one that is gone counts as if it did. */
  public boolean takesPods(String instanceId) {
    return database.read(
        handle ->
            InstanceTable.find(handle, instanceId)
                .map(row -> Drain.valueOf(row.drain()) == Drain.NONE)
                .orElse(true));
  }

  private static ResourceFailure unknownInstance(Handle handle, String project, String nameOrId) {
    List<String> names =
        InstanceTable.ofProject(handle, project).stream().map(InstanceTable.Row::name).toList();
    String hint =
        Suggestions.nearest(nameOrId, names)
            .map(nearest -> "; did you mean \"" + nearest + "\"?")
            .orElse(names.isEmpty() ? "; no instance has enrolled yet" : "; there are " + names);
    return new ResourceFailure("there is no instance \"" + nameOrId + "\"" + hint);
  }

  /**
   * Makes a pod desired. A pod that is desired in the same way already is left alone.
   *
   * @param owned the stack as the operation that wants it took it over
   * @return the version of the desired set that has it
   * @throws ResourceFailure when a pod would have to be started on an instance that is drained
   * @throws io.hotpod.engine.store.FencedException when another owner has the stack
   */
  public long put(String instanceId, Stack owned, String resourceName, DesiredPod pod) {
    return changing(
        instanceId,
        owned,
        handle -> {
          InstanceTable.Row instance = require(handle, instanceId);
          Optional<PodTable.DesiredRow> present = PodTable.findDesired(handle, pod.id());
          if (present.isPresent() && same(present.get().pod(), pod)) {
            return instance.desiredVersion();
          }
          if (pod.run() && !present.map(row -> runsAlready(row.pod(), pod)).orElse(false)) {
            requireTakesPods(instance);
          }
          long version = InstanceTable.advanceDesiredVersion(handle, instanceId);
          PodTable.saveDesired(
              handle, new PodTable.DesiredRow(instanceId, owned.id(), resourceName, pod), version);
          return version;
        });
  }

  private static boolean runsAlready(DesiredPod present, DesiredPod pod) {
    return present.run() && present.token().equals(pod.token());
  }

  private static void requireTakesPods(InstanceTable.Row instance) {
    if (Drain.valueOf(instance.drain()) != Drain.NONE) {
      throw new ResourceFailure(
          "instance %s is drained and takes no new pods; \"hotpod instance undrain %s\" lets it"
              .formatted(instance.name(), instance.name()));
    }
  }

  private static boolean same(DesiredPod left, DesiredPod right) {
    return left.token().equals(right.token())
        && left.run() == right.run()
        && left.updateStrategy() == right.updateStrategy()
        && left.after().equals(right.after())
        && left.configMaps().equals(right.configMaps())
        && left.secrets().equals(right.secrets());
  }

  /**
   * Says which resource a desired pod is of from now on; the pod stays as it is.
   *
   * @param owned the stack as the operation that adopts the pod took it over
   * @throws io.hotpod.engine.store.FencedException when another owner has the stack
   */
  public void handOver(String podId, Stack owned, String resourceName) {
    database
        .writer()
        .write(
            handle -> {
              StackTable.requireFence(handle, owned);
              PodTable.handOver(handle, podId, owned.id(), resourceName);
              return podId;
            });
  }

  /** The desired pod of a deployment. */
  public Optional<DesiredPod> desired(String podId) {
    return database.read(
        handle -> PodTable.findDesired(handle, podId).map(PodTable.DesiredRow::pod));
  }

  /** The instance that a deployment's pod is desired on. */
  public Optional<String> instanceOf(String podId) {
    return database.read(
        handle -> PodTable.findDesired(handle, podId).map(PodTable.DesiredRow::instanceId));
  }

  /**
   * Makes a pod no longer desired.
   *
   * @param owned the stack as the operation that removes it took it over
   * @return the version of the desired set that lacks it
   * @throws io.hotpod.engine.store.FencedException when another owner has the stack
   */
  public long remove(String instanceId, Stack owned, String podId) {
    return changing(
        instanceId,
        owned,
        handle ->
            PodTable.deleteDesired(handle, podId)
                ? InstanceTable.advanceDesiredVersion(handle, instanceId)
                : require(handle, instanceId).desiredVersion());
  }

  private interface Change {
    long apply(Handle handle);
  }

  private long changing(String instanceId, Stack owned, Change change) {
    long version =
        database
            .writer()
            .write(
                handle -> {
                  StackTable.requireFence(handle, owned);
                  return change.apply(handle);
                });
    wakeups.wake(Topics.desired(instanceId));
    return version;
  }

  private static InstanceTable.Row require(Handle handle, String instanceId) {
    return InstanceTable.find(handle, instanceId)
        .orElseThrow(() -> new ResourceFailure("instance " + instanceId + " was removed"));
  }

  /**
   * How a pod stands; empty when the instance is not known any more.
   *
   * @param version of the desired set that is waited for
   */
  public Optional<Standing> standing(String instanceId, String podId, long version) {
    return database.read(
        handle ->
            InstanceTable.find(handle, instanceId)
                .map(
                    row ->
                        new Standing(
                            row.name(),
                            row.appliedVersion() >= version,
                            row.lastSeenAt()
                                .map(
                                    time ->
                                        time.isAfter(
                                            clock.instant().minus(StoredInstanceService.SILENCE)))
                                .orElse(false),
                            Drain.valueOf(row.drain()) == Drain.PODS_STOPPED,
                            current(
                                PodTable.observedOfPod(handle, instanceId, podId),
                                PodTable.findDesired(handle, podId)
                                    .map(PodTable.DesiredRow::pod)
                                    .stream()
                                    .toList()))));
  }

  /** What was last reported of a deployment's pod, wherever it is desired. */
  public Optional<ObservedPod> observed(String podId) {
    return database.read(
        handle ->
            PodTable.findDesired(handle, podId)
                .flatMap(
                    desired ->
                        current(
                            PodTable.observedOfPod(handle, desired.instanceId(), podId),
                            List.of(desired.pod()))));
  }

  /**
   * Of an old and a new pod the one that is desired; else whichever there is.
   *
   * @param desired at most one
   */
  static Optional<ObservedPod> current(List<ObservedPod> observed, List<DesiredPod> desired) {
    return observed.stream()
        .filter(pod -> desired.stream().anyMatch(each -> each.token().equals(pod.token())))
        .findFirst()
        .or(() -> observed.stream().findFirst());
  }
}
