package io.hotpod.server.users;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All users of a file at one time. Immutable. */
public final class Users {
  private final Map<String, User> byName = new LinkedHashMap<>();
  private final Map<String, User> byTokenDigest = new HashMap<>();

  public Users(Collection<User> users) {
    for (User user : users) {
      byName.put(user.name(), user);
      user.tokens().values().forEach(digest -> byTokenDigest.put(digest, user));
    }
  }

  /** In the order of the file. */
  public Collection<User> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The user of a name. */
  public Optional<User> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * Whose token that is. Found by its digest: who measures how long that takes learns of digests,
   * from which no token can be made.
   */
  public Optional<User> withToken(String token) {
    return Optional.ofNullable(byTokenDigest.get(Secrets.digest(token)));
  }

  /** The same with a user more, or changed. */
  public Users with(User user) {
    Map<String, User> changed = new LinkedHashMap<>(byName);
    changed.put(user.name(), user);
    return new Users(changed.values());
  }

  /** The same without a user. */
  public Users without(String name) {
    Map<String, User> changed = new LinkedHashMap<>(byName);
    changed.remove(name);
    return new Users(changed.values());
  }
}
