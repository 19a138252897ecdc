package io.hotpod.engine.instance;

import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.PodTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The pods of a project, those that should be beside those that are. */
final class PodRecords {
  private PodRecords() {}

  /**
   * All pods: by instance, those that are only left over behind the others. Their secrets are left
   * out.
   *
   * @param silence when an instance was last heard of, if that is too long ago
   */
  static List<PodRecord> of(
      Handle handle, String project, Function<InstanceTable.Row, Optional<Instant>> silence) {
    List<PodRecord> pods = new ArrayList<>();
    Map<String, String> stackNames = new HashMap<>();
    for (InstanceTable.Row instance : InstanceTable.ofProject(handle, project)) {
      Optional<Instant> silentSince = silence.apply(instance);
      Map<String, List<ObservedPod>> observed = new HashMap<>();
      PodTable.observedOfInstance(handle, instance.id())
          .forEach(
              row ->
                  observed.computeIfAbsent(row.pod().id(), id -> new ArrayList<>()).add(row.pod()));
      for (PodTable.DesiredRow desired : PodTable.desiredOfInstance(handle, instance.id())) {
        String stackName =
            stackNames.computeIfAbsent(
                desired.stackId(), id -> StackTable.find(handle, id).map(Stack::name).orElse(""));
        pods.add(
            new PodRecord(
                desired.pod().id(),
                instance.id(),
                instance.name(),
                desired.stackId(),
                stackName,
                desired.resourceName(),
                withoutSecrets(now(desired.pod(), instance)),
                PodPlacement.current(
                    observed.getOrDefault(desired.pod().id(), List.of()), List.of(desired.pod())),
                silentSince));
        observed.remove(desired.pod().id());
      }
      observed
          .values()
          .forEach(
              left -> pods.add(LeavingPods.record(handle, instance, left.getFirst(), silentSince)));
    }
    return pods;
  }

  /** A pod as its instance should have it now: one that is drained of its pods runs none. */
  static DesiredPod now(DesiredPod pod, InstanceTable.Row instance) {
    return Drain.valueOf(instance.drain()) == Drain.PODS_STOPPED ? pod.running(false) : pod;
  }

  private static DesiredPod withoutSecrets(DesiredPod pod) {
    return new DesiredPod(
        pod.id(),
        pod.token(),
        pod.run(),
        pod.pod(),
        pod.configMaps(),
        Map.of(),
        pod.updateStrategy(),
        pod.after(),
        pod.defect());
  }
}
