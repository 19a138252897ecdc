package io.hotpod.cli.user;

import io.hotpod.cli.session.CommandFailure;
import io.hotpod.server.access.Role;
import java.util.EnumSet;
import java.util.Set;

/** Reads roles as they are typed. */
final class RoleNames {
  private RoleNames() {}

  /** Those of a text such as {@code member,admin}; none of an empty one. */
  static Set<Role> read(String text) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    if (text.isEmpty()) {
      return roles;
    }
    for (String name : text.split(",", -1)) {
      roles.add(
          Role.of(name)
              .orElseThrow(
                  () ->
                      CommandFailure.usage(
                          "there is no role \"%s\"; roles are %s."
                              .formatted(name, String.join(", ", Role.names())))));
    }
    return roles;
  }
}
