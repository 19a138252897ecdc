package io.hotpod.engine.store;

import io.hotpod.pod.InstanceFacts;
import io.hotpod.pod.PodJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Instances and the tokens with which they join. */
public final class InstanceTable {
  private InstanceTable() {}

  /**
   * An instance as it is stored.
   *
   * @param credentialIssuedAt when the credential was given out
   * @param nextDigest of the one that was given out after it and not used yet
   * @param renewalWanted whether somebody wants another credential before this one is old
   * @param drain name of a {@link io.hotpod.engine.instance.Drain}
   * @param session of the agent run that reported last
   * @param sequence of its last report
   */
  public record Row(
      String id,
      String project,
      String name,
      String credentialDigest,
      boolean credentialUsed,
      Instant credentialIssuedAt,
      Optional<String> nextDigest,
      Optional<Instant> nextIssuedAt,
      boolean renewalWanted,
      Map<String, String> labels,
      String drain,
      Instant enrolledAt,
      Optional<Instant> lastSeenAt,
      long desiredVersion,
      long appliedVersion,
      String session,
      long sequence,
      Optional<InstanceFacts> facts) {}

  /**
   * A join token as it is stored.
   *
   * @param instanceId that it was used for
   */
  public record JoinTokenRow(String project, Instant expiresAt, Optional<String> instanceId) {}

  public static void insertJoinToken(
      Handle handle, String digest, String project, Instant expiresAt) {
    handle
        .createUpdate(
            "INSERT INTO join_token (digest, project, expires_at) VALUES (:digest, :project, :expiresAt)")
        .bind("digest", digest)
        .bind("project", project)
        .bind("expiresAt", expiresAt.toEpochMilli())
        .execute();
  }

  public static Optional<JoinTokenRow> findJoinToken(Handle handle, String digest) {
    return handle
        .createQuery("SELECT * FROM join_token WHERE digest = :digest")
        .bind("digest", digest)
        .map(
            (row, context) ->
                new JoinTokenRow(
                    row.getString("project"),
                    Columns.instant(row, "expires_at"),
                    Columns.optionalText(row, "instance_id")))
        .findOne();
  }

  public static void useJoinToken(Handle handle, String digest, String instanceId) {
    handle
        .createUpdate("UPDATE join_token SET instance_id = :instanceId WHERE digest = :digest")
        .bind("digest", digest)
        .bind("instanceId", instanceId)
        .execute();
  }

  public static void insert(
      Handle handle,
      String id,
      String project,
      String name,
      String credentialDigest,
      Instant enrolledAt) {
    handle
        .createUpdate(
            """
            INSERT INTO instance (id, project, name, credential_digest, credential_used,
              credential_issued_at, enrolled_at, desired_version, applied_version, session, sequence)
            VALUES (:id, :project, :name, :credentialDigest, FALSE,
              :enrolledAt, :enrolledAt, 0, 0, '', 0)
            """)
        .bind("id", id)
        .bind("project", project)
        .bind("name", name)
        .bind("credentialDigest", credentialDigest)
        .bind("enrolledAt", enrolledAt.toEpochMilli())
        .execute();
  }

  /** Gives an instance another credential in place of all that it had. */
  public static void changeCredential(
      Handle handle, String id, String credentialDigest, Instant issuedAt) {
    handle
        .createUpdate(
            """
            UPDATE instance SET credential_digest = :digest, credential_issued_at = :issuedAt,
              credential_used = FALSE, next_digest = NULL, next_issued_at = NULL,
              renewal_wanted = FALSE
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("digest", credentialDigest)
        .bind("issuedAt", issuedAt.toEpochMilli())
        .execute();
  }

  /** Gives an instance a credential that takes the place of its present one once it is used. */
  public static void offerCredential(Handle handle, String id, String digest, Instant issuedAt) {
    handle
        .createUpdate(
            "UPDATE instance SET next_digest = :digest, next_issued_at = :issuedAt WHERE id = :id")
        .bind("id", id)
        .bind("digest", digest)
        .bind("issuedAt", issuedAt.toEpochMilli())
        .execute();
  }

  /** The credential that was offered is used: the one before it is void. */
  public static void takeOfferedCredential(Handle handle, String id, String digest) {
    handle
        .createUpdate(
            """
            UPDATE instance SET credential_digest = next_digest,
              credential_issued_at = next_issued_at, credential_used = TRUE,
              next_digest = NULL, next_issued_at = NULL, renewal_wanted = FALSE
            WHERE id = :id AND next_digest = :digest
            """)
        .bind("id", id)
        .bind("digest", digest)
        .execute();
  }

  /** Has an instance asked for another credential. */
  public static void wantRenewal(Handle handle, String id) {
    handle
        .createUpdate("UPDATE instance SET renewal_wanted = TRUE WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  public static void markCredentialUsed(Handle handle, String id) {
    handle
        .createUpdate("UPDATE instance SET credential_used = TRUE WHERE id = :id")
        .bind("id", id)
        .execute();
  }

  public static void changeLabels(Handle handle, String id, Map<String, String> labels) {
    handle
        .createUpdate("UPDATE instance SET labels = :labels WHERE id = :id")
        .bind("id", id)
        .bind("labels", PodJson.write(labels))
        .execute();
  }

  public static void changeDrain(Handle handle, String id, String drain) {
    handle
        .createUpdate("UPDATE instance SET drain = :drain WHERE id = :id")
        .bind("id", id)
        .bind("drain", drain)
        .execute();
  }

  public static void delete(Handle handle, String id) {
    handle.createUpdate("DELETE FROM instance WHERE id = :id").bind("id", id).execute();
  }

  public static Optional<Row> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM instance WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> read(row))
        .findOne();
  }

  public static Optional<Row> findByName(Handle handle, String project, String name) {
    return handle
        .createQuery("SELECT * FROM instance WHERE project = :project AND name = :name")
        .bind("project", project)
        .bind("name", name)
        .map((row, context) -> read(row))
        .findOne();
  }

  public static List<Row> ofProject(Handle handle, String project) {
    return handle
        .createQuery("SELECT * FROM instance WHERE project = :project ORDER BY name")
        .bind("project", project)
        .map((row, context) -> read(row))
        .list();
  }

  /** The instances of all projects. */
  public static List<Row> all(Handle handle) {
    return handle.createQuery("SELECT * FROM instance").map((row, context) -> read(row)).list();
  }

  /** Gives an instance's desired set its next version. */
  public static long advanceDesiredVersion(Handle handle, String id) {
    return handle
        .createQuery(
            """
            UPDATE instance SET desired_version = desired_version + 1 WHERE id = :id
            RETURNING desired_version
            """)
        .bind("id", id)
        .mapTo(Long.class)
        .one();
  }

  public static void reported(
      Handle handle,
      String id,
      String session,
      long sequence,
      long appliedVersion,
      InstanceFacts facts,
      Instant now) {
    handle
        .createUpdate(
            """
            UPDATE instance SET session = :session, sequence = :sequence,
              applied_version = :appliedVersion, facts = :facts, last_seen_at = :now
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("session", session)
        .bind("sequence", sequence)
        .bind("appliedVersion", appliedVersion)
        .bind("facts", PodJson.write(facts))
        .bind("now", now.toEpochMilli())
        .execute();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("project"),
        row.getString("name"),
        row.getString("credential_digest"),
        row.getBoolean("credential_used"),
        Columns.instant(row, "credential_issued_at"),
        Columns.optionalText(row, "next_digest"),
        Columns.optionalInstant(row, "next_issued_at"),
        row.getBoolean("renewal_wanted"),
        Columns.textMap(row.getString("labels")),
        row.getString("drain"),
        Columns.instant(row, "enrolled_at"),
        Columns.optionalInstant(row, "last_seen_at"),
        row.getLong("desired_version"),
        row.getLong("applied_version"),
        row.getString("session"),
        row.getLong("sequence"),
        Columns.optionalText(row, "facts").map(text -> PodJson.read(text, InstanceFacts.class)));
  }
}
