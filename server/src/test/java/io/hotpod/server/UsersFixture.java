package io.hotpod.server;

import io.hotpod.server.access.Role;
import io.hotpod.server.users.PasswordHash;
import io.hotpod.server.users.Secrets;
import io.hotpod.server.users.User;
import io.hotpod.server.users.UsersFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A file of users: one for each role in the project default, and one of the project foreign. */
final class UsersFixture {
  static final String PASSWORD = "correct horse";
  static final String FOREIGN = "token-of-foreign";

  /** One is enough for what is not kept. */
  private static final int ITERATIONS = 1;

  private UsersFixture() {}

  static String token(Role role) {
    return "token-of-" + role.text();
  }

  /** Users are called like their roles. */
  static UsersFile write(Path directory) {
    UsersFile file = new UsersFile(directory.resolve("users.json"));
    for (Role role : Role.values()) {
      put(file, user(role.text(), token(role), Map.of("default", Set.of(role))));
    }
    put(file, user("foreign", FOREIGN, Map.of("foreign", Set.of(Role.ADMIN, Role.MEMBER))));
    return file;
  }

  static User user(String name, String token, Map<String, Set<Role>> projects) {
    return new User(
        name,
        Optional.of(PasswordHash.of(PASSWORD, ITERATIONS)),
        Map.of("token", Secrets.digest(token)),
        projects);
  }

  static void put(UsersFile file, User user) {
    try {
      file.change(users -> users.with(user));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
