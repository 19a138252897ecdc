package io.hotpod.engine.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** Requests that callers marked as the same. */
public final class IdempotencyTable {
  /** In place of a stack's id, for a request that is about none. */
  public static final String NO_STACK = "";

  private IdempotencyTable() {}

  /** What is asked can hold passwords, so that it is digested in a way that others cannot. */
  private static final String REQUESTS = "requests";

  /**
   * A request that was answered.
   *
   * @param same whether it is the one that is asked for
   * @param stackId of the stack that it was about
   * @param answer empty where what the request led to tells it
   */
  public record Answered(boolean same, String stackId, Optional<ObjectNode> answer) {}

  /**
   * The request that a key was used for.
   *
   * @param requestDigest of what is asked now
   */
  public static Optional<Answered> find(
      Handle handle, String project, String key, String requestDigest) {
    String digest = digest(handle, requestDigest);
    return handle
        .createQuery("SELECT * FROM idempotency WHERE project = :project AND key = :key")
        .bind("project", project)
        .bind("key", key)
        .map(
            (row, context) ->
                new Answered(
                    row.getString("request_digest").equals(digest),
                    row.getString("stack_id"),
                    SealedColumn.IDEMPOTENCY_ANSWER
                        .openOptional(context, row)
                        .map(Columns::object)))
        .findOne();
  }

  /** The form in which a request is remembered. */
  static String digest(Handle handle, String requestDigest) {
    return handle.getConfig(Sealing.class).digests().digest(REQUESTS, requestDigest);
  }

  public static void insert(
      Handle handle,
      String project,
      String key,
      String requestDigest,
      String stackId,
      Optional<ObjectNode> answer,
      Instant now) {
    handle
        .createUpdate(
            """
            INSERT INTO idempotency (project, key, request_digest, stack_id, answer, created_at)
            VALUES (:project, :key, :requestDigest, :stackId, :answer, :now)
            """)
        .bind("project", project)
        .bind("key", key)
        .bind("requestDigest", digest(handle, requestDigest))
        .bind("stackId", stackId)
        .bind(
            "answer",
            answer
                .map(text -> SealedColumn.IDEMPOTENCY_ANSWER.seal(handle, key, text.toString()))
                .orElse(null))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  /** Adds the answer to a request, or forgets the request when there is none. */
  public static int end(Handle handle, String project, String key, Optional<ObjectNode> answer) {
    return answer
        .map(
            text ->
                handle
                    .createUpdate(
                        "UPDATE idempotency SET answer = :answer WHERE project = :project AND key = :key")
                    .bind(
                        "answer",
                        SealedColumn.IDEMPOTENCY_ANSWER.seal(handle, key, text.toString())))
        .orElseGet(
            () ->
                handle.createUpdate(
                    "DELETE FROM idempotency WHERE project = :project AND key = :key"))
        .bind("project", project)
        .bind("key", key)
        .execute();
  }
}
