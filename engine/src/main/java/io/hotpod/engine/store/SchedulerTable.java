package io.hotpod.engine.store;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of db-scheduler, where it must be written in a transaction of ours. */
public final class SchedulerTable {
  private SchedulerTable() {}

  /** Adds an execution that is due; one that is there already stays as it is. */
  public static void enqueue(
      Handle handle, JdbcCustomization customization, String task, String instance, Instant due) {
    Later.Binder time = (statement, position) -> customization.setInstant(statement, position, due);
    Later.update(
            handle,
            """
            INSERT INTO scheduled_tasks
              (task_name, task_instance, execution_time, picked, consecutive_failures, version)
            VALUES (:task, :instance, :due, FALSE, 0, 1)
            ON CONFLICT (task_name, task_instance) DO NOTHING
            """)
        .bind("task", task)
        .bind("instance", instance)
        .bind("due", time)
        .execute();
  }

  /** Takes an execution away, whoever has picked it; none is there where none was queued. */
  public static void remove(Handle handle, String task, String instance) {
    Later.update(
            handle,
            """
            DELETE FROM scheduled_tasks WHERE task_name = :task AND task_instance = :instance
            """)
        .bind("task", task)
        .bind("instance", instance)
        .execute();
  }

  /** Whether an execution is due, or somebody is at it. */
  public static boolean isQueued(Handle handle, String task, String instance) {
    return handle
            .createQuery(
                """
                SELECT COUNT(*) FROM scheduled_tasks
                WHERE task_name = :task AND task_instance = :instance
                """)
            .bind("task", task)
            .bind("instance", instance)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  /**
   * Frees what a process that died had picked. Only for a database that is this process's alone;
   * otherwise the owner may be alive.
   */
  public static void releaseAll(Handle handle, JdbcCustomization customization, Instant due) {
    String sql =
        """
        UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
          execution_time = ?, version = version + 1
        """;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      customization.setInstant(statement, 1, due);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot take up what was left undone", e);
    }
  }

  /**
   * Makes one execution due again that its owner holds and does not carry out.
   *
   * @param owner by whom it must be picked
   */
  public static void release(
      Handle handle,
      JdbcCustomization customization,
      String task,
      String instance,
      String owner,
      Instant due) {
    String sql =
        """
        UPDATE scheduled_tasks SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
          execution_time = ?, version = version + 1
        WHERE task_name = ? AND task_instance = ? AND picked_by = ?
        """;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      customization.setInstant(statement, 1, due);
      statement.setString(2, task);
      statement.setString(3, instance);
      statement.setString(4, owner);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot give back " + task + " " + instance, e);
    }
  }

  /** Which executions of a task an owner has picked. */
  public static List<String> pickedBy(Handle handle, String task, String owner) {
    return handle
        .createQuery(
            """
            SELECT task_instance FROM scheduled_tasks
            WHERE task_name = :task AND picked_by = :owner
            """)
        .bind("task", task)
        .bind("owner", owner)
        .mapTo(String.class)
        .list();
  }
}
