package io.hotpod.server.audit;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One change that was asked for.
 *
 * @param requestId as the answer had it
 * @param user id of who asked; empty when nobody was shown to
 * @param project that it was asked in; empty for what belongs to none
 * @param address that the request came from
 * @param path as it was sent, without the query, which may hold a signature
 * @param status of the answer
 */
public record AuditEntry(
    Instant time,
    String requestId,
    String user,
    String project,
    String address,
    String method,
    String path,
    int status) {
  public AuditEntry {
    requireNonNull(time, "time is null");
    requireNonNull(requestId, "requestId is null");
    requireNonNull(user, "user is null");
    requireNonNull(project, "project is null");
    requireNonNull(address, "address is null");
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
  }

  /** What became of it: accepted, refused to who asked, or failed on this side. */
  String outcome() {
    return status < 400 ? "accepted" : status < 500 ? "refused" : "failed";
  }
}
