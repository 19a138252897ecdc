package io.hotpod.engine.store;

import io.hotpod.engine.secret.Sealer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Writes the sealed cells of a whole database anew, some rows in each transaction. It looks for
 * what is still to be done, so that after a crash it goes on where it was.
 */
final class Resealing {
  private static final int BATCH = 200;

  /** Names the row that says that requests are remembered by digests of ours. */
  private static final String REQUESTS = "request digests";

  private final GroupWriter writer;

  Resealing(GroupWriter writer) {
    this.writer = writer;
  }

  /** How a cell is written anew. */
  private interface Change {
    String apply(Handle handle, SealedColumn column, String owner, String stored);
  }

  /**
   * Encrypts what is in clear, and makes digests of secrets unguessable.
   *
   * @return how many texts it wrote
   */
  long clearToSealed() {
    writer.write(Resealing::renameFileSets);
    writer.write(Resealing::digestRequests);
    return rewriteAll(
        Sealer.ANY + "%", (handle, column, owner, clear) -> column.seal(handle, owner, clear));
  }

  /**
   * Encrypts what is encrypted under an older key with the newest.
   *
   * @return how many texts it wrote
   */
  long oldToNewest(Sealer sealer) {
    return rewriteAll(
        sealer.newestPrefix() + "%",
        (handle, column, owner, stored) ->
            column.seal(handle, owner, sealer.open(column.place(owner), stored)));
  }

  /**
   * @param done what needs nothing any more is like this
   */
  private long rewriteAll(String done, Change change) {
    long cells = 0;
    for (SealedColumn column : SealedColumn.values()) {
      List<Cell> some = List.of();
      do {
        List<Cell> before = some;
        some = writer.write(handle -> rewriteSome(handle, column, done, before, change));
        cells += some.size();
      } while (!some.isEmpty());
    }
    return cells;
  }

  /**
   * A stored cell.
   *
   * @param key what names its row, the owner first
   */
  private record Cell(List<String> key, String stored) {
    Map<String, String> named(SealedColumn column) {
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < key.size(); i++) {
        named.put(column.keys().get(i), key.get(i));
      }
      return named;
    }

    /** Leaves out what it contains. */
    @Override
    public String toString() {
      return "Cell" + key;
    }
  }

  private static List<Cell> rewriteSome(
      Handle handle, SealedColumn column, String done, List<Cell> before, Change change) {
    List<Cell> cells = some(handle, column, done, before);
    String where =
        column.keys().stream().map(key -> key + " = :" + key).collect(Collectors.joining(" AND "));
    for (Cell cell : cells) {
      handle
          .createUpdate(
              "UPDATE %s SET %s = :changed WHERE %s"
                  .formatted(column.table(), column.column(), where))
          .bind("changed", change.apply(handle, column, cell.key().getFirst(), cell.stored()))
          .bindMap(cell.named(column))
          .execute();
    }
    return cells;
  }

  /** Cells by their keys; those behind the last that were there before. */
  private static List<Cell> some(
      Handle handle, SealedColumn column, String done, List<Cell> before) {
    String keys = String.join(", ", column.keys());
    String values = column.keys().stream().map(key -> ":" + key).collect(Collectors.joining(", "));
    String behind = before.isEmpty() ? "" : " AND (%s) > (%s)".formatted(keys, values);
    Query query =
        handle
            .createQuery(
                """
                SELECT %1$s, %2$s FROM %3$s WHERE %2$s NOT LIKE :done
                  AND %2$s NOT IN ('{}', '[]', '')%4$s ORDER BY %1$s LIMIT :batch
                """
                    .formatted(keys, column.column(), column.table(), behind))
            .bind("done", done)
            .bind("batch", BATCH);
    if (!before.isEmpty()) {
      query.bindMap(before.getLast().named(column));
    }
    return query
        .map(
            (row, context) -> {
              List<String> key = new ArrayList<>();
              for (String name : column.keys()) {
                key.add(row.getString(name));
              }
              return new Cell(key, row.getString(column.column()));
            })
        .list();
  }

  /** Sets of files were named by digests that everybody can make. */
  private static int renameFileSets(Handle handle) {
    List<String> names =
        handle
            .createQuery("SELECT digest FROM file_set WHERE content NOT LIKE :sealed")
            .bind("sealed", Sealer.ANY + "%")
            .mapTo(String.class)
            .list();
    for (String name : names) {
      String files =
          handle
              .createQuery("SELECT content FROM file_set WHERE digest = :name")
              .bind("name", name)
              .mapTo(String.class)
              .one();
      String digest = DefinitionTable.insertFiles(handle, files);
      if (!digest.equals(name)) {
        handle
            .createUpdate("UPDATE definition SET file_set = :digest WHERE file_set = :name")
            .bind("digest", digest)
            .bind("name", name)
            .execute();
        handle
            .createUpdate("DELETE FROM file_set WHERE digest = :name")
            .bind("name", name)
            .execute();
      }
    }
    return names.size();
  }

  /** So were requests that callers marked as the same; once, in one transaction. */
  private static int digestRequests(Handle handle) {
    if (SecretTable.stored(handle, REQUESTS).isPresent()) {
      return 0;
    }
    List<String> digests =
        handle
            .createQuery("SELECT DISTINCT request_digest FROM idempotency")
            .mapTo(String.class)
            .list();
    for (String digest : digests) {
      handle
          .createUpdate(
              "UPDATE idempotency SET request_digest = :digest WHERE request_digest = :before")
          .bind("digest", IdempotencyTable.digest(handle, digest))
          .bind("before", digest)
          .execute();
    }
    SecretTable.findOrStore(handle, REQUESTS, "digested");
    return digests.size();
  }
}
