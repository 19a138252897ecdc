package io.hotpod.engine.feed;

import io.hotpod.engine.event.FeedEvent;
import io.hotpod.engine.stack.Nesting;
import io.hotpod.engine.stack.Stack;
import io.hotpod.engine.store.StackTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which stack is inside which; that never changes, so it is remembered. Thread-safe. */
final class Lineages {
  private static final int MOST = 10_000;

  private final Map<String, List<FeedEvent.Place>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<FeedEvent.Place>> eldest) {
          return size() > MOST;
        }
      };

  /** A stack and those around it; empty when it is not there. */
  synchronized List<FeedEvent.Place> of(Handle handle, String stackId) {
    List<FeedEvent.Place> present = known.get(stackId);
    if (present != null) {
      return present;
    }
    List<FeedEvent.Place> lineage = new ArrayList<>();
    Optional<Stack> stack = StackTable.find(handle, stackId);
    while (stack.isPresent()) {
      Stack found = stack.get();
      lineage.add(new FeedEvent.Place(found.project(), found.name(), found.id()));
      stack = found.nesting().map(Nesting::ownerId).flatMap(id -> StackTable.find(handle, id));
    }
    if (!lineage.isEmpty()) {
      known.put(stackId, List.copyOf(lineage));
    }
    return List.copyOf(lineage);
  }
}
