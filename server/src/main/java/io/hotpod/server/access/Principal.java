package io.hotpod.server.access;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Who asks.
 *
 * @param id of the user; what is counted and written down
 * @param name for people
 * @param grants where they have which roles
 */
public record Principal(String id, String name, Grants grants) {
  /** Somebody that a route does not have to know. */
  public static final Principal UNKNOWN = new Principal("", "", new Grants.Projects(Map.of()));

  public Principal {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(grants, "grants is null");
  }
}
