package io.hotpod.server.http;

import static java.util.Objects.requireNonNull;

import io.helidon.webserver.http.ServerRequest;
import io.hotpod.server.access.Grants;
import io.hotpod.server.access.Permission;
import io.hotpod.server.access.Principal;
import io.hotpod.server.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets a request through to its handler, or not. Thread-safe. */
final class Admission {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final Authentication authentication;
  private final RateLimit changes;
  private final RateLimit details;

  Admission(Authentication authentication, RequestLimits limits, Clock clock) {
    this.authentication = requireNonNull(authentication, "authentication is null");
    this.changes = new RateLimit(limits.changes(), clock);
    this.details = new RateLimit(limits.details(), clock);
  }

  /** Looks at a request before its route is known. */
  void admit(ServerRequest request) {
    authentication.admit(request);
  }

  /**
   * Who makes a request.
   *
   * @throws ApiException when it is not known who asks, 401
   */
  Principal identify(ServerRequest request, Permission permission) {
    if (permission == Permission.NOBODY) {
      throw forbidden("Nobody may do this: the server's table of routes does not have it.");
    }
    return permission.needsPrincipal() ? authentication.identify(request) : Principal.UNKNOWN;
  }

  /**
   * Refuses who is not of the project, then who may not do this in it, then who does too much.
   *
   * @throws ApiException 403, 429
   */
  void require(Principal principal, Permission permission, Request request) {
    if (!permission.needsPrincipal()) {
      return;
    }
    String project = request.variable("project");
    Set<Role> roles = principal.grants().in(project);
    if (roles.isEmpty()) {
      throw forbidden(
          "%s has no role in the project %s, or the token is for another one."
              .formatted(principal.name(), project));
    }
    if (!permission.isGivenBy(roles)) {
      throw forbidden(
          "This needs one of the roles %s in the project %s; %s has %s."
              .formatted(names(permission.roles()), project, principal.name(), names(roles)));
    }
    if (isExpensive(permission, request.method())) {
      slowDown(principal, changes, "changes");
    } else if (isLong(request)) {
      slowDown(principal, details, "details");
    }
  }

  /** Everything that works on a template or begins an operation; looking up a name does neither. */
  private static boolean isExpensive(Permission permission, String method) {
    return !READING.contains(method)
        && permission != Permission.READ_INSIDE
        && permission != Permission.CONVERSE;
  }

  /** What works out attributes or outputs of everything at once. */
  private static boolean isLong(Request request) {
    return request.rawPath().endsWith("/stacks/detail")
        || request.query().last("with_detail").isPresent();
  }

  private static void slowDown(Principal principal, RateLimit limit, String what) {
    switch (principal.grants()) {
      case Grants.Everything() -> {
        // Who is alone on the machine with the server disturbs nobody else.
      }
      case Grants.Projects projects -> {
        Duration wait = limit.take(principal.id());
        if (!wait.isZero()) {
          throw new ApiException(
              429,
              "TooManyRequests",
              "%s asks for too many %s; try again later.".formatted(principal.name(), what),
              Map.of("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
        }
      }
    }
  }

  private static ApiException forbidden(String message) {
    return new ApiException(403, "Forbidden", message);
  }

  private static String names(Set<Role> roles) {
    return roles.stream().sorted().map(Role::text).collect(Collectors.joining(", "));
  }
}
