package io.hotpod.engine.store;

import io.hotpod.template.environment.Hook;
import org.jdbi.v3.core.Handle;

/** Breakpoints that operations have come to, and which of them were cleared. */
public final class HookTable {
  private HookTable() {}

  /**
   * Records that an operation waits at a breakpoint.
   *
   * @return false when it was there before
   */
  public static boolean reach(Handle handle, String operationId, String resource, Hook hook) {
    return handle
            .createUpdate(
                """
                INSERT INTO hook (operation_id, resource_name, hook, cleared)
                VALUES (:operationId, :resource, :hook, FALSE)
                ON CONFLICT (operation_id, resource_name, hook) DO NOTHING
                """)
            .bind("operationId", operationId)
            .bind("resource", resource)
            .bind("hook", hook.keyword())
            .execute()
        == 1;
  }

  /**
   * Clears a breakpoint.
   *
   * @return false when nothing waits at it
   */
  public static boolean clear(Handle handle, String operationId, String resource, Hook hook) {
    return handle
            .createUpdate(
                """
                UPDATE hook SET cleared = TRUE WHERE operation_id = :operationId
                  AND resource_name = :resource AND hook = :hook AND NOT cleared
                """)
            .bind("operationId", operationId)
            .bind("resource", resource)
            .bind("hook", hook.keyword())
            .execute()
        == 1;
  }

  public static boolean isCleared(Handle handle, String operationId, String resource, Hook hook) {
    return handle
        .createQuery(
            """
            SELECT cleared FROM hook WHERE operation_id = :operationId
              AND resource_name = :resource AND hook = :hook
            """)
        .bind("operationId", operationId)
        .bind("resource", resource)
        .bind("hook", hook.keyword())
        .mapTo(Boolean.class)
        .findOne()
        .orElse(false);
  }

  /** Forgets the breakpoints of an operation that is over. */
  public static void forget(Handle handle, String operationId) {
    Later.update(handle, "DELETE FROM hook WHERE operation_id = :operationId")
        .bind("operationId", operationId)
        .execute();
  }
}
