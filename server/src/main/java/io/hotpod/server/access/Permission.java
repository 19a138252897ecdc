package io.hotpod.server.access;

import static io.hotpod.server.access.Role.ADMIN;
import static io.hotpod.server.access.Role.HEAT_STACK_USER;
import static io.hotpod.server.access.Role.MEMBER;
import static io.hotpod.server.access.Role.READER;

import java.util.Set;

/** What a route asks of who calls it. */
public enum Permission {
  /** Nothing: versions, health, and the exchange of a password for a token. */
  PUBLIC,
  /** A credential that the route's own handler checks, such as an instance's. */
  OWN_CREDENTIAL,
  /** To read. */
  READ,
  /** To read what a machine inside a stack may read too. */
  READ_INSIDE,
  /** To read what only they may read who may change too: exports, and what a change would do. */
  READ_ALL,
  /** To change. */
  CHANGE,
  /** To go on with what a change began, piece by piece: not counted and not written down again. */
  CONVERSE,
  /** To send what a machine inside a stack may send too. */
  CHANGE_INSIDE,
  /** To ask about the server itself. */
  ADMINISTER,
  /** Nobody has it: the permission of a route that the table does not know. */
  NOBODY;

  /** Whether the server has to know who asks before the handler runs. */
  public boolean needsPrincipal() {
    return this != PUBLIC && this != OWN_CREDENTIAL;
  }

  /** Whether one of these roles is enough. */
  public boolean isGivenBy(Set<Role> held) {
    return roles().stream().anyMatch(held::contains);
  }

  /** The roles that are enough. */
  public Set<Role> roles() {
    return switch (this) {
      case PUBLIC, OWN_CREDENTIAL, NOBODY -> Set.of();
      case READ -> Set.of(ADMIN, MEMBER, READER);
      case READ_INSIDE -> Set.of(Role.values());
      case READ_ALL, CHANGE, CONVERSE -> Set.of(ADMIN, MEMBER);
      case CHANGE_INSIDE -> Set.of(ADMIN, MEMBER, HEAT_STACK_USER);
      case ADMINISTER -> Set.of(ADMIN);
    };
  }
}
