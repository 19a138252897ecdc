package io.hotpod.engine.resource.heat;

import io.hotpod.engine.resource.Physical;
import io.hotpod.engine.resource.ResourceContext;
import io.hotpod.engine.resource.ResourceRecord;
import io.hotpod.engine.resource.ResourceType;
import io.hotpod.engine.resource.SignalContext;
import io.hotpod.engine.signal.SignalStore;
import io.hotpod.engine.signal.StoredSignal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes signals from machines and keeps them until a wait condition has seen enough. Its physical
 * id is the id of its record.
 */
interface WaitHandle extends ResourceType {
  SignalStore signals();

  /** How the signals are written. */
  WaitSignals.Manner manner();

  @Override
  default boolean reachesOutside() {
    return false;
  }

  @Override
  default Physical create(ResourceContext context) {
    return Physical.of(context.resource().id());
  }

  @Override
  default void delete(ResourceContext context) {
    signals().clear(context.resource().id());
  }

  @Override
  default boolean takesSignals() {
    return true;
  }

  @Override
  default Optional<String> signal(SignalContext context, ObjectNode details) {
    return Optional.of(WaitSignals.take(signals(), context, details, manner()));
  }

  @Override
  default ObjectNode handedOver(ObjectNode template, List<StoredSignal> signals) {
    return WaitSignals.metadata(signals, manner());
  }

  @Override
  default List<StoredSignal> takenOver(ObjectNode metadata) {
    return WaitSignals.read(metadata, manner());
  }

  @Override
  default ObjectNode metadata(ResourceRecord resource, ObjectNode template) {
    return WaitSignals.metadata(signals().of(resource.id()), manner());
  }
}
