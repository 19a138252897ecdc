package io.hotpod.engine.store;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Writes journal entries that follow each other, with a few statements for all of them. */
final class JournalBatch {
  private final Handle handle;
  private final Map<String, Long> fences;
  private final Map<String, ResourceRecord> saved = new LinkedHashMap<>();
  private final List<ResourceRecord> past = new ArrayList<>();
  private final List<ResourceRecord> gone = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<JournalEntry.Step> steps = new ArrayList<>();

  /**
   * @param stackIds of the entries that are to come
   */
  JournalBatch(Handle handle, Set<String> stackIds) {
    this.handle = handle;
    this.fences = StackTable.fences(handle, stackIds);
  }

  /**
   * Takes an entry in.
   *
   * @return what its writer is to be told, if it may not write any more
   */
  Optional<RuntimeException> add(JournalEntry entry) {
    Long fence = fences.get(entry.stackId());
    if (fence == null || fence != entry.fence()) {
      return Optional.of(new FencedException(entry.stackId()));
    }
    // Of a resource that is saved twice only the last state can be seen.
    entry.saved().forEach(resource -> saved.put(resource.id(), resource));
    past.addAll(entry.past());
    entry.gone().map(ResourceRecord::id).ifPresent(saved::remove);
    entry.gone().ifPresent(gone::add);
    events.addAll(entry.events());
    entry.step().ifPresent(steps::add);
    return Optional.empty();
  }

  /** Writes what was taken in. */
  void write() {
    ResourceTable.saveAll(handle, List.copyOf(saved.values()));
    ResourceTable.deleteAll(handle, gone.stream().map(ResourceRecord::id).toList());
    if (!past.isEmpty()) {
      PastProperties.keep(handle, past, EventTable.newest(handle) + 1);
    }
    EventTable.insertAll(handle, events);
    if (!gone.isEmpty()) {
      PastProperties.keep(handle, gone, EventTable.newest(handle) + 1);
    }
    OperationTable.recordSteps(handle, steps);
  }
}
