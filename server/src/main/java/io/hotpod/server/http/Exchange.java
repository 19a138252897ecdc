package io.hotpod.server.http;

import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Principal;
import io.hotpod.server.audit.AuditEntry;
import io.hotpod.server.audit.AuditLog;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Pattern;

/** What is found out about a request while it is answered. Used by its one thread. */
final class Exchange {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * What agents tell all the time changes nothing that somebody asked for, and what servers hand to
   * each other was written down where it was asked.
   */
  private static final Pattern TOLD =
      Pattern.compile("/agent/v1/instances/[^/]*/(report|requests/.*)|/servers/v1/.*");

  private final ServerRequest source;
  private final String requestId;
  private Principal principal = Principal.UNKNOWN;
  private Permission permission = Permission.NOBODY;
  private String project = "";

  Exchange(ServerRequest source, String requestId) {
    this.source = source;
    this.requestId = requestId;
  }

  ServerRequest source() {
    return source;
  }

  String requestId() {
    return requestId;
  }

  String method() {
    return source.prologue().method().text();
  }

  String rawPath() {
    return source.prologue().uriPath().rawPath();
  }

  void routed(Permission needed, String inProject) {
    permission = needed;
    project = inProject;
  }

  void identified(Principal who) {
    principal = who;
  }

  /** Writes the request down if it was to change something. */
  void audit(AuditLog log, Clock clock, int status) {
    boolean reading =
        READING.contains(method())
            || permission == Permission.READ
            || permission == Permission.READ_INSIDE
            || permission == Permission.READ_ALL
            || permission == Permission.CONVERSE
            || permission == Permission.NOBODY;
    if (!reading && !TOLD.matcher(rawPath()).matches()) {
      log.write(
          new AuditEntry(
              clock.instant(),
              requestId,
              principal.id(),
              project,
              PeerAddress.of(source.remotePeer()),
              method(),
              rawPath(),
              status));
    }
  }
}
