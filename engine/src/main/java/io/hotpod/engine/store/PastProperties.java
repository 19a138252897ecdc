package io.hotpod.engine.store;

import io.hotpod.engine.event.Event;
import io.hotpod.engine.resource.ResourceRecord;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What resources were made of before they were changed or went, for the events from that time. What
 * they are made of now stands with them, so that making one writes nothing here.
 */
public final class PastProperties {
  private PastProperties() {}

  /**
   * Keeps what resources were made of until now, but for what is for nobody's eyes.
   *
   * @param until the number of the first event that it does not hold for
   */
  static void keep(Handle handle, List<ResourceRecord> resources, long until) {
    List<ResourceRecord> known =
        resources.stream().filter(resource -> !resource.shownProperties().isEmpty()).toList();
    if (known.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO past_properties (id, stack_id, resource_id, before_event, properties)
            VALUES (:id, :stackId, :resourceId, :until, :properties)
            ON CONFLICT (id) DO NOTHING
            """);
    for (ResourceRecord resource : known) {
      // Of two in one group the older one is what the events before were about.
      String id = "%s@%d".formatted(resource.id(), until);
      batch
          .bind("id", id)
          .bind("stackId", resource.stackId())
          .bind("resourceId", resource.id())
          .bind("until", until)
          .bind(
              "properties",
              SealedColumn.PAST_PROPERTIES.seal(batch, id, resource.shownProperties().toString()))
          .add();
    }
    batch.execute();
  }

  /** What the resource of an event was made of when it happened; empty when that is not known. */
  public static ObjectNode at(Handle handle, Event event) {
    return event
        .resourceId()
        .flatMap(
            id ->
                past(handle, event, id)
                    .or(() -> ResourceTable.find(handle, id).map(ResourceRecord::shownProperties)))
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  private static Optional<ObjectNode> past(Handle handle, Event event, String resourceId) {
    return handle
        .createQuery(
            """
            SELECT id, properties FROM past_properties
            WHERE stack_id = :stackId AND resource_id = :resourceId AND before_event > :number
            ORDER BY before_event LIMIT 1
            """)
        .bind("stackId", event.stackId())
        .bind("resourceId", resourceId)
        .bind("number", event.number())
        .map((row, context) -> Columns.object(SealedColumn.PAST_PROPERTIES.open(context, row)))
        .findOne();
  }

  /** Forgets those of a stack that hold for none of its events any more. */
  static void deleteUnused(Handle handle, String stackId) {
    handle
        .createUpdate(
            """
            DELETE FROM past_properties WHERE stack_id = :stackId AND before_event <= (
              SELECT COALESCE(MIN(number), 0) FROM event WHERE stack_id = :stackId)
            """)
        .bind("stackId", stackId)
        .execute();
  }
}
