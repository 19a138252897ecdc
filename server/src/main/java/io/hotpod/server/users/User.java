package io.hotpod.server.users;

import static java.util.Objects.requireNonNull;

import io.hotpod.server.access.Role;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody of the file.
 *
 * @param name of the user, which is the id too
 * @param password without one, only tokens help
 * @param tokens by their names: SHA-256 of each in hexadecimal
 * @param projects roles by the name of the project, which is its id too
 */
public record User(
    String name,
    Optional<PasswordHash> password,
    Map<String, String> tokens,
    Map<String, Set<Role>> projects) {
  public User {
    requireNonNull(name, "name is null");
    requireNonNull(password, "password is null");
    tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
    projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
  }

  /** Nobody yet. */
  public static User named(String name) {
    return new User(name, Optional.empty(), Map.of(), Map.of());
  }

  /** The same with another password. */
  public User withPassword(PasswordHash hash) {
    return new User(name, Optional.of(hash), tokens, projects);
  }

  /** The same with one token more, or another one of that name. */
  public User withToken(String tokenName, String digest) {
    Map<String, String> more = new LinkedHashMap<>(tokens);
    more.put(tokenName, digest);
    return new User(name, password, more, projects);
  }

  /** The same without a token. */
  public User withoutToken(String tokenName) {
    Map<String, String> fewer = new LinkedHashMap<>(tokens);
    fewer.remove(tokenName);
    return new User(name, password, fewer, projects);
  }

  /** The same with these roles in a project; none takes the project away. */
  public User withRoles(String project, Set<Role> roles) {
    Map<String, Set<Role>> changed = new LinkedHashMap<>(projects);
    if (roles.isEmpty()) {
      changed.remove(project);
    } else {
      changed.put(project, Set.copyOf(roles));
    }
    return new User(name, password, tokens, changed);
  }
}
