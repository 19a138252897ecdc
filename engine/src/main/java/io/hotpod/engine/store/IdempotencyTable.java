package io.hotpod.engine.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Requests that callers marked as the same. */
public final class IdempotencyTable {
  private IdempotencyTable() {}

  /**
   * A request that was answered.
   *
   * @param requestDigest of what was asked
   * @param stackId of the stack that it was about
   */
  public record Answered(String requestDigest, String stackId) {}

  public static Optional<Answered> find(Handle handle, String project, String key) {
    return handle
        .createQuery(
            "SELECT request_digest, stack_id FROM idempotency WHERE project = :project AND key = :key")
        .bind("project", project)
        .bind("key", key)
        .map(
            (row, context) ->
                new Answered(row.getString("request_digest"), row.getString("stack_id")))
        .findOne();
  }

  public static void insert(
      Handle handle, String project, String key, Answered answered, Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO idempotency (project, key, request_digest, stack_id, created_at)
            VALUES (:project, :key, :requestDigest, :stackId, :now)
            """)
        .bind("project", project)
        .bind("key", key)
        .bind("requestDigest", answered.requestDigest())
        .bind("stackId", answered.stackId())
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
