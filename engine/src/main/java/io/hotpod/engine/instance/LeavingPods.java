package io.hotpod.engine.instance;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.InstanceTable;
import io.hotpod.engine.store.ResourceTable;
import io.hotpod.engine.store.StackTable;
import io.hotpod.pod.DesiredPod;
import io.hotpod.pod.ObservedPod;
import io.hotpod.pod.UpdateStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Pods that nobody wants any more and that their instance has not told gone: they are stopping, or
 * the instance is silent.
 */
final class LeavingPods {
  private LeavingPods() {}

  static PodRecord record(
      Handle handle, InstanceTable.Row instance, ObservedPod left, Optional<Instant> silentSince) {
    Optional<ResourceRecord> resource = ResourceTable.find(handle, left.id());
    String stackId = resource.map(ResourceRecord::stackId).orElse("");
    return new PodRecord(
        left.id(),
        instance.id(),
        instance.name(),
        stackId,
        StackTable.find(handle, stackId).map(Stack::name).orElse(""),
        resource.map(ResourceRecord::name).orElse(left.name()),
        new DesiredPod(
            left.id(),
            left.token(),
            false,
            new PodBuilder().withNewMetadata().withName(left.name()).endMetadata().build(),
            Map.of(),
            Map.of(),
            UpdateStrategy.RECREATE,
            List.of()),
        Optional.of(left),
        silentSince);
  }
}
